/**
 * A fast dense product. `@dc/spectral` runs on typed arrays without one; with one, the O(n²d) parts take their
 * distances from float32 products and recompute in float64 whatever float32 cannot decide.
 */
export interface Products {
  readonly name: string
  /** `a bᵀ` in float32, `[n, d] × [m, d] → [n, m]`, row after row. The result may be reused by the next call. */
  timesTransposed(a: Float32Array, n: number, b: Float32Array, m: number, d: number): Float32Array
}

/** Unit roundoff of float32. */
const unit32 = 2 ** -24

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

/** Float32 values of rows, the array itself where it is float32; null when they would overflow in a product. */
export function asFloat32(values: Float32Array | Float64Array): Float32Array | null {
  for (let i = 0; i < values.length; i++) if (values[i] > largest32 || values[i] < -largest32) return null
  return values instanceof Float32Array ? values : Float32Array.from(values)
}
