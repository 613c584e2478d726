import type { BlockProduct, Features } from './features'

/** Receives the squared distances of rows `from … to−1` to all columns, `[to − from, n]`. */
type RowsVisitor = (from: number, to: number, squared: Float64Array) => void

/**
 * Walks over the squared Euclidean distances between rows of `a` and all rows of `b` in blocks, so that memory is
 * O(block · n). Without a product: float64 differences; with one: `|a|² + |b|² − 2 a·b`, after centring on b's mean
 * so that cancellation costs as little as possible.
 */
export function visitDistances(
  a: Features,
  rows: number,
  b: Features,
  columns: number,
  d: number,
  visit: RowsVisitor,
  product?: BlockProduct,
): void {
  const block = Math.max(1, Math.min(rows, Math.floor((1 << 22) / columns)))
  const squared = new Float64Array(block * columns)
  const fill = product ? byProduct(a, rows, b, columns, d, product) : byDifferences(a, b, columns, d)
  for (let from = 0; from < rows; from += block) {
    const to = Math.min(rows, from + block)
    fill(from, to, squared)
    visit(from, to, squared)
  }
}

type Fill = (from: number, to: number, out: Float64Array) => void

function byDifferences(first: Features, second: Features, columns: number, d: number): Fill {
  const a = Float64Array.from(first)
  const b = first === second ? a : Float64Array.from(second)
  return (from, to, out) => {
    for (let i = from; i < to; i++) {
      const row = (i - from) * columns
      let j = 0
      // Four columns at once: each value of the row is loaded once for four differences.
      for (; j + 4 <= columns; j += 4) {
        let s0 = 0
        let s1 = 0
        let s2 = 0
        let s3 = 0
        for (let at = i * d, end = at + d, p = j * d; at < end; at++, p++) {
          const x = a[at]
          const d0 = x - b[p]
          const d1 = x - b[p + d]
          const d2 = x - b[p + 2 * d]
          const d3 = x - b[p + 3 * d]
          s0 += d0 * d0
          s1 += d1 * d1
          s2 += d2 * d2
          s3 += d3 * d3
        }
        out[row + j] = s0
        out[row + j + 1] = s1
        out[row + j + 2] = s2
        out[row + j + 3] = s3
      }
      for (; j < columns; j++) {
        let sum = 0
        for (let at = i * d, end = at + d, p = j * d; at < end; at++, p++) {
          const difference = a[at] - b[p]
          sum += difference * difference
        }
        out[row + j] = sum
      }
    }
  }
}

function byProduct(
  first: Features,
  rows: number,
  second: Features,
  columns: number,
  d: number,
  product: BlockProduct,
): Fill {
  const mean = new Float64Array(d)
  for (let j = 0; j < columns; j++) for (let c = 0; c < d; c++) mean[c] += second[j * d + c] / columns
  const centre = (x: Features, n: number) => {
    const out = new Float32Array(n * d)
    for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) out[i * d + c] = x[i * d + c] - mean[c]
    return out
  }
  const squares = (x: Float32Array, n: number) => {
    const out = new Float64Array(n)
    for (let i = 0; i < n; i++) for (let at = i * d; at < (i + 1) * d; at++) out[i] += x[at] * x[at]
    return out
  }
  const a = centre(first, rows)
  const b = first === second ? a : centre(second, columns)
  const [squareA, squareB] = [squares(a, rows), squares(b, columns)]
  return (from, to, out) => {
    const gram = product(a.subarray(from * d, to * d), b, to - from, columns, d)
    for (let i = from, at = 0; i < to; i++)
      for (let j = 0; j < columns; j++, at++) out[at] = Math.max(0, squareA[i] + squareB[j] - 2 * gram[at])
    // A row's distance to itself is exactly 0, whatever the product rounds to.
    if (first === second) for (let i = from; i < to; i++) out[(i - from) * columns + i] = 0
  }
}
