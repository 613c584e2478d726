import type { BlockProduct, Features } from './features'

/** Receives the squared distances of rows `from … to−1` to the columns `start … n−1`, `[to − from, n − start]`. */
type RowsVisitor = (block: { from: number; to: number; start: number; squared: Float64Array }) => void

/** How {@link visitDistances} walks. */
interface Walk {
  /** A fast `a · bᵀ`; without one distances are summed from float64 differences. */
  readonly product?: BlockProduct
  /** Leaves out the columns before each block of rows: the distances there were seen from the other side. */
  readonly symmetric?: boolean
}

/**
 * Walks over the squared Euclidean distances between all rows of `[n, d]` features in blocks, so that memory is
 * O(block · n). With a product: `|a|² + |b|² − 2 a·b`, after centring so that cancellation costs as little as possible.
 */
export function visitDistances(features: Features, n: number, d: number, visit: RowsVisitor, walk: Walk = {}): void {
  const block = Math.max(1, Math.min(n, Math.floor((1 << 22) / n)))
  const buffer = new Float64Array(block * n)
  const fill = walk.product ? byProduct(features, n, d, walk.product) : byDifferences(features, n, d)
  for (let from = 0; from < n; from += block) {
    const to = Math.min(n, from + block)
    const start = walk.symmetric ? from : 0
    fill(from, to, start, buffer)
    visit({ from, to, start, squared: buffer })
  }
}

type Fill = (from: number, to: number, start: number, out: Float64Array) => void

function byDifferences(features: Features, n: number, d: number): Fill {
  const x = Float64Array.from(features)
  return (from, to, start, out) => {
    let at = 0
    for (let i = from; i < to; i++) {
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
        out[at++] = s0
        out[at++] = s1
        out[at++] = s2
        out[at++] = s3
      }
      for (; j < n; j++) {
        let sum = 0
        for (let p = i * d, end = p + d, q = j * d; p < end; p++, q++) {
          const difference = x[p] - x[q]
          sum += difference * difference
        }
        out[at++] = sum
      }
    }
  }
}

function byProduct(features: Features, n: number, d: number, product: BlockProduct): Fill {
  const x = centred(features, n, d)
  const squares = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let at = i * d; at < (i + 1) * d; at++) squares[i] += x[at] * x[at]
  return (from, to, start, out) => {
    const width = n - start
    const gram = product(x.subarray(from * d, to * d), x.subarray(start * d), to - from, width, d)
    for (let i = from, at = 0; i < to; i++)
      for (let j = start; j < n; j++, at++) {
        out[at] = Math.max(0, squares[i] + squares[j] - 2 * gram[at])
      }
    // A row's distance to itself is exactly 0, whatever the product rounds to.
    for (let i = from; i < to; i++) out[(i - from) * width + i - start] = 0
  }
}

function centred(features: Features, n: number, d: number): Float32Array {
  const mean = new Float64Array(d)
  for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < d; c++, at++) mean[c] += features[at] / n
  const out = new Float32Array(n * d)
  for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < d; c++, at++) out[at] = features[at] - mean[c]
  return out
}
