/**
 * Fast dense products that a caller lends: those of `nativeProducts()` in `@dc/spectral`, or of any other engine. They give
 * approximate distances. Where these do not decide, exact distances are computed; see {@link distanceError}.
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
