import { type BlockProduct, type Features, squaredDistance } from './features'

/** Receives the squared distances of row `i` to the rows `start … n−1`; the array is reused. */
type RowVisitor = (i: number, start: number, squared: Float64Array) => void

/** How {@link visitDistances} walks. */
interface Walk {
  /** A fast `a · bᵀ`; without one distances are summed from float64 differences. */
  readonly product?: BlockProduct
  /** Shows every pair once: row `i` with the rows `i … n−1`. */
  readonly symmetric?: boolean
}

/**
 * Walks over the squared Euclidean distances between all rows of `[n, d]` features, row by row. With a product:
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
  { product, symmetric }: Required<Walk>,
): void {
  const x = centred(features, n, d)
  const squares = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let at = i * d; at < (i + 1) * d; at++) squares[i] += x[at] * x[at]
  const block = Math.max(1, Math.min(n, Math.floor(blockProducts / n)))
  const squared = new Float64Array(n)
  for (let from = 0; from < n; from += block) {
    const to = Math.min(n, from + block)
    const first = symmetric ? from : 0
    const gram = product(x.subarray(from * d, to * d), x.subarray(first * d), to - from, n - first, d)
    for (let i = from; i < to; i++) {
      const start = symmetric ? i : 0
      const own = squares[i]
      for (let j = start, at = (i - from) * (n - first) + start - first; j < n; j++, at++) {
        const value = own + squares[j] - 2 * gram[at]
        squared[j - start] = value
        if (value < 0) squared[j - start] = 0
      }
      // A row's distance to itself is exactly 0, whatever the product rounds to.
      squared[i - start] = 0
      visit(i, start, squared.subarray(0, n - start))
    }
  }
}

function centred(features: Features, n: number, d: number): Float32Array {
  const mean = new Float64Array(d)
  for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < d; c++, at++) mean[c] += features[at]
  for (let c = 0; c < d; c++) mean[c] /= n
  const out = new Float32Array(n * d)
  for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < d; c++, at++) out[at] = features[at] - mean[c]
  return out
}
