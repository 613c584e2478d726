import { DataError, quoted } from '@dc/core/plugin'
import { isNumberType, type Numbers, numbersIn } from './numbers'

/** Values of an array: numbers in the array of their own type, or text. */
export type Values = Numbers | readonly string[]

/** How the values of a dtype are stored. */
export interface Element {
  /** Of one value. */
  readonly bytes: number
  readonly kind: 'number' | 'bool' | 'text'
  /** @param path names the file in errors */
  read(buffer: ArrayBuffer, path: string): Values
}

/** Kinds of dtype that are not read, by their letter, and what to save instead. */
const refused: Record<string, string> = {
  O: 'Python objects, which would have to be run to be read; save x.astype(np.float32), or text as x.astype(str)',
  c: 'complex numbers; save their parts as columns: np.hstack([x.real, x.imag])',
  f: 'floating-point numbers of this length; save x.astype(np.float64)',
  i: 'integers of this length; save x.astype(np.int64)',
  u: 'integers of this length; save x.astype(np.uint64)',
  M: 'dates, which are no numbers; save x.astype(np.int64)',
  m: 'durations, which are no numbers; save x.astype(np.int64)',
  V: 'raw bytes, as bfloat16 is saved; save x.astype(np.float32)',
  T: 'text of any length; save x.astype(np.str_)',
}

/** The dtype of arrays whose values are records. */
export const structured = 'structured'

/**
 * How to read the values of a NumPy dtype.
 *
 * @throws DataError if they cannot be read; the message says what to save instead
 */
export function elementOf(dtype: string, path: string): Element {
  const fail = (what: string) => new DataError(`${quoted(path)} holds ${what}.`, { path, dtype })
  if (dtype === structured) throw fail('records of named fields; save the fields as columns of one array')
  const [, order, letter, digits, unit = ''] = /^([<>|=]?)([A-Za-z?])(\d*)(\[.*\])?$/.exec(dtype) ?? []
  const type = `${letter}${digits}${unit}`
  // `=` is the order of the machine that reads, which nobody writes; nearly all are little-endian.
  const littleEndian = order !== '>'
  if (type === '?' || type === 'b1')
    return { bytes: 1, kind: 'bool', read: (buffer) => new Uint8Array(buffer).map((byte) => (byte === 0 ? 0 : 1)) }
  if (isNumberType(type))
    return { bytes: Number(digits), kind: 'number', read: (buffer) => numbersIn(buffer, type, littleEndian) }
  if ((letter === 'U' || letter === 'S' || letter === 'a') && Number(digits) > 0) {
    const bytes = Number(digits) * (letter === 'U' ? 4 : 1)
    const read = (buffer: ArrayBuffer, path: string) =>
      letter === 'U' ? unicode(buffer, bytes, littleEndian, path) : byteText(new Uint8Array(buffer), bytes)
    return { bytes, kind: 'text', read }
  }
  throw fail(`dtype ${quoted(dtype)}: ${letter && Object.hasOwn(refused, letter) ? refused[letter] : 'unknown'}`)
}

/** Text of four bytes a character, with zeros at the end. */
function unicode(buffer: ArrayBuffer, width: number, littleEndian: boolean, path: string): string[] {
  const view = new DataView(buffer)
  return Array.from({ length: buffer.byteLength / width }, (_, row) => {
    let end = (row + 1) * width
    while (end > row * width && view.getUint32(end - 4) === 0) end -= 4
    let text = ''
    for (let at = row * width; at < end; at += 4) {
      const code = view.getUint32(at, littleEndian)
      if (code > 0x10ffff) throw new DataError(`${quoted(path)} holds ${code}, which is no character.`, { path, row })
      text += String.fromCodePoint(code)
    }
    return text
  })
}

/**
 * Text of one byte a character or UTF-8, zeros at the end. One encoding for the whole array keeps different bytes different.
 */
function byteText(bytes: Uint8Array, width: number): string[] {
  const parts = Array.from({ length: bytes.length / width }, (_, row) => {
    let end = (row + 1) * width
    while (end > row * width && bytes[end - 1] === 0) end--
    return bytes.subarray(row * width, end)
  })
  const read = (encoding: string) => {
    const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
    return parts.map((part) => decoder.decode(part))
  }
  try {
    return read('utf-8')
  } catch {
    return read('windows-1252')
  }
}
