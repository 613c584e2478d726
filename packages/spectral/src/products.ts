/**
 * Fast dense products. `@dc/spectral` runs on typed arrays without them; with them, the O(n²d) parts take approximate
 * distances from products and compute in float64 only what the approximation cannot decide: the answer is the same.
 */
export interface Products {
  readonly name: string
  /** `a bᵀ` in float32, `[n, d] × [m, d] → [n, m]`, row after row. The result may be reused by the next call. */
  timesTransposed(a: Float32Array, n: number, b: Float32Array, m: number, d: number): Float32Array
  /**
   * For rows of integers 0 … 127: the `keep` largest of `2 a·b − offset(b)` for each row of `a`, in any order, with the
   * rows of `b` they belong to. Sums are exact; scores are rounded to float32.
   */
  largestScores?(
    a: Uint8Array,
    n: number,
    b: Uint8Array,
    m: number,
    d: number,
    offsets: Float32Array,
    keep: number,
  ): { scores: Float32Array; rows: Int32Array }
}

/** Unit roundoff of float32. */
export const unit32 = 2 ** -24

/**
 * Bound on the error of a squared distance `‖x‖² + ‖y‖² − 2 x·y` whose product was taken in float32, relative to
 * `‖x‖ ‖y‖`: 2γ with γ = (d + 4)u / (1 − (d + 4)u), the worst case over summation orders, casts included
 * (Higham 2002, §3.1).
 */
export function productErrorFactor(columns: number): number {
  const nu = (columns + 4) * unit32
  return (2 * nu) / (1 - nu)
}

/** Added to the bound for products that underflow in float32. */
export const underflowError = 1e-36

/** Values beyond this may overflow in a float32 product of rows; such data stays in float64. */
const largest32 = 1e15

/** Whether products of rows with these values stay finite in float32. */
export function fitsFloat32(values: Float32Array | Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] > largest32 || values[i] < -largest32) return false
  return true
}
