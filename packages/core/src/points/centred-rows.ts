// Distances from products, ‖x − y‖² = ‖x‖² + ‖y‖² − 2 x·y, lose what the lengths have too much. So rows are first counted
// from their mean, and what the products still cannot tell is known from a bound.
import { type Matrix, takeRows } from './matrix'

/** Unit roundoff of float32. */
const unit32 = 2 ** -24
/** Rows longer than this may overflow in float32 products. */
const longest32 = 1e15
/** Products of two values below this are lost in float32. */
const smallest32 = 2 ** -126

/** Rows counted from an origin, in float32. */
export interface CentredRows {
  /** `[rows, columns]` */
  readonly values: Float32Array
  /** Length of each row of `values`, float64. */
  readonly lengths: Float64Array
  /** Squared length of each row of `values`, float64. */
  readonly squares: Float64Array
}

/** Mean of every column, float64; counted from the first row, so that rows far from 0 keep their digits. */
export function columnMeans({ values, rows, columns }: Matrix): Float64Array {
  const first = Float64Array.from(values.subarray(0, columns))
  const sums = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) sums[j] += values[at] - first[j]
  return first.map((value, j) => value + sums[j] / rows)
}

/** An origin is taken from so many rows, evenly spaced: any origin is right, and one near the mean makes rows short. */
const sampledRows = 128
/** Rows whose mean is at most this many times as long as they deviate from it, in squares, need no other origin than 0. */
const farMean = 4

/**
 * From where rows are best counted for products: about their mean, or 0 where the mean is not far from it, which saves
 * the copy of float32 rows.
 */
export function originOf(points: Matrix): Float64Array {
  const { rows, columns } = points
  const count = Math.min(rows, sampledRows)
  const sample = takeRows(
    points,
    Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count)),
  )
  const means = columnMeans(sample)
  let spread = 0
  for (let i = 0, at = 0; i < count; i++)
    for (let j = 0; j < columns; j++, at++) spread += (sample.values[at] - means[j]) ** 2
  const square = means.reduce((sum, mean) => sum + mean * mean, 0)
  return square * count > farMean * spread ? means : new Float64Array(columns)
}

/**
 * Rows less an origin, rounded to float32; float32 rows themselves if the origin is 0.
 *
 * @returns null if rows are so long that their products may overflow in float32
 */
export function centredRows(points: Matrix, origin: Float64Array): CentredRows | null {
  const values = lessOrigin(points, origin)
  const squares = new Float64Array(points.rows)
  for (let i = 0, at = 0; i < points.rows; i++, at += points.columns) {
    squares[i] = squareOf(values, at, at + points.columns)
    if (!(squares[i] <= longest32 ** 2)) return null
  }
  return { values, squares, lengths: squares.map(Math.sqrt) }
}

/** Sum of squares of a stretch; four sums, so that no addition waits for the one before. */
function squareOf(values: Float32Array, from: number, to: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let at = from
  for (; at + 3 < to; at += 4) {
    const v0 = values[at]
    const v1 = values[at + 1]
    const v2 = values[at + 2]
    const v3 = values[at + 3]
    s0 += v0 * v0
    s1 += v1 * v1
    s2 += v2 * v2
    s3 += v3 * v3
  }
  for (; at < to; at++) s0 += values[at] * values[at]
  return s0 + s1 + (s2 + s3)
}

function lessOrigin({ values, rows, columns }: Matrix, origin: Float64Array): Float32Array {
  if (values instanceof Float32Array && origin.every((value) => value === 0)) return values
  const centred = new Float32Array(rows * columns)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) centred[at] = values[at] - origin[j]
  return centred
}

/**
 * How far `‖x‖² + ‖y‖² − 2 x·y` of two {@link centredRows} can be from the squared distance of the rows themselves: what
 * float32 takes from a product, `2γ ‖x‖ ‖y‖`, and from the centred rows, `4u (‖x‖ + ‖y‖)²`, with room for float64 sums.
 *
 * `certain`: γ = (d + 4)u / (1 − (d + 4)u), whatever the order of summation (Higham 2002, §3.1). `likely`: γ = 8 √d u,
 * which errors that are as good as independent exceed in one pair of 10¹⁰ at most (Higham and Mary 2019).
 *
 * @param columns d
 * @returns the bound as a function of the two lengths
 */
export function distanceError(
  columns: number,
  bound: 'certain' | 'likely' = 'certain',
): (length: number, other: number) => number {
  const certain = ((columns + 4) * unit32) / (1 - (columns + 4) * unit32)
  const gamma = bound === 'certain' ? certain : Math.min(certain, 8 * Math.sqrt(columns) * unit32)
  const rounding = 4 * unit32 + (columns + 8) * 2 ** -52
  const underflow = 4 * columns * smallest32
  return (length, other) => 2 * gamma * length * other + rounding * (length + other) ** 2 + underflow
}
