import type { Matrix } from '@dc/spectral'

/**
 * The number of the first row that is equal to each row: its own for a row that stands for the first time.
 *
 * @param points `[n, d]`, finite
 */
export function firstEqualRows({ values, rows, columns }: Matrix): Int32Array {
  const bytes = new DataView(values.buffer, values.byteOffset, values.byteLength)
  const width = columns * values.BYTES_PER_ELEMENT
  const byHash = new Map<number, number[]>()
  const equal = (a: number, b: number) => {
    for (let c = 0; c < columns; c++) if (values[a * columns + c] !== values[b * columns + c]) return false
    return true
  }
  return Int32Array.from({ length: rows }, (_, row) => {
    const hash = hashOf(bytes, row * width, width)
    const before = byHash.get(hash)
    if (!before) byHash.set(hash, [row])
    const same = before?.find((other) => equal(other, row))
    if (before && same === undefined) before.push(row)
    return same ?? row
  })
}

/** FNV-1a over words of four bytes. A zero counts alike with either sign, for they are equal numbers. */
function hashOf(bytes: DataView, start: number, length: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < start + length; at += 4) {
    const word = bytes.getUint32(at, true)
    hash = Math.imul(hash ^ (word === 0x80000000 ? 0 : word), 0x01000193)
  }
  return hash
}
