import { DataError, DcError, definePlugin, printable, quoted } from '@dc/core/plugin'
import type { FileMetaData } from 'hyparquet'
import { z } from 'zod'
import { baseName, type FileSource } from '../file-source'
import { type FileParts, type ReadOptions, readParts } from '../files'
import { countsRows, namelessColumn, numberingNotice } from '../formats/index-column'
import { classNotice } from '../formats/label-column'
import { readCells } from '../formats/parquet/cells'
import { type ChosenColumns, type ColumnOptions, chooseColumns } from '../formats/parquet/choose'
import { describeColumns, type ParquetColumn } from '../formats/parquet/columns'
import { type CellsOf, readFeatures } from '../formats/parquet/features'
import { notInForm, readFooter } from '../formats/parquet/footer'
import { readHints } from '../formats/parquet/hints'
import { encodeLabels, type LabelValue } from '../labels'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'
import { tooLarge, unpackingLimit } from '../unpacking'

/** Which columns of the file are features and labels, and how much memory it may take. */
export interface ParquetOptions extends ColumnOptions, ReadOptions {}

/**
 * Loads embeddings or a table of numbers from a Parquet file, one group of rows at a time.
 *
 * Compression: none, Snappy, gzip, Brotli, LZ4, Zstandard. Numbers: integers, floats of 16, 32 and 64 bits, decimals, truth values
 * (1 and 0), and lists of them of one length. The index of a table of pandas is left out, as are columns of text.
 *
 * @throws DataError if the file is broken, takes more memory than `maxUnpackedBytes`, a value is missing or not finite, lists
 * differ in length, or a column holds dates, times or durations; the message names row, column and type
 * @throws OptionError for a column that is not there
 * @see https://parquet.apache.org/docs/file-format
 * @example
 * const dataset = await loadParquet('embeddings.parquet', { features: 'embedding', label: 'class' })
 */
export async function loadParquet(file: FileSource, options: ParquetOptions = {}): Promise<MemoryDataset> {
  return readParts(file, (opened) => parquetDataset(opened, options))
}

/** As {@link loadParquet}, for an open file. */
export async function parquetDataset(file: FileParts, options: ParquetOptions): Promise<MemoryDataset> {
  try {
    return await load(file, options)
  } catch (error) {
    if (DcError.isInstance(error)) throw error
    const why = printable(notInForm(error).message, 300)
    throw new DataError(`${quoted(file.path)} is not a readable Parquet file: ${why}.`, { path: file.path }, error)
  }
}

async function load(file: FileParts, options: ParquetOptions): Promise<MemoryDataset> {
  const { path } = file
  const metadata = await readFooter(file)
  const rows = Number(metadata.num_rows)
  const hints = readHints(metadata)
  const spend = budget(file, options)
  const cellsOf: CellsOf = (column) => cellsOfAll(file, metadata, column, spend)
  const chosen = chooseColumns(describeColumns(metadata, hints.durations), hints, options, path)
  if (rows === 0) throw new DataError(`${quoted(path)} has no rows.`, { path })
  for (const column of [...chosen.features, ...[chosen.label, chosen.id].filter((each) => each !== undefined)])
    spend(valuesOf(column, metadata) * (column.single ? 4 : 8))
  const { features, label, id, notices } = await withoutCount(chosen, options, cellsOf)
  const widths: number[] = []
  for (const column of features) widths.push(await widthOf(column, metadata, cellsOf))
  const { values, width, integers } = await readFeatures(features, widths, rows, cellsOf, path)
  const named = options.features === undefined && options.index !== 'keep' && features.length > 1
  const numbering =
    named && features[0].kind === 'number' ? numberingNotice(features[0].name, values, width, 0) : undefined
  const columns = features.flatMap(({ name }, i) =>
    widths[i] === 1 ? [name] : Array.from({ length: widths[i] }, (_, k) => `${name}[${k}]`),
  )
  const unlabelled = options.features === undefined && label === undefined && features.length > 1
  const suspect = unlabelled ? classNotice(columns, values, width) : undefined
  const classes = label && encodeLabels(await valuesIn(label, cellsOf))
  return memoryDataset({
    name: baseName(path),
    values,
    integers,
    columns,
    sampleShape: [width],
    ...classes,
    ...(id && { rowNames: (await valuesIn(id, cellsOf)).map((value) => String(value ?? '')) }),
    notices: [
      ...notices,
      ...[numbering, suspect].filter((notice) => notice !== undefined),
      ...(classes?.notices ?? []),
    ],
    metadata: { source: path, columns: features.map(({ name }) => name) },
  })
}

/** How many values a column has, by the file's footer. */
function valuesOf({ part }: ParquetColumn, { row_groups }: FileMetaData): number {
  return row_groups.reduce((sum, { columns }) => sum + Number(columns[part].meta_data?.num_values ?? 0), 0)
}

/** Counts memory. It throws before more is used than the file may take. */
function budget({ path, size }: FileParts, { maxUnpackedBytes }: ReadOptions): (bytes: number) => void {
  const limit = unpackingLimit(size, maxUnpackedBytes)
  let left = limit
  return (bytes) => {
    left -= bytes
    if (!(left >= 0)) throw tooLarge(path, limit)
  }
}

async function* cellsOfAll(
  file: FileParts,
  metadata: FileMetaData,
  column: ParquetColumn,
  spend: (bytes: number) => void,
): AsyncGenerator<ArrayLike<unknown>> {
  for (const group of metadata.row_groups) {
    if (Number(group.num_rows) === 0) continue
    const pieces = await readCells(file, group, column, spend).catch((error) => {
      if (DcError.isInstance(error)) throw error
      const [name, why] = [quoted(column.name), printable(notInForm(error).message, 300)]
      throw new DataError(
        `${quoted(file.path)}, column ${name}: ${why}.`,
        { path: file.path, column: column.name },
        error,
      )
    })
    yield* pieces
  }
}

/** Leaves out a first column without a name that numbers the rows: tables that were once CSV have it. */
async function withoutCount(
  chosen: ChosenColumns,
  { features, index }: ParquetOptions,
  cellsOf: CellsOf,
): Promise<ChosenColumns> {
  const [first, ...rest] = chosen.features
  const suspect = first.kind === 'number' && namelessColumn.test(first.name) && rest.length > 0
  if (!suspect || features !== undefined || index === 'keep') return chosen
  const numbers: number[] = []
  for await (const cells of cellsOf(first))
    for (let i = 0; i < cells.length; i++) numbers.push(Number(cells[i] ?? Number.NaN))
  if (!countsRows(numbers, 1, 0)) return chosen
  const notice = `left out column ${quoted(first.name)}: it numbers the rows; option index: 'keep' keeps it`
  return { ...chosen, features: rest, id: chosen.id ?? first, notices: [...chosen.notices, notice] }
}

/** How many values a cell has; for lists, the length in the first row. */
async function widthOf(column: ParquetColumn, { row_groups }: FileMetaData, cellsOf: CellsOf): Promise<number> {
  if (column.kind !== 'list' && column.kind !== 'json') return 1
  const group = row_groups.find(({ num_rows }) => Number(num_rows) > 0)!
  const share = Number(group.columns[column.part].meta_data?.num_values ?? 0) / Number(group.num_rows)
  // If the quotient is whole, all lists may have that length and no nulls; otherwise the first row decides.
  if (column.kind === 'list' && Number.isInteger(share)) return share
  for await (const cells of cellsOf(column))
    if (cells.length > 0) return Array.isArray(cells[0]) ? Math.max(1, cells[0].length) : 1
  return 1
}

async function valuesIn(column: ParquetColumn, cellsOf: CellsOf): Promise<LabelValue[]> {
  const values: LabelValue[] = []
  for await (const cells of cellsOf(column)) for (let i = 0; i < cells.length; i++) values.push(cells[i] as LabelValue)
  return values
}

const column = z.union([z.string(), z.int()])
const columns = z.union([column, z.array(column).min(1)])

export const parquet = definePlugin({
  kind: 'dataset',
  name: 'parquet',
  apiVersion: 1,
  description: 'Embeddings or a table from a Parquet file: a column of lists, or columns of numbers',
  options: z.strictObject({
    path: z.string().min(1),
    features: columns.optional().describe('columns of numbers or of lists of numbers'),
    label: column.optional().describe('column of the labels, by name or number'),
    ignore: columns.optional().describe('columns that are no features'),
    id: column.optional().describe('column that names the rows, which is no feature'),
    index: z.enum(['auto', 'keep']).default('auto').describe('keep: a column that numbers the rows is a feature'),
    maxUnpackedBytes: z.int().positive().optional(),
  }),
  describe: () => ({}),
  create: ({ path, ...options }) => loadParquet(path, options),
})
