/** What {@link countRuns} found. */
export interface RunCount {
  /** How many of the values are the wanted one. */
  readonly matches: number
  readonly largest: number
}

/**
 * Counts a value among values in Parquet's hybrid of run-length encoding and bit packing, and checks that all are there.
 *
 * @param width bits to a value
 * @param count number of values
 * @throws Error if there are fewer values, or a run is longer than the number of values left
 * @see https://github.com/apache/parquet-format/blob/master/Encodings.md
 */
export function countRuns(bytes: Uint8Array, width: number, count: number, wanted: number): RunCount {
  if (width > 32) throw new Error(`values of ${width} bits`)
  let [at, left, matches, largest] = [0, count, 0, 0]
  const note = (value: number, times: number) => {
    if (value === wanted) matches += times
    if (value > largest) largest = value
  }
  while (left > 0) {
    let [header, scale] = [0, 1]
    for (let byte = 128; byte >= 128; scale *= 128) {
      if (at >= bytes.length || scale > 2 ** 28) throw new Error('a run is cut off')
      byte = bytes[at++]
      header += (byte & 127) * scale
    }
    const length = Math.floor(header / 2)
    if (header % 2 === 1) {
      // Bit-packed values come in groups of eight. The last group may be padded; some writers omit its unused bytes.
      const values = Math.min(left, length * 8)
      if (length > Math.ceil(left / 8) + 64 || Math.ceil((values * width) / 8) > bytes.length - at)
        throw new Error('packed values are cut off')
      for (let i = 0, bit = at * 8; i < values; i++, bit += width) note(bitsAt(bytes, bit, width), 1)
      at += length * width
      left -= values
    } else {
      const size = Math.ceil(width / 8)
      if (length === 0 || length > left || size > bytes.length - at) throw new Error('a run is longer than its values')
      let value = 0
      for (let i = 0; i < size; i++) value += bytes[at++] * 256 ** i
      note(value, length)
      left -= length
    }
  }
  return { matches, largest }
}

/** The number of `width` bits that starts at `bit`, counted from the lowest bit of the first byte. */
export function bitsAt(bytes: Uint8Array, bit: number, width: number): number {
  let [value, done, at, shift] = [0, 0, bit >>> 3, bit & 7]
  // Bit operators do not reach positions from 2^32 on.
  if (bit >= 2 ** 32) at = Math.floor(bit / 8)
  while (done < width) {
    const take = Math.min(8 - shift, width - done)
    value += ((bytes[at] >> shift) & ((1 << take) - 1)) * 2 ** done
    done += take
    at++
    shift = 0
  }
  return value
}
