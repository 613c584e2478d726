import { type BlockProduct, type Features, squaredDistance } from './features'

/** Euclidean distances of one row to others; reused for the next row. */
export interface DistanceRow {
  /** The squared distances; the array is reused. */
  squares(): Float64Array
  /** Sum of the distances from place `from` to below `to`; each is added to `mirror` at its place as well. */
  sum(from: number, to: number, mirror: Float64Array): number
}

/** Receives the distances of row `i` to the rows `start … n−1`. */
type RowVisitor = (i: number, start: number, row: DistanceRow) => void

/** How {@link visitDistances} walks. */
interface Walk {
  /** A fast `a · bᵀ`; without one distances are summed from float64 differences. */
  readonly product?: BlockProduct
  /** Shows every pair once: row `i` with the rows `i … n−1`. */
  readonly symmetric?: boolean
}

/**
 * Walks over the Euclidean distances between all rows of `[n, d]` features, row by row. With a product:
 * `|a|² + |b|² − 2 a·b`, after centring so that cancellation costs as little as possible, in blocks of rows, so that
 * memory is O(block · n).
 */
export function visitDistances(features: Features, n: number, d: number, visit: RowVisitor, walk: Walk = {}): void {
  const { product, symmetric = false } = walk
  if (product) visitByProduct(features, n, d, visit, { product, symmetric })
  else visitByDifferences(features, n, d, visit, symmetric)
}

function visitByDifferences(features: Features, n: number, d: number, visit: RowVisitor, symmetric: boolean): void {
  const x = Float64Array.from(features)
  const squared = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const start = symmetric ? i : 0
    let j = start
    // Four columns at once: each value of the row is loaded once for four differences.
    for (; j + 4 <= n; j += 4) {
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let p = i * d, end = p + d, q = j * d; p < end; p++, q++) {
        const value = x[p]
        const d0 = value - x[q]
        const d1 = value - x[q + d]
        const d2 = value - x[q + 2 * d]
        const d3 = value - x[q + 3 * d]
        s0 += d0 * d0
        s1 += d1 * d1
        s2 += d2 * d2
        s3 += d3 * d3
      }
      squared[j - start] = s0
      squared[j - start + 1] = s1
      squared[j - start + 2] = s2
      squared[j - start + 3] = s3
    }
    for (; j < n; j++) squared[j - start] = squaredDistance(x, i, x, j, d)
    visit(i, start, rowOfSquares(squared.subarray(0, n - start)))
  }
}

function rowOfSquares(squared: Float64Array): DistanceRow {
  return {
    squares: () => squared,
    sum(from, to, mirror) {
      let sum = 0
      for (let j = from; j < to; j++) {
        const distance = Math.sqrt(squared[j])
        sum += distance
        mirror[j] += distance
      }
      return sum
    },
  }
}

/** Products of a block, in float64, stay below 32 MiB. */
const blockProducts = 1 << 22

function visitByProduct(
  features: Features,
  n: number,
  d: number,
  visit: RowVisitor,
  { product, symmetric }: Required<Walk>,
): void {
  const { values, squares } = centred(features, n, d)
  const block = Math.max(1, Math.min(n, Math.floor(blockProducts / n)))
  const row = new ProductRow(n)
  for (let from = 0; from < n; from += block) {
    const to = Math.min(n, from + block)
    const first = symmetric ? from : 0
    const gram = product(values.subarray(from * d, to * d), values.subarray(first * d), to - from, n - first, d)
    for (let i = from; i < to; i++) {
      const start = symmetric ? i : 0
      row.set(gram, (i - from) * (n - first) + start - first, squares.subarray(start), i - start)
      visit(i, start, row)
    }
  }
}

/** Distances from the products of a row: `|a|² + |b|² − 2 a·b`, at least 0. */
class ProductRow implements DistanceRow {
  readonly #buffer: Float64Array
  #gram: ArrayLike<number> = []
  #at = 0
  #norms: Float64Array = new Float64Array()
  #self = 0

  constructor(most: number) {
    this.#buffer = new Float64Array(most)
  }

  /** Products from `at` on, with rows of these squared norms; the row itself is at place `self`. */
  set(gram: ArrayLike<number>, at: number, norms: Float64Array, self: number): void {
    this.#gram = gram
    this.#at = at
    this.#norms = norms
    this.#self = self
  }

  squares(): Float64Array {
    const [gram, at, norms, own] = [this.#gram, this.#at, this.#norms, this.#norms[this.#self]]
    const out = this.#buffer.subarray(0, norms.length)
    for (let j = 0; j < out.length; j++) out[j] = Math.max(0, own + norms[j] - 2 * gram[at + j])
    // A row's distance to itself is exactly 0, whatever the product rounds to.
    out[this.#self] = 0
    return out
  }

  sum(from: number, to: number, mirror: Float64Array): number {
    const self = this.#self
    return from <= self && self < to
      ? this.#sum(from, self, mirror) + this.#sum(self + 1, to, mirror)
      : this.#sum(from, to, mirror)
  }

  /** One loop from products to sums: the square roots take longest, and the rest of the work is hidden behind them. */
  #sum(from: number, to: number, mirror: Float64Array): number {
    const [gram, at, norms, own] = [this.#gram, this.#at, this.#norms, this.#norms[this.#self]]
    let sum = 0
    for (let j = from; j < to; j++) {
      const square = own + norms[j] - 2 * gram[at + j]
      const distance = square < 0 ? 0 : Math.sqrt(square)
      sum += distance
      mirror[j] += distance
    }
    return sum
  }
}

/** Rows in float32, centred, and their squared norms. */
function centred(features: Features, n: number, d: number): { values: Float32Array; squares: Float64Array } {
  const mean = new Float64Array(d)
  for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < d; c++, at++) mean[c] += features[at]
  for (let c = 0; c < d; c++) mean[c] /= n
  const values = new Float32Array(n * d)
  const squares = new Float64Array(n)
  for (let i = 0, at = 0; i < n; i++) {
    let square = 0
    for (let c = 0; c < d; c++, at++) {
      const value = Math.fround(features[at] - mean[c])
      values[at] = value
      square += value * value
    }
    squares[i] = square
  }
  return { values, squares }
}
