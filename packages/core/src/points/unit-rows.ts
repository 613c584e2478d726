import type { Matrix } from './matrix'

/** Squared lengths between these limits have lost no digits to underflow or overflow. */
const [least, most] = [1e-280, 1e280]

/**
 * Rows divided by their length, copied; float32 stays float32. A row of zeros has no direction and stays zero.
 *
 * All packages keep this rule; `normalizeRows` of `@dc/core` keeps it for tensors.
 *
 * @param points `[n, d]`, finite
 * @example
 * unitRows({ values: Float64Array.of(3, 4, 0, 0), rows: 2, columns: 2 }).values   // [0.6, 0.8, 0, 0]
 */
export function unitRows(points: Matrix): Matrix {
  const values = points.values.slice()
  const { rows, columns } = points
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * columns, (row + 1) * columns]
    let square = squareOf(values, from, to)
    if (!(square > least && square < most)) {
      // Divided by the largest value first, so that the squares neither overflow nor vanish.
      let largest = 0
      for (let at = from; at < to; at++) largest = Math.max(largest, Math.abs(values[at]))
      if (largest === 0) continue
      for (let at = from; at < to; at++) values[at] /= largest
      square = squareOf(values, from, to)
    }
    const length = Math.sqrt(square)
    for (let at = from; at < to; at++) values[at] /= length
  }
  return { ...points, values }
}

function squareOf(values: Matrix['values'], from: number, to: number): number {
  let square = 0
  for (let at = from; at < to; at++) square += values[at] * values[at]
  return square
}

/** Numbers of the rows that are all zero, ascending. */
export function zeroRows({ values, rows, columns }: Matrix): number[] {
  const found: number[] = []
  for (let row = 0; row < rows; row++) {
    let at = row * columns
    const end = at + columns
    while (at < end && values[at] === 0) at++
    if (at === end) found.push(row)
  }
  return found
}
