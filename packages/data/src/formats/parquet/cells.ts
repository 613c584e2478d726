import { type FileMetaData, parquetRead, type RowGroup } from 'hyparquet'
import type { FileParts } from '../../files'
import { codecOf } from './codecs'
import type { ParquetColumn } from './columns'
import { notInForm, placeOf } from './footer'
import { plainPages } from './pages'

/**
 * The cells of a column in a group of rows, piece by piece: numbers, bigints, truth values, texts, or lists of them; null or
 * undefined for absent ones.
 *
 * @param spend is called with an amount of memory before it is used, and throws if it is too much
 * @throws Error saying what is wrong with the column
 */
export async function readCells(
  file: FileParts,
  group: RowGroup,
  column: ParquetColumn,
  spend: (bytes: number) => void,
): Promise<ArrayLike<unknown>[]> {
  const { meta_data: part, file_path } = group.columns[column.part]
  if (!part || file_path) throw new Error('it lies in another file')
  if (part.type !== column.element.type)
    throw new Error(`it has type ${column.element.type}, a part of it ${part.type}`)
  const [rows, values] = [Number(group.num_rows), Number(part.num_values)]
  const { start, size } = placeOf(part)
  const { element, levels } = column
  const facts = { element, levels, rows, values, codec: await codecOf(part.codec), spend }
  const pages = plainPages(await file.read(start, size), facts)
  // The decoder gets one column in one group, checked and uncompressed.
  const plain = {
    ...part,
    codec: 'UNCOMPRESSED' as const,
    data_page_offset: 0n,
    dictionary_page_offset: undefined,
    total_compressed_size: BigInt(pages.length),
  }
  const metadata: FileMetaData = {
    version: 2,
    schema: column.schema,
    num_rows: group.num_rows,
    row_groups: [{ ...group, columns: [{ file_offset: 0n, meta_data: plain }] }],
    metadata_length: 0,
  }
  const pieces: ArrayLike<unknown>[] = []
  await parquetRead({
    file: { byteLength: pages.length, slice: (from, to) => pages.buffer.slice(from, to) },
    metadata,
    columns: [column.name],
    geoparquet: false,
    parsers,
    // Nothing may throw in here, because nobody would catch it.
    onChunk: ({ columnData }) => pieces.push(columnData),
  }).catch((error) => {
    throw notInForm(error)
  })
  const found = pieces.reduce((count, piece) => count + piece.length, 0)
  if (found !== rows) throw new Error(`it has ${found} rows in a group of ${rows}`)
  return pieces
}

/** Checks that texts are what they claim to be. Times become texts without a loss, for labels. */
const parsers = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && textOf(bytes),
  jsonFromBytes: (bytes: Uint8Array | undefined) => bytes && JSON.parse(textOf(bytes)),
  dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10),
  timestampFromMilliseconds: (value: bigint) => timeOf(value, 3),
  timestampFromMicroseconds: (value: bigint) => timeOf(value, 6),
  timestampFromNanoseconds: (value: bigint) => timeOf(value, 9),
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Error('it holds text that is not UTF-8')
  }
}

/** @param digits number of digits of the fraction of a second */
function timeOf(value: bigint, digits: number): string {
  const perSecond = 10n ** BigInt(digits)
  const fraction = ((value % perSecond) + perSecond) % perSecond
  const second = new Date(Number((value - fraction) / perSecond) * 1000).toISOString().slice(0, -5)
  return `${second}.${String(fraction).padStart(digits, '0')}Z`
}
