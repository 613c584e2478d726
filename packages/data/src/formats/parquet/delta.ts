import { bitsAt } from './runs'

/**
 * Reads integers in Parquet's delta encoding, modulo 2^32. This is right for the lengths of texts, which are below 2^32. For
 * 64-bit integers it finds where they end, not their values.
 *
 * @param count number of values that there must be
 * @returns the values modulo 2^32, and the position where they end
 * @throws Error if they are cut off or their blocks have no sound form
 * @see https://github.com/apache/parquet-format/blob/master/Encodings.md
 */
export function readDeltas(bytes: Uint8Array, start: number, count: number): { values: Int32Array; end: number } {
  let at = start
  const varint = () => {
    // Modulo 2^32: higher bits are read and dropped.
    for (let [value, shift] = [0, 0]; shift < 70; shift += 7) {
      if (at >= bytes.length) throw new Error('a delta block is cut off')
      const byte = bytes[at++]
      if (shift < 32) value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
    throw new Error('an integer of a delta block is too long')
  }
  // The zigzag form loses the highest bit of the low half of a 64-bit number. That bit matters only above 2^31.
  const zigzag = () => {
    const value = varint()
    return (value >>> 1) ^ -(value & 1)
  }
  const [blockSize, miniblocks, total] = [varint(), varint(), varint()]
  const perMiniblock = blockSize / miniblocks
  if (miniblocks === 0 || miniblocks > 1024 || perMiniblock % 8 !== 0 || blockSize > 1 << 24)
    throw new Error(`delta blocks of ${blockSize} values in ${miniblocks} parts`)
  if (total !== count) throw new Error(`delta blocks of ${total} values instead of ${count}`)
  const values = new Int32Array(count)
  let [i, value] = [0, zigzag()]
  if (count > 0) values[i++] = value
  while (i < count) {
    const least = zigzag()
    const widths = bytes.subarray(at, (at += miniblocks))
    if (widths.length < miniblocks) throw new Error('a delta block is cut off')
    for (const width of widths) {
      if (i === count) break
      const size = (perMiniblock * width) / 8
      if (width > 64 || size > bytes.length - at) throw new Error('a delta block is cut off')
      for (let k = 0; k < perMiniblock && i < count; k++) {
        value = (value + least + (bitsAt(bytes, at * 8 + k * width, Math.min(width, 32)) | 0)) | 0
        values[i++] = value
      }
      at += size
    }
  }
  return { values, end: at }
}
