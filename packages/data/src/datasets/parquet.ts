import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { DataError, definePlugin } from '@dc/core'
import {
  asyncBufferFromFile,
  type Compressors,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet'
import { z } from 'zod'
import { encodeLabels } from '../labels'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'

/** Which columns of the file are what. */
export interface ParquetOptions {
  /**
   * One column of lists of numbers, or several columns of numbers. By default the only column of lists, else every
   * column of numbers but the label.
   */
  readonly features?: string | readonly string[]
  readonly label?: string
}

/** Beside Snappy, which hyparquet brings. */
const compressors: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
}

/**
 * Loads embeddings from a Parquet file, one group of rows at a time, into float32.
 *
 * Compression: none, Snappy, gzip, Brotli.
 *
 * @throws DataError if the file is broken, a column is absent or not numeric, or lists differ in length
 * @see https://parquet.apache.org/docs/file-format
 * @example
 * const dataset = await loadParquet('embeddings.parquet', { features: 'embedding', label: 'class' })
 */
export async function loadParquet(path: string, options: ParquetOptions = {}): Promise<MemoryDataset> {
  if (!(await stat(path).catch(() => null))?.isFile())
    throw new DataError(`Cannot read '${path}': it does not exist or is no file.`, { path })
  try {
    return await load(path, options)
  } catch (error) {
    if (DataError.isInstance(error)) throw error
    throw new DataError(`'${path}' is not a readable Parquet file: ${(error as Error).message}.`, { path }, error)
  }
}

async function load(path: string, { features, label }: ParquetOptions): Promise<MemoryDataset> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  const all = parquetSchema(metadata).children.map(({ element, children }) => ({
    name: element.name,
    list: children.length > 0 || element.converted_type === 'JSON',
    numeric: element.type !== undefined && element.type !== 'BYTE_ARRAY' && element.type !== 'BOOLEAN',
  }))
  const absent = [features ?? [], label ?? []].flat().find((name) => !all.some((column) => column.name === name))
  if (absent !== undefined)
    throw new DataError(`'${path}' has no column '${absent}'; it has ${all.map(({ name }) => name).join(', ')}.`, {
      path,
    })
  const chosen = features === undefined ? guess(all, label, path) : [features].flat()
  const columns = label === undefined ? chosen : [...chosen, label]

  const rows = Number(metadata.num_rows)
  let values: Float32Array | null = null
  let width = 0
  const labels: (string | number)[] = []
  let row = 0
  for (const group of metadata.row_groups) {
    const end = row + Number(group.num_rows)
    const records = await parquetReadObjects({ file, metadata, columns, rowStart: row, rowEnd: end, compressors })
    for (const record of records) {
      const numbers = chosen.flatMap((name) => numbersOf(record[name]))
      if (!values) {
        width = numbers.length
        values = new Float32Array(rows * width)
      }
      if (numbers.length !== width)
        throw new DataError(`'${path}' holds ${numbers.length} numbers in row ${row}, ${width} in row 0.`, {
          path,
          row,
        })
      const bad = numbers.findIndex((value) => !Number.isFinite(value))
      if (bad >= 0)
        throw new DataError(`'${path}' holds a missing or non-numeric value in row ${row}, feature ${bad}.`, {
          path,
          row,
        })
      values.set(numbers, row++ * width)
      if (label !== undefined) labels.push(typeof record[label] === 'number' ? record[label] : String(record[label]))
    }
  }
  return memoryDataset({
    name: basename(path),
    values: values ?? new Float32Array(0),
    sampleShape: [width],
    ...(label === undefined ? {} : encodeLabels(labels)),
    metadata: { source: path, columns: chosen },
  })
}

function guess(
  all: readonly { name: string; list: boolean; numeric: boolean }[],
  label: string | undefined,
  path: string,
): string[] {
  const lists = all.filter(({ name, list }) => list && name !== label)
  if (lists.length === 1) return [lists[0].name]
  const numbers = all.filter(({ name, list, numeric }) => numeric && !list && name !== label)
  if (lists.length > 1 || numbers.length === 0)
    throw new DataError(
      `It is not clear which columns of '${path}' are features; name them. There are: ${all.map(({ name }) => name).join(', ')}.`,
      { path },
    )
  return numbers.map(({ name }) => name)
}

function numbersOf(cell: unknown): number[] {
  if (Array.isArray(cell) || ArrayBuffer.isView(cell)) return Array.from(cell as ArrayLike<unknown>, toNumber)
  return [toNumber(cell)]
}

const toNumber = (value: unknown) =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN

export const parquet = definePlugin({
  kind: 'dataset',
  name: 'parquet',
  apiVersion: 1,
  description: 'Embeddings from a Parquet file: a column of lists, or columns of numbers',
  options: z.strictObject({
    path: z.string().min(1),
    features: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
    label: z.string().min(1).optional(),
  }),
  create: ({ path, ...options }) => loadParquet(path, options),
})
