// Distances from products, ‖x − y‖² = ‖x‖² + ‖y‖² − 2 x·y, lose digits if the rows are long beside their distance. So the
// mean is subtracted from the rows first. A bound on the error that is left tells which distances the products do not decide.
import { type Matrix, takeRows } from './matrix'

/** Unit roundoff of float32. */
const unit32 = 2 ** -24
/** Rows longer than this may overflow in float32 products. */
const longest32 = 1e15
/** Products of two values below this are lost in float32. */
const smallest32 = 2 ** -126

/** Rows minus an origin, in float32. */
export interface CentredRows {
  /** `[rows, columns]` */
  readonly values: Float32Array
  /** Length of each row of `values`, float64. */
  readonly lengths: Float64Array
  /** Squared length of each row of `values`, float64. */
  readonly squares: Float64Array
}

/** Mean of every column, float64. Differences to the first row are summed, so that rows far from 0 keep their digits. */
export function columnMeans({ values, rows, columns }: Matrix): Float64Array {
  const first = Float64Array.from(values.subarray(0, columns))
  const sums = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) sums[j] += values[at] - first[j]
  return first.map((value, j) => value + sums[j] / rows)
}

/**
 * The origin is computed from this many rows, evenly spaced. Any origin gives right answers; one near the mean makes rows
 * short.
 */
const sampledRows = 128
/** With many columns fewer rows do: no more values than these, but of 16 rows at least. */
const sampledValues = 2 ** 18
/** The origin is 0 if the mean's squared length is at most this many times the mean squared distance of rows to the mean. */
const farMean = 4

/**
 * The origin to subtract from rows before products: about their mean, or 0 if the mean is not far from 0. With origin 0
 * float32 rows need no copy.
 */
export function originOf(points: Matrix): Float64Array {
  const { rows, columns } = points
  const count = Math.min(rows, sampledRows, Math.max(16, Math.floor(sampledValues / columns)))
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
 * Rows minus an origin, rounded to float32; float32 rows themselves if the origin is 0.
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

/** Sum of squares of `values` from place `from`. Four sums, so that the additions do not wait for each other. */
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
 * A bound on how far `‖x‖² + ‖y‖² − 2 x·y` of two {@link centredRows} is from the squared distance of the rows themselves.
 * Its parts are the float32 error of the product, `2γ ‖x‖ ‖y‖`, and that of the centred rows, `4u (‖x‖ + ‖y‖)²`. It has room
 * for the rounding of float64 sums.
 *
 * `certain`: γ = (d + 4)u / (1 − (d + 4)u), whatever the order of summation (Higham 2002, §3.1). `likely`: γ = 8 √d u. If the
 * rounding errors are independent, at most one pair in 10¹⁰ exceeds it (Higham and Mary 2019).
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
