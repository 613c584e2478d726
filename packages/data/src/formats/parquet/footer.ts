import { DataError, quoted } from '@dc/core/plugin'
import { type FileMetaData, parquetMetadata } from 'hyparquet'
import type { FileParts } from '../../files'
import { readStruct, type ThriftStruct } from './thrift'

/** Deepest nesting that is read; no column of numbers is nested deeper than a few levels. */
const deepest = 32
const magic = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/**
 * Reads a Parquet file's footer: its columns, and where their parts lie. Sizes and counts are checked against the file's
 * size.
 *
 * @throws DataError if the file is no Parquet file, is encrypted, or states impossible counts or places
 * @throws Error for a malformed footer
 * @see https://parquet.apache.org/docs/file-format
 */
export async function readFooter(file: FileParts): Promise<FileMetaData> {
  const fail = (what: string) => new DataError(`${quoted(file.path)} ${what}.`, { path: file.path })
  if (file.size < 12) throw fail('is not a Parquet file')
  const tail = await file.read(file.size - 8, 8)
  const mark = magic(tail.subarray(4))
  if (mark === 'PARE') throw fail('is an encrypted Parquet file, which is not read')
  if (mark !== 'PAR1') throw fail('is not a Parquet file, or not a whole one: it does not end with PAR1')
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true)
  if (length > file.size - 12) throw fail(`has a footer of ${length} bytes, more than the file`)
  const bytes = await file.read(file.size - 8 - length, length + 8)
  const { struct, end } = readStruct(bytes.subarray(0, length), 0)
  if (end > length) throw fail('has a footer that is cut off')
  checkTree(struct)
  // GeoParquet's additions say nothing about numbers.
  const metadata = parquetMetadata(bytes, { geoparquet: false })
  const counts = metadata.row_groups.map(({ num_rows }) => Number(num_rows))
  const rows = counts.reduce((sum, count) => sum + count, 0)
  if (counts.some((count) => !(count >= 0)) || rows !== Number(metadata.num_rows))
    throw fail(`has ${metadata.num_rows} rows by its footer, ${rows} by its groups of rows`)
  const leaves = metadata.schema.filter(({ num_children }) => !num_children).length
  let total = 0
  for (const { columns } of metadata.row_groups) {
    if (columns.length !== leaves) throw fail(`has ${leaves} columns, but ${columns.length} in a group of rows`)
    for (const { meta_data } of columns) {
      const { start, size } = meta_data ? placeOf(meta_data) : { start: 0, size: 0 }
      if (!(start >= 0 && size >= 0 && start + size <= file.size)) throw fail('has a column beyond its end')
      total += size
    }
  }
  if (total > file.size) throw fail('has columns that overlap')
  return metadata
}

/** Replaces a library's error about malformed bytes, whose text is not for people. */
export function notInForm(error: unknown): Error {
  const { name } = error as Error
  return name === 'TypeError' || name === 'RangeError'
    ? new Error('it is not in form', { cause: error })
    : (error as Error)
}

/** Where a part of a column lies. */
export function placeOf(part: NonNullable<FileMetaData['row_groups'][number]['columns'][number]['meta_data']>) {
  const { dictionary_page_offset, data_page_offset, total_compressed_size } = part
  return { start: Number(dictionary_page_offset || data_page_offset), size: Number(total_compressed_size) }
}

/** The schema is a tree in flat form: every element states how many of the following elements are its children. */
function checkTree(footer: ThriftStruct): void {
  const elements = footer.get(2)
  if (!Array.isArray(elements)) throw new Error('it has no schema')
  const open: number[] = [1]
  for (const element of elements) {
    if (!(element instanceof Map)) throw new Error('its schema is none')
    while (open.at(-1) === 0) open.pop()
    if (open.length === 0 || open.length > deepest) throw new Error('its schema is no tree, or too deep')
    open[open.length - 1]--
    const children = element.get(5) ?? 0
    if (typeof children !== 'number' || children < 0) throw new Error('its schema is no tree')
    open.push(children)
  }
  if (open.some((left) => left !== 0)) throw new Error('its schema is cut off')
}
