/** A tagged element of a MATLAB 5 file. */
export interface MatElement {
  readonly type: number
  readonly data: Uint8Array
  /** Where the next one begins. */
  readonly next: number
}

/** Types of elements that are no numbers. */
export const types = { utf8: 16, utf16: 17, utf32: 18, matrix: 14, compressed: 15 }

const numbers: Record<number, { bytes: number; read: (view: DataView, at: number) => number | bigint }> = {
  1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  4: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  5: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  6: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  7: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  9: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  12: { bytes: 8, read: (view, at) => view.getBigInt64(at, true) },
  13: { bytes: 8, read: (view, at) => view.getBigUint64(at, true) },
}

/**
 * Reads a tagged element. Short elements hold their data inside the tag. Compressed elements are not padded to eight bytes.
 *
 * @throws Error if the element ends outside the bytes
 */
export function readElement(bytes: Uint8Array, at: number): MatElement {
  if (at + 8 > bytes.length) throw new Error('an element is cut')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const type = view.getUint32(at, true)
  const short = type >>> 16
  if (short > 4) throw new Error(`a short element has ${short} bytes`)
  if (short > 0) return { type: type & 0xffff, data: bytes.subarray(at + 4, at + 4 + short), next: at + 8 }
  const size = view.getUint32(at + 4, true)
  if (at + 8 + size > bytes.length) throw new Error(`an element of ${size} bytes goes beyond the end`)
  const padding = type === types.compressed ? 0 : (8 - (size % 8)) % 8
  return { type, data: bytes.subarray(at + 8, at + 8 + size), next: at + 8 + size + padding }
}

/** @throws Error if the element holds no numbers, or integers that a JavaScript number does not hold */
export function numbersOf({ type, data }: MatElement): number[] {
  const known = numbers[type]
  if (!known) throw new Error(`numbers of type ${type} are not read`)
  if (data.length % known.bytes !== 0) throw new Error(`${data.length} bytes are no numbers of ${known.bytes} bytes`)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  return Array.from({ length: data.length / known.bytes }, (_, i) => {
    const value = known.read(view, i * known.bytes)
    if (typeof value === 'bigint' && !Number.isSafeInteger(Number(value)))
      throw new Error(`the integer ${value} is beyond 2^53`)
    return Number(value)
  })
}

/** A text in UTF-8 or UTF-16, or given by the numbers of its characters. */
export function textOf(found: MatElement): string {
  if (found.type === types.utf8) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(found.data)
  if (found.type === types.utf16) return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(found.data)
  if (found.type === types.utf32) throw new Error('text in UTF-32 is not read')
  // In this machine's byte order, which is little-endian wherever this decoder works.
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(Uint16Array.from(numbersOf(found)))
}
