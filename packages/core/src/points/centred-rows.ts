// Distances from products, ‖x − y‖² = ‖x‖² + ‖y‖² − 2 x·y, lose what the lengths have too much. So rows are first counted
// from their mean, and what the products still cannot tell is known from a bound.
import type { Matrix } from './matrix'

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

/** Mean of every column, float64: the origin from which rows are shortest. */
export function columnMeans({ values, rows, columns }: Matrix): Float64Array {
  const means = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) means[j] += values[at] / rows
  return means
}

/**
 * Rows less an origin, rounded to float32.
 *
 * @returns null if rows are so long that their products may overflow in float32
 */
export function centredRows({ values, rows, columns }: Matrix, origin: Float64Array): CentredRows | null {
  const centred = new Float32Array(rows * columns)
  const squares = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    let square = 0
    for (let j = 0; j < columns; j++, at++) {
      const value = Math.fround(values[at] - origin[j])
      centred[at] = value
      square += value * value
    }
    if (!(square <= longest32 ** 2)) return null
    squares[i] = square
  }
  return { values: centred, squares, lengths: squares.map(Math.sqrt) }
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
