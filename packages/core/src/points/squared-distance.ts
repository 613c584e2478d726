import type { Matrix } from './matrix'

/**
 * Squared Euclidean distance of row `i` of `a` and row `j` of `b`, in float64 from the differences: near points keep all
 * their digits, however far from 0 they lie.
 *
 * There are four sums, each of every fourth column. The kernels of `@dc/spectral` add in the same order, so that their
 * results are the same to the bit.
 *
 * @example
 * const points = { values: Float64Array.of(1e9, 1e9 + 2), rows: 2, columns: 1 }
 * squaredDistance(points, 0, points, 1)   // 4
 */
export function squaredDistance(a: Matrix, i: number, b: Matrix, j: number): number {
  const { values: x, columns } = a
  const y = b.values
  let p = i * columns
  let q = j * columns
  const end = p + columns
  // The four sums do not wait for each other.
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (; p + 3 < end; p += 4, q += 4) {
    const d0 = x[p] - y[q]
    const d1 = x[p + 1] - y[q + 1]
    const d2 = x[p + 2] - y[q + 2]
    const d3 = x[p + 3] - y[q + 3]
    s0 += d0 * d0
    s1 += d1 * d1
    s2 += d2 * d2
    s3 += d3 * d3
  }
  let rest = 0
  for (; p < end; p++, q++) rest += (x[p] - y[q]) * (x[p] - y[q])
  return s0 + s1 + (s2 + s3) + rest
}
