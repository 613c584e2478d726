import { type BlockProduct, type Features, squaredDistance } from './features'

/** Receives the distances, or their squares, of row `i` to the rows `start … n−1`; the array is reused. */
type RowVisitor = (i: number, start: number, distances: Float64Array) => void

/** How {@link visitDistances} walks. */
interface Walk {
  /** A fast `a · bᵀ`; without one distances are summed from float64 differences. */
  readonly product?: BlockProduct
  /** Shows every pair once: row `i` with the rows `i … n−1`. */
  readonly symmetric?: boolean
  /** Shows distances rather than their squares. */
  readonly rooted?: boolean
}

/**
 * Walks over the Euclidean distances between all rows of `[n, d]` features, or their squares, row by row. With a product:
 * `|a|² + |b|² − 2 a·b`, after centring so that cancellation costs as little as possible, in blocks of rows, so that
 * memory is O(block · n).
 */
export function visitDistances(features: Features, n: number, d: number, visit: RowVisitor, walk: Walk = {}): void {
  const { product, symmetric = false, rooted = false } = walk
  if (product) visitByProduct(features, n, d, visit, { product, symmetric, rooted })
  else visitByDifferences(features, n, d, visit, { symmetric, rooted })
}

function visitByDifferences(
  features: Features,
  n: number,
  d: number,
  visit: RowVisitor,
  { symmetric, rooted }: Required<Omit<Walk, 'product'>>,
): void {
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
    if (rooted) for (let at = 0; at < n - start; at++) squared[at] = Math.sqrt(squared[at])
    visit(i, start, squared.subarray(0, n - start))
  }
}

/** Products of a block, in float64, stay below 32 MiB. */
const blockProducts = 1 << 22

function visitByProduct(
  features: Features,
  n: number,
  d: number,
  visit: RowVisitor,
  { product, symmetric, rooted }: Required<Walk>,
): void {
  const { values, squares } = centred(features, n, d)
  const block = Math.max(1, Math.min(n, Math.floor(blockProducts / n)))
  const distances = new Float64Array(n)
  for (let from = 0; from < n; from += block) {
    const to = Math.min(n, from + block)
    const first = symmetric ? from : 0
    const gram = product(values.subarray(from * d, to * d), values.subarray(first * d), to - from, n - first, d)
    for (let i = from; i < to; i++) {
      const start = symmetric ? i : 0
      const row = distances.subarray(0, n - start)
      rowDistances(gram, (i - from) * (n - first) + start - first, squares[i], squares.subarray(start), row, rooted)
      // A row's distance to itself is exactly 0, whatever the product rounds to.
      row[i - start] = 0
      visit(i, start, row)
    }
  }
}

/** `|a|² + |b|² − 2 a·b`, at least 0, or its root, from the products that start at `at`; a loop V8 compiles on its own. */
function rowDistances(
  gram: ArrayLike<number>,
  at: number,
  own: number,
  others: Float64Array,
  out: Float64Array,
  rooted: boolean,
): void {
  for (let j = 0; j < out.length; j++) {
    const square = own + others[j] - 2 * gram[at + j]
    out[j] = square < 0 ? 0 : rooted ? Math.sqrt(square) : square
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
