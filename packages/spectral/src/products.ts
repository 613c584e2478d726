/**
 * Fast dense products. `@dc/spectral` runs on its own kernels without them; with them, the O(n²d) parts take approximate
 * distances from products and compute in float64 only what the approximation cannot decide: the answer is the same.
 */
export interface Products {
  readonly name: string
  /** `a bᵀ` in float32, `[n, d] × [m, d] → [n, m]`, row after row. The result may be reused by the next call. */
  timesTransposed(a: Float32Array, n: number, b: Float32Array, m: number, d: number): Float32Array
  /**
   * Prepares `m` rows of integers 0 … 127 for many searches of {@link IntegerRows}.
   *
   * @param offsets an integer for each row, at most `127² d`
   */
  integerRows?(b: Uint8Array, m: number, d: number, offsets: Int32Array): IntegerRows
}

/** Rows of integers 0 … 127, prepared to be searched. */
export interface IntegerRows {
  /**
   * The `keep` largest of `a·b − offset(b)` for each of `n` rows of integers 0 … 127, descending, with the numbers of the
   * rows they belong to. Exact.
   */
  largest(a: Uint8Array, n: number, keep: number): { scores: Int32Array; rows: Int32Array }
  /** Frees what was prepared. */
  dispose(): void
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

/** Rows longer than this may overflow in float32 products; such data stays in float64. */
const longest32 = 1e15

/** Whether products of rows with these squared norms stay finite in float32. */
export function fitsFloat32(squaredNorms: Float64Array): boolean {
  return squaredNorms.every((square) => square <= longest32 ** 2)
}
