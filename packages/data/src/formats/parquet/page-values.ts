import type { SchemaElement } from 'hyparquet'
import { readDeltas } from './delta'
import { countRuns } from './runs'

/** The encodings' numbers in page headers. */
export const encodings = {
  plain: 0,
  plainDictionary: 2,
  rle: 3,
  delta: 5,
  deltaLengths: 6,
  deltaBytes: 7,
  dictionary: 8,
  split: 9,
} as const

const sizes: Readonly<Record<string, number>> = { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8, INT96: 12 }

/**
 * Checks that a page has the values that its header states, so that a decoder stays inside the page.
 *
 * @param count number of values that are not null
 * @param dictionary number of values in the column's dictionary; null if it has none
 * @returns the number of bytes that the decoded values take beyond the bytes of the page
 * @throws Error if values are cut off, not in the dictionary, or in an encoding that their type cannot have
 */
export function checkValues(
  bytes: Uint8Array,
  encoding: number,
  count: number,
  { type, type_length: length = 0 }: SchemaElement,
  dictionary: number | null,
): number {
  if (count === 0) return 0
  const size = type === 'FIXED_LEN_BYTE_ARRAY' ? length : (sizes[type ?? ''] ?? 0)
  const isText = type === 'BYTE_ARRAY'
  let [needed, extra] = [0, 0]
  if (encoding === encodings.plain && type === 'BOOLEAN') needed = Math.ceil(count / 8)
  else if (encoding === encodings.plain && isText) needed = textsEnd(bytes, count)
  else if ((encoding === encodings.plain || encoding === encodings.split) && size > 0) needed = count * size
  else if (encoding === encodings.dictionary || encoding === encodings.plainDictionary)
    checkPlaces(bytes, count, dictionary ?? 0)
  else if (encoding === encodings.rle && type === 'BOOLEAN') countRuns(bytes.subarray(4), 1, count, 0)
  else if (encoding === encodings.delta && (type === 'INT32' || type === 'INT64')) readDeltas(bytes, 0, count)
  else if (encoding === encodings.deltaLengths && isText) {
    const { values, end } = readDeltas(bytes, 0, count)
    needed = end + sumOf(values)
  } else if (encoding === encodings.deltaBytes && (isText || size > 0)) {
    const prefixes = readDeltas(bytes, 0, count)
    const suffixes = readDeltas(bytes, prefixes.end, count)
    needed = suffixes.end + sumOf(suffixes.values)
    // A beginning that a text shares with the text before it is written once, but both texts hold it.
    extra = sumOf(prefixes.values)
    for (let i = 0, before = 0; i < count; i++) {
      if (prefixes.values[i] > before) throw new Error('a text begins like more than the text before it')
      before = prefixes.values[i] + suffixes.values[i]
    }
  } else throw new Error(`a page of type ${type} has encoding ${encoding}, which is not read`)
  if (needed > bytes.length) throw new Error('the values of a page are cut off')
  return extra
}

function checkPlaces(bytes: Uint8Array, count: number, dictionary: number): void {
  if (bytes.length === 0) throw new Error('the values of a page are cut off')
  const largest = bytes[0] === 0 ? 0 : countRuns(bytes.subarray(1), bytes[0], count, 0).largest
  if (largest >= dictionary) throw new Error('a value is not in its dictionary')
}

/** Where the last of `count` texts ends. Each is written after its length. */
function textsEnd(bytes: Uint8Array, count: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.length) return Number.POSITIVE_INFINITY
    at += 4 + view.getUint32(at, true)
  }
  return at
}

function sumOf(lengths: Int32Array): number {
  let sum = 0
  for (const length of lengths) sum += length < 0 ? Number.POSITIVE_INFINITY : length
  return sum
}
