import type { Matrix } from '../matrix'
import { fitsFloat32, type Products, productErrorFactor, underflowError, unit32 } from '../products'

/** Approximate squared distances between rows of two matrices, with a certain bound on what they hide. */
export interface Approximation {
  /**
   * The `keep` base rows among `from … to−1` that are nearest to each query row named, by approximate squared distance
   * less the query's own norm: `[queries, keep]`, in any order.
   */
  nearest(queries: Int32Array, from: number, to: number, keep: number): Candidates
  /** Squared norms of the approximated queries. */
  readonly queryNorms: Float64Array
  /** The true squared distance of query `i` to a base row is at least this, given the approximate one. */
  least(i: number, approximate: number): number
}

export interface Candidates {
  readonly values: Float64Array
  readonly rows: Int32Array
}

/**
 * Rows rounded to 7-bit integers, products exact. By the triangle inequality the true distance differs from the
 * rounded one by at most the two rows' rounding errors, which are known.
 */
export function quantisedApproximation(
  queries: Matrix,
  base: Matrix,
  largestScores: NonNullable<Products['largestScores']>,
): Approximation | null {
  const { columns } = base
  // 127² · d must stay below 2³¹.
  if (columns > 130_000) return null
  const lows = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
  const highs = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY)
  for (let i = 0, at = 0; i < base.rows; i++)
    for (let j = 0; j < columns; j++, at++) {
      const value = base.values[at]
      if (value < lows[j]) lows[j] = value
      if (value > highs[j]) highs[j] = value
    }
  const step = highs.reduce((widest, high, j) => Math.max(widest, high - lows[j]), 0) / 127
  if (!(step > 0 && Number.isFinite(step))) return null
  const right = quantise(base, lows, step)
  const left = queries === base ? right : quantise(queries, lows, step)
  const longest = right.norms.reduce((a, b) => Math.max(a, Math.sqrt(b)), 0)
  const largestError = right.errors.reduce((a, b) => Math.max(a, b), 0)
  const square = step * step
  const offsets = Float32Array.from(right.norms, (norm) => norm / square)
  return {
    nearest(queries, from, to, keep) {
      const block = right.values.subarray(from * columns, to * columns)
      const asked = gather(left.values, queries, columns)
      const found = largestScores(asked, queries.length, block, to - from, columns, offsets.subarray(from, to), keep)
      return {
        values: Float64Array.from(found.scores, (score) => -score * square),
        rows: found.rows.map((row) => row + from),
      }
    },
    queryNorms: left.norms,
    least(i, approximate) {
      // Scores above 2²⁴ are rounded: norm, product and difference each by no more than u of their size.
      const rounding = 4 * unit32 * (Math.sqrt(left.norms[i]) + longest) ** 2
      const rounded = Math.sqrt(Math.max(0, approximate - rounding))
      return Math.max(0, rounded - left.errors[i] - largestError) ** 2
    },
  }
}

function quantise({ values, rows, columns }: Matrix, lows: Float64Array, step: number) {
  const integers = new Uint8Array(rows * columns)
  const norms = new Float64Array(rows)
  const errors = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    let norm = 0
    let error = 0
    for (let j = 0; j < columns; j++, at++) {
      const exact = (values[at] - lows[j]) / step
      const rounded = exact <= 0 ? 0 : exact >= 127 ? 127 : (exact + 0.5) | 0
      integers[at] = rounded
      norm += rounded * rounded
      error += (exact - rounded) ** 2
    }
    norms[i] = norm * step * step
    // Room for the float64 rounding of the error itself.
    errors[i] = Math.sqrt(error) * step * (1 + 1e-9)
  }
  return { values: integers, norms, errors }
}

/** Rows in float32, centred so that their products are small, with the worst-case rounding error. */
export function float32Approximation(queries: Matrix, base: Matrix, products: Products): Approximation | null {
  if (!fitsFloat32(base.values) || !fitsFloat32(queries.values)) return null
  const { columns } = base
  const mean = new Float64Array(columns)
  for (let i = 0, at = 0; i < base.rows; i++)
    for (let j = 0; j < columns; j++, at++) mean[j] += base.values[at] / base.rows
  const right = centre(base, mean)
  const left = queries === base ? right : centre(queries, mean)
  const longest = right.norms.reduce((a, b) => Math.max(a, Math.sqrt(b)), 0)
  // Products: 2γ‖x‖‖y‖ ≤ γ(‖x‖+‖y‖)²/2; centring in float32 changes a distance by less than 4u(‖x‖+‖y‖)².
  const factor = productErrorFactor(columns + 16)
  return {
    nearest(queries, from, to, keep) {
      const block = right.values.subarray(from * columns, to * columns)
      const asked = gather(left.values, queries, columns)
      const product = products.timesTransposed(asked, queries.length, block, to - from, columns)
      const found = { values: new Float64Array(queries.length * keep), rows: new Int32Array(queries.length * keep) }
      found.values.fill(Number.POSITIVE_INFINITY)
      for (let slot = 0, at = 0; slot < queries.length; slot++)
        for (let row = from; row < to; row++, at++)
          keepNearer(found, slot, keep, right.norms[row] - 2 * product[at], row)
      return found
    },
    queryNorms: left.norms,
    least: (i, approximate) =>
      Math.max(0, approximate - factor * (Math.sqrt(left.norms[i]) + longest) ** 2 - underflowError),
  }
}

function centre({ values, rows, columns }: Matrix, mean: Float64Array) {
  const centred = new Float32Array(rows * columns)
  const norms = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    let norm = 0
    for (let j = 0; j < columns; j++, at++) {
      centred[at] = values[at] - mean[j]
      norm += centred[at] * centred[at]
    }
    norms[i] = norm
  }
  return { values: centred, norms }
}

/** Puts a row into a slot's candidates, ascending by value, if it is among the `keep` least. */
export function keepNearer({ values, rows }: Candidates, slot: number, keep: number, value: number, row: number): void {
  const first = slot * keep
  let place = first + keep - 1
  if (value >= values[place]) return
  while (place > first && values[place - 1] > value) {
    values[place] = values[place - 1]
    rows[place] = rows[place - 1]
    place--
  }
  values[place] = value
  rows[place] = row
}

function gather<T extends Float32Array | Uint8Array>(values: T, rows: Int32Array, columns: number): T {
  const first = rows[0]
  if (rows[rows.length - 1] - first === rows.length - 1)
    return values.subarray(first * columns, (first + rows.length) * columns) as T
  const out = new (values.constructor as new (size: number) => T)(rows.length * columns)
  rows.forEach((row, i) => {
    out.set(values.subarray(row * columns, (row + 1) * columns), i * columns)
  })
  return out
}
