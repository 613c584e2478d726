import { float16ToNumber } from '@dc/core/plugin'

/** Numbers in the array of their own type; float16 as float32. */
export type Numbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array

/** A type by its letter and number of bytes, as NumPy names types. */
export type NumberType = 'f2' | 'f4' | 'f8' | 'i1' | 'i2' | 'i4' | 'i8' | 'u1' | 'u2' | 'u4' | 'u8'

const views: Record<NumberType, (buffer: ArrayBuffer) => Numbers> = {
  f2: (buffer) => widened(new Uint16Array(buffer)),
  f4: (buffer) => new Float32Array(buffer),
  f8: (buffer) => new Float64Array(buffer),
  i1: (buffer) => new Int8Array(buffer),
  i2: (buffer) => new Int16Array(buffer),
  i4: (buffer) => new Int32Array(buffer),
  i8: (buffer) => new BigInt64Array(buffer),
  u1: (buffer) => new Uint8Array(buffer),
  u2: (buffer) => new Uint16Array(buffer),
  u4: (buffer) => new Uint32Array(buffer),
  u8: (buffer) => new BigUint64Array(buffer),
}

/** Whether text names a {@link NumberType}. */
export function isNumberType(text: string): text is NumberType {
  return Object.hasOwn(views, text)
}

const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

const swappedAtOnce = 1 << 20

/**
 * Views bytes as numbers. All types except float16 share the bytes' memory; bytes of the other order are swapped in place.
 *
 * @param buffer whole numbers only
 */
export function numbersIn(buffer: ArrayBuffer, type: NumberType, littleEndian: boolean): Numbers {
  const width = Number(type[1])
  if (width > 1 && littleEndian !== hostIsLittleEndian)
    for (let start = 0; start < buffer.byteLength; start += swappedAtOnce) {
      const bytes = new Uint8Array(buffer, start, Math.min(swappedAtOnce, buffer.byteLength - start))
      for (let at = 0; at < bytes.length; at += width)
        for (let low = at, high = at + width - 1; low < high; low++, high--) {
          const byte = bytes[low]
          bytes[low] = bytes[high]
          bytes[high] = byte
        }
    }
  return views[type](buffer)
}

let table: Float32Array | undefined

/** Float16 as float32, which holds it exactly. */
function widened(halves: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 1 << 16 }, (_, bits) => float16ToNumber(bits))
  const out = new Float32Array(halves.length)
  for (let i = 0; i < halves.length; i++) out[i] = table[halves[i]]
  return out
}
