import { DataError } from '../errors'
import { quoted } from '../text'
import { type SafetensorsType, safetensorsArrays } from './element-types'
import { JsonSyntaxError, jsonMembers, parseJson } from './json-members'

/** Where a tensor lies in a file. */
export interface TensorPlace {
  readonly type: SafetensorsType
  readonly shape: readonly number[]
  /** The tensor's bytes in the file, counted from the file's start: `begin` … `end − 1`. */
  readonly begin: number
  readonly end: number
}

export interface SafetensorsHeader {
  readonly places: ReadonlyMap<string, TensorPlace>
  readonly metadata: ReadonlyMap<string, string>
}

/** Bytes of the file before the header. */
export const lengthBytes = 8
/** The format's own limit. */
const longestHeader = 100_000_000
/** Most metadata entries. Files hold a few facts for people. */
const mostMetadata = 10_000

/** The error for a malformed file. */
export const notRight = (file: string, what: string) =>
  new DataError(`${quoted(file)} is not a whole safetensors file: ${what}.`, { file })

/**
 * The header's length, by the first eight bytes of a file.
 *
 * @throws DataError if it is longer than what is left of the file, or than the format allows
 */
export function headerLength(start: Uint8Array, fileSize: number, file: string): number {
  if (start.length < lengthBytes) throw notRight(file, `it has ${fileSize} bytes, and the length of its header alone 8`)
  const length = new DataView(start.buffer, start.byteOffset, lengthBytes).getBigUint64(0, true)
  if (length > BigInt(fileSize - lengthBytes))
    throw notRight(file, `it says that its header has ${length} bytes, and ends before`)
  if (length > BigInt(longestHeader))
    throw notRight(file, `its header has ${length} bytes; the format allows ${longestHeader}`)
  return Number(length)
}

/**
 * Reads and checks a header. Every name stands once. Each tensor has the bytes that its shape needs. Together they fill the
 * file in order, without a gap.
 *
 * @throws DataError if anything is not as the format says, or a tensor's type is none of {@link SafetensorsType}
 */
export function parseHeader(bytes: Uint8Array, fileSize: number, file: string): SafetensorsHeader {
  const places = new Map<string, TensorPlace>()
  const start = lengthBytes + bytes.length
  let metadata: ReadonlyMap<string, string> = new Map()
  const text = utf8(bytes)
  if (text === null) throw notRight(file, 'its header is not UTF-8')
  try {
    for (const [name, value] of jsonMembers(text, 2)) {
      if (name === '__metadata__') metadata = parseMetadata(value)
      else places.set(name, parsePlace(value, start, `tensor ${quoted(name)}`))
    }
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw notRight(file, `in its header, ${error.message}`)
    throw error
  }
  checkOrder(places, start, fileSize, file)
  return { places, metadata }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function parseMetadata(text: string): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>()
  for (const [name, value] of jsonMembers(text, 0)) {
    if (metadata.size === mostMetadata) throw new JsonSyntaxError(`there are more than ${mostMetadata} metadata`)
    if (!value.startsWith('"')) throw new JsonSyntaxError(`the metadata ${quoted(name)} is no text`)
    metadata.set(name, parseJson(value) as string)
  }
  return metadata
}

function parsePlace(text: string, start: number, tensor: string): TensorPlace {
  const wrong = (what: string) => new JsonSyntaxError(`${tensor} ${what}`)
  if (!text.startsWith('{')) throw wrong('is no object')
  const facts: Record<string, string | undefined> = { dtype: undefined, shape: undefined, data_offsets: undefined }
  for (const [name, value] of jsonMembers(text, 1)) {
    if (!Object.hasOwn(facts, name)) throw wrong(`has ${quoted(name)}, which the format does not know`)
    facts[name] = value
  }
  const { dtype, shape: shapeText, data_offsets: offsetsText } = facts
  if (dtype === undefined || shapeText === undefined || offsetsText === undefined)
    throw wrong('has not all of dtype, shape and data_offsets')
  const type = parseJson(dtype)
  if (typeof type !== 'string' || !Object.hasOwn(safetensorsArrays, type))
    throw wrong(`is of type ${quoted(String(type))}; readable are ${Object.keys(safetensorsArrays).join(', ')}`)
  const shape = counts(shapeText)
  if (shape === null) throw wrong(`has shape ${quoted(shapeText)}; expected a list of integers ≥ 0`)
  const offsets = counts(offsetsText)
  if (offsets?.length !== 2 || offsets[0] > offsets[1])
    throw wrong(`has data_offsets ${quoted(offsetsText)}; expected [begin, end], integers, 0 ≤ begin ≤ end`)
  const [begin, end] = offsets
  const size = sizeOf(shape) * safetensorsArrays[type as SafetensorsType].BYTES_PER_ELEMENT
  if (size !== end - begin)
    throw wrong(
      `of shape [${shape.slice(0, 8).join(', ')}] and type ${type} needs ${size} bytes and has ${end - begin}`,
    )
  return { type: type as SafetensorsType, shape, begin: start + begin, end: start + end }
}

/** How many elements a shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, side) => product * side, 1)
}

/** A short list of integers ≥ 0 that a number can hold exactly, or null. */
function counts(text: string): readonly number[] | null {
  if (text.length > 1000 || !/^\[[\d,\s]*\]$/.test(text)) return null
  const list = parseJson(text) as number[]
  return list.every(Number.isSafeInteger) ? list : null
}

/** The format wants the tensors' bytes one after another: no gap that nobody reads, no byte that two tensors share. */
function checkOrder(places: ReadonlyMap<string, TensorPlace>, start: number, fileSize: number, file: string): void {
  let [at, before] = [start, 'the header']
  for (const [name, { begin, end }] of [...places].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end)) {
    const tensor = `tensor ${quoted(name)}`
    if (end > fileSize) throw notRight(file, `it ends at byte ${fileSize}, and ${tensor} at ${end}`)
    if (begin < at) throw notRight(file, `${tensor} overlaps ${before}`)
    if (begin > at) throw notRight(file, `nothing says what ${begin - at} bytes between ${before} and ${tensor} are`)
    ;[at, before] = [end, tensor]
  }
  if (at < fileSize) throw notRight(file, `nothing says what its last ${fileSize - at} bytes are`)
}
