import type { SchemaElement } from 'hyparquet'
import { joinedBytes } from '../../joined-bytes'
import { crc32 } from '../crc32'
import type { Codec } from './codecs'
import { checkValues, encodings } from './page-values'
import { countRuns } from './runs'
import { readStruct, type ThriftStruct, writeStruct } from './thrift'

/** Facts about a part of a column that are known before it is read. */
export interface PartFacts {
  readonly element: SchemaElement
  readonly levels: { readonly definition: number; readonly repetition: number }
  readonly rows: number
  /** Number of values, nulls included. */
  readonly values: number
  readonly codec: Codec
  /** Called with an amount of memory before it is used; throws if it is too much. */
  readonly spend: (bytes: number) => void
}

const pageTypes = { data: 0, index: 1, dictionary: 2, dataV2: 3 }

/**
 * Unpacks the pages of a part of a column. It checks everything that a decoder relies on: sizes, counts, runs, places in a
 * dictionary, checksums.
 *
 * @returns the same pages without compression, one after another
 * @throws Error saying what is wrong
 * @see https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export function plainPages(part: Uint8Array, facts: PartFacts): Uint8Array<ArrayBuffer> {
  const pages: Uint8Array[] = []
  let [at, values, rows] = [0, 0, 0]
  let dictionary: number | null = null
  while (values < facts.values) {
    const { struct: header, end } = readStruct(part, at)
    const [type, length, packed] = [1, 2, 3].map((id) => integer(header, id))
    if (packed > part.length - end) throw new Error('a page is cut off')
    const bytes = part.subarray(end, end + packed)
    at = end + packed
    const checksum = header.get(4)
    if (typeof checksum === 'number' && crc32(bytes) !== checksum >>> 0)
      throw new Error('the checksum of a page does not fit its bytes')
    if (type === pageTypes.index) continue
    const read = readers[type]
    if (!read) throw new Error(`a page has type ${type}`)
    const page = read({ bytes, length, header, facts, dictionary })
    if (type === pageTypes.dictionary) dictionary = page.values
    else {
      values += page.values
      rows += page.rows
    }
    pages.push(page.header, page.body)
  }
  if (values !== facts.values || rows !== facts.rows)
    throw new Error(`its pages have ${values} values in ${rows} rows instead of ${facts.values} in ${facts.rows}`)
  // In a buffer of their own, because the decoder looks at the whole buffer.
  return joinedBytes(pages)
}

/** A page as it is in the file. */
interface PackedPage {
  readonly bytes: Uint8Array
  /** Of its bytes without compression. */
  readonly length: number
  readonly header: ThriftStruct
  readonly facts: PartFacts
  /** Entries of the dictionary, if there was one before it. */
  readonly dictionary: number | null
}

/** A page without compression. */
interface Page {
  readonly header: Uint8Array
  readonly body: Uint8Array
  readonly values: number
  readonly rows: number
}

function dictionaryPage({ bytes, length, header, facts }: PackedPage): Page {
  const values = integer(structOf(header, 7), 1)
  facts.spend(length)
  const body = facts.codec(bytes, length)
  checkValues(body, encodings.plain, values, facts.element, null)
  const written = writeStruct([
    [1, pageTypes.dictionary],
    [2, length],
    [3, length],
    [
      7,
      [
        [1, values],
        [2, 0],
      ],
    ],
  ])
  return { header: written, body, values, rows: 0 }
}

function dataPage({ bytes, length, header, facts, dictionary }: PackedPage): Page {
  const fields = structOf(header, 5)
  const [values, encoding] = [1, 2].map((id) => integer(fields, id))
  const { definition, repetition } = facts.levels
  if ((definition > 0 && fields.get(3) !== encodings.rle) || (repetition > 0 && fields.get(4) !== encodings.rle))
    throw new Error('a page writes its levels in a way that is not read')
  checkCount(values, facts)
  facts.spend(length)
  const body = facts.codec(bytes, length)
  let at = 0
  const levels = (most: number, wanted: number) => {
    if (most === 0) return values
    const size = body.length - at < 4 ? Number.NaN : new DataView(body.buffer, body.byteOffset + at).getUint32(0, true)
    if (!(size <= body.length - at - 4)) throw new Error('the levels of a page are cut off')
    const bytes = body.subarray(at + 4, (at += 4 + size))
    return countLevels(bytes, most, values, wanted)
  }
  const rows = levels(repetition, 0)
  const present = levels(definition, definition)
  facts.spend(checkValues(body.subarray(at), encoding, present, facts.element, dictionary))
  const rle = encodings.rle
  const written = writeStruct([
    [1, 0],
    [2, length],
    [3, length],
    [
      5,
      [
        [1, values],
        [2, encoding],
        [3, rle],
        [4, rle],
      ],
    ],
  ])
  return { header: written, body, values, rows }
}

function dataPageV2({ bytes, length, header, facts, dictionary }: PackedPage): Page {
  const fields = structOf(header, 8)
  const [values, nulls, rows, encoding, definitions, repetitions] = [1, 2, 3, 4, 5, 6].map((id) => integer(fields, id))
  const { definition, repetition } = facts.levels
  const levels = definitions + repetitions
  if (levels > bytes.length || levels > length) throw new Error('the levels of a page are cut off')
  checkCount(values, facts)
  const found = repetition === 0 ? values : countLevels(bytes.subarray(0, repetitions), repetition, values, 0)
  const present =
    definition === 0 ? values : countLevels(bytes.subarray(repetitions, levels), definition, values, definition)
  if (found !== rows || values - present !== nulls) throw new Error('a page counts its rows or nulls wrongly')
  const packed = bytes.subarray(levels)
  facts.spend(length)
  // Some writers leave out the values of pages that hold only nulls.
  const plain = fields.get(7) === false || packed.length === 0 ? packed : facts.codec(packed, length - levels)
  if (plain.length !== length - levels) throw new Error('a page is not as long as its header says')
  facts.spend(checkValues(plain, encoding, present, facts.element, dictionary))
  const body = joinedBytes([bytes.subarray(0, levels), plain])
  const counts = [
    [1, values],
    [2, nulls],
    [3, rows],
    [4, encoding],
    [5, definitions],
    [6, repetitions],
    [7, false],
  ] as const
  const written = writeStruct([
    [1, pageTypes.dataV2],
    [2, body.length],
    [3, body.length],
    [8, counts],
  ])
  return { header: written, body, values, rows }
}

const readers: Readonly<Record<number, (page: PackedPage) => Page>> = {
  [pageTypes.dictionary]: dictionaryPage,
  [pageTypes.data]: dataPage,
  [pageTypes.dataV2]: dataPageV2,
}

function countLevels(bytes: Uint8Array, most: number, count: number, wanted: number): number {
  const { matches, largest } = countRuns(bytes, 32 - Math.clz32(most), count, wanted)
  if (largest > most) throw new Error('a level is too high')
  return matches
}

function checkCount(values: number, facts: PartFacts): void {
  if (values > facts.values) throw new Error(`a page has ${values} values, its column ${facts.values}`)
}

function structOf(header: ThriftStruct, id: number): ThriftStruct {
  const found = header.get(id)
  if (!(found instanceof Map)) throw new Error('the header of a page is not in form')
  return found
}

/** A count or size; these are below 2^31. */
function integer(struct: ThriftStruct, id: number): number {
  const found = struct.get(id)
  if (typeof found !== 'number' || found < 0 || found > 0x7fffffff)
    throw new Error('the header of a page is not in form')
  return found
}
