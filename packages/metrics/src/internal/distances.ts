import {
  type CentredRows,
  centredRows,
  distanceError,
  type Matrix,
  originOf,
  type Products,
  squaredDistance,
} from '@dc/core/points'

/** Euclidean distances of one row to others; reused for the next row. */
export interface DistanceRow {
  /** The squared distances, each within `error`, and within {@link tolerance} of itself; the array is reused. */
  squares(): Float64Array
  /** How far any of the squared distances is off at most: 0 without products. */
  readonly error: number
  /** The squared distance to a place, from differences. */
  exact(place: number): number
  /** Sum of the distances from place `from` to below `to`; each is added to `mirror` at its place as well. */
  sum(from: number, to: number, mirror: Float64Array): number
}

/** Receives the distances of row `i` to the rows `start … n−1`. */
type RowVisitor = (i: number, start: number, row: DistanceRow) => void

/** How {@link visitDistances} walks. */
interface Walk {
  /** Lent products; without them distances are taken from float64 differences. */
  readonly products?: Products | null
  /** Shows every pair once: row `i` with the rows `i … n−1`. */
  readonly symmetric?: boolean
}

/**
 * Walks over the Euclidean distances between all rows, row by row.
 *
 * With products: `|a|² + |b|² − 2 a·b` of rows counted from their middle, in blocks, so that memory is O(block · n). Pairs
 * so near that the product says too little of them are measured from differences, as all are without products.
 */
export function visitDistances(points: Matrix, visit: RowVisitor, { products, symmetric = false }: Walk = {}): void {
  const centred = products ? centredRows(points, originOf(points)) : null
  if (products && centred) visitByProducts(points, centred, visit, products, symmetric)
  else visitByDifferences(points, visit, symmetric)
}

function visitByDifferences({ values, rows: n, columns: d }: Matrix, visit: RowVisitor, symmetric: boolean): void {
  const x = Float64Array.from(values)
  const points = { values: x, rows: n, columns: d }
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
    for (; j < n; j++) squared[j - start] = squaredDistance(points, i, points, j)
    visit(i, start, rowOfSquares(squared.subarray(0, n - start)))
  }
}

function rowOfSquares(squared: Float64Array): DistanceRow {
  return {
    error: 0,
    squares: () => squared,
    exact: (place) => squared[place],
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

function visitByProducts(
  points: Matrix,
  { values, squares }: CentredRows,
  visit: RowVisitor,
  products: Products,
  symmetric: boolean,
): void {
  const { rows: n, columns: d } = points
  const block = Math.max(1, Math.min(n, Math.floor(blockProducts / n)))
  const row = new ProductRow(points, squares)
  for (let from = 0; from < n; from += block) {
    const to = Math.min(n, from + block)
    const first = symmetric ? from : 0
    const gram = products.timesTransposed(
      values.subarray(from * d, to * d),
      to - from,
      values.subarray(first * d),
      n - first,
      d,
    )
    for (let i = from; i < to; i++) {
      const start = symmetric ? i : 0
      row.set(gram, (i - from) * (n - first) + start - first, squares.subarray(start), i, start)
      visit(i, start, row)
    }
  }
}

/** What a squared distance may be off by, relative to itself: 1e-4 of the distance. */
const tolerance = 2e-4

/** Distances from the products of a row: `|a|² + |b|² − 2 a·b`, or from differences where float32 leaves too little of that. */
class ProductRow implements DistanceRow {
  readonly #points: Matrix
  readonly #buffer: Float64Array
  /** The error of a square is at most this share of the two squared lengths, and `#least` more. */
  readonly #share: number
  readonly #least: number
  readonly #longest: number
  #gram: ArrayLike<number> = []
  #at = 0
  #norms: Float64Array = new Float64Array()
  #row = 0
  #start = 0

  constructor(points: Matrix, squaredLengths: Float64Array) {
    this.#points = points
    this.#buffer = new Float64Array(points.rows)
    // An error of at most e of two lengths 1 is at most e/2 (|a|² + |b|²) of any two.
    const errorOf = distanceError(points.columns, 'likely')
    this.#share = errorOf(1, 1) / 2
    this.#least = errorOf(0, 0)
    this.#longest = squaredLengths.reduce((a, b) => Math.max(a, b), 0)
  }

  /** Products from `at` on, of row `row` with the rows from `start` on, which have these squared lengths. */
  set(gram: ArrayLike<number>, at: number, norms: Float64Array, row: number, start: number): void {
    this.#gram = gram
    this.#at = at
    this.#norms = norms
    this.#row = row
    this.#start = start
  }

  get error(): number {
    return this.#share * (this.#norms[this.#row - this.#start] + this.#longest) + this.#least
  }

  exact(place: number): number {
    return squaredDistance(this.#points, this.#row, this.#points, this.#start + place)
  }

  squares(): Float64Array {
    const [gram, at, norms, own] = [this.#gram, this.#at, this.#norms, this.#norms[this.#row - this.#start]]
    const out = this.#buffer.subarray(0, norms.length)
    for (let j = 0; j < out.length; j++) out[j] = own + norms[j] - 2 * gram[at + j]
    const limit = this.error / tolerance
    for (let j = 0; j < out.length; j++) if (out[j] < limit) out[j] = this.#careful(j, out[j])
    return out
  }

  sum(from: number, to: number, mirror: Float64Array): number {
    // The row itself, at a distance of 0, needs no look.
    const self = this.#row - this.#start
    return from <= self && self < to
      ? this.#sum(from, self, mirror) + this.#sum(self + 1, to, mirror)
      : this.#sum(from, to, mirror)
  }

  /** One loop from products to sums: the square roots take longest, and the rest of the work is hidden behind them. */
  #sum(from: number, to: number, mirror: Float64Array): number {
    const [gram, at, norms, own] = [this.#gram, this.#at, this.#norms, this.#norms[this.#row - this.#start]]
    // Below this a square may be too uncertain, whatever the other row: most pairs cost one comparison.
    const limit = this.error / tolerance
    let sum = 0
    let uncertain = 0
    for (let j = from; j < to; j++) {
      const square = own + norms[j] - 2 * gram[at + j]
      if (square < limit) uncertain++
      const distance = square < 0 ? 0 : Math.sqrt(square)
      sum += distance
      mirror[j] += distance
    }
    return uncertain > 0 ? sum + this.#correct(from, to, mirror, limit) : sum
  }

  /** What measured distances differ from those that were summed. */
  #correct(from: number, to: number, mirror: Float64Array, limit: number): number {
    const [gram, at, norms, own] = [this.#gram, this.#at, this.#norms, this.#norms[this.#row - this.#start]]
    let sum = 0
    for (let j = from; j < to; j++) {
      const square = own + norms[j] - 2 * gram[at + j]
      if (square >= limit) continue
      const difference = Math.sqrt(this.#careful(j, square)) - Math.sqrt(Math.max(0, square))
      sum += difference
      mirror[j] += difference
    }
    return sum
  }

  /** A square that may be too uncertain, measured if it is. */
  #careful(place: number, square: number): number {
    const both = this.#norms[this.#row - this.#start] + this.#norms[place]
    return square * tolerance < this.#share * both + this.#least ? this.exact(place) : square
  }
}
