import { type Matrix, squaredDistance, squaredNorms } from '../matrix'
import { fitsFloat32, type Products, productErrorFactor, underflowError } from '../products'

/** Points prepared for many searches of their nearest centroid. */
export interface Nearest {
  /**
   * Writes the nearest centroid of every point, the first of equals. The same answer with and without products.
   *
   * Remembers what the last call found: by the triangle inequality most points of later rounds keep their centroid
   * without a look at the others (Hamerly 2010).
   */
  assign(centroids: Matrix, labels: Int32Array): void
  /** Squared distances of every point to each centroid, `[points, centroids]`, to float32 accuracy with products. */
  distances(centroids: Matrix): Float64Array
}

/** Rows per product: keeps the block and its result in cache and memory bounded. */
const blockRows = 4096
/** Bounds must differ by more than the rounding of distances. */
const slack = 1 + 1e-9

/** Where the nearest centroid of a point is, with bounds on distances (not squared). */
interface Bounds {
  readonly labels: Int32Array
  /** To the point's own centroid, from above. */
  readonly upper: Float64Array
  /** To every other centroid, from below. */
  readonly lower: Float64Array
}

/** Fills in label and bounds of the points listed, in ascending order. */
type Search = (rows: Int32Array, centroids: Matrix, bounds: Bounds) => void

export function createNearest(points: Matrix, products: Products | null): Nearest {
  const fast = products && productsOf(points, products)
  const search: Search = fast ? searchByProducts(points, fast) : searchByDifferences(points)
  const bounds: Bounds = {
    labels: new Int32Array(points.rows),
    upper: new Float64Array(points.rows).fill(Number.POSITIVE_INFINITY),
    lower: new Float64Array(points.rows),
  }
  let previous: Matrix | null = null
  return {
    assign(centroids, labels) {
      if (previous?.rows === centroids.rows) loosen(bounds, previous, centroids)
      else bounds.upper.fill(Number.POSITIVE_INFINITY)
      previous = { ...centroids, values: centroids.values.slice() }
      search(openRows(points, centroids, bounds, !fast), centroids, bounds)
      labels.set(bounds.labels)
    },
    distances: fast ? (centroids) => distancesByProducts(points, fast, centroids) : (c) => distancesOf(points, c),
  }
}

/** Moves the bounds by as much as the centroids moved. */
function loosen({ labels, upper, lower }: Bounds, before: Matrix, after: Matrix): void {
  const drift = Float64Array.from(
    { length: after.rows },
    (_, c) => Math.sqrt(squaredDistance(before, c, after, c)) * slack,
  )
  const farthest = drift.reduce((best, d, c) => (d > drift[best] ? c : best), 0)
  const second = drift.reduce((most, d, c) => (c === farthest ? most : Math.max(most, d)), 0)
  for (let i = 0; i < labels.length; i++) {
    upper[i] += drift[labels[i]]
    lower[i] -= labels[i] === farthest ? second : drift[farthest]
  }
}

/** Points whose bounds do not prove that their centroid is still the only nearest one. */
function openRows(points: Matrix, centroids: Matrix, bounds: Bounds, tighten: boolean): Int32Array {
  const { labels, upper, lower } = bounds
  const half = halfGaps(centroids)
  const open = new Int32Array(points.rows)
  let count = 0
  for (let i = 0; i < points.rows; i++) {
    const limit = Math.max(lower[i], half[labels[i]])
    if (upper[i] * slack < limit) continue
    if (tighten && upper[i] < Number.POSITIVE_INFINITY) {
      upper[i] = Math.sqrt(squaredDistance(points, i, centroids, labels[i]))
      if (upper[i] * slack < limit) continue
    }
    open[count++] = i
  }
  return open.subarray(0, count)
}

/** Half the distance of every centroid to its nearest other: a point within it has no nearer centroid. */
function halfGaps(centroids: Matrix): Float64Array {
  const gaps = new Float64Array(centroids.rows).fill(Number.POSITIVE_INFINITY)
  for (let a = 0; a < centroids.rows; a++)
    for (let b = 0; b < a; b++) {
      const half = Math.sqrt(squaredDistance(centroids, a, centroids, b)) / 2
      if (half < gaps[a]) gaps[a] = half
      if (half < gaps[b]) gaps[b] = half
    }
  return gaps
}

function searchByDifferences(points: Matrix): Search {
  return (rows, centroids, bounds) => {
    for (const i of rows) searchRow(points, i, centroids, bounds)
  }
}

/** One point against all centroids in float64, the first of equals. */
function searchRow(points: Matrix, i: number, centroids: Matrix, { labels, upper, lower }: Bounds): void {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  let second = Number.POSITIVE_INFINITY
  for (let c = 0; c < centroids.rows; c++) {
    const distance = squaredDistance(points, i, centroids, c)
    if (distance < least) {
      second = least
      least = distance
      best = c
    } else if (distance < second) second = distance
  }
  labels[i] = best
  upper[i] = Math.sqrt(least)
  lower[i] = Math.sqrt(second)
}

interface PointProducts {
  readonly norms: Float64Array
  /**
   * Visits products of the points listed with all centroids, block by block: those of `rows[slot]` are row
   * `place(slot)` of `[…, centroids]`.
   */
  each(
    rows: Int32Array,
    centroids: Matrix,
    visit: (rows: Int32Array, product: Float32Array, place: (slot: number) => number) => void,
  ): void
}

function productsOf(points: Matrix, products: Products): PointProducts | null {
  const { columns } = points
  const norms = squaredNorms(points)
  if (!fitsFloat32(norms)) return null
  const values = points.values instanceof Float32Array ? points.values : Float32Array.from(points.values)
  const gathered = new Float32Array(blockRows * columns)
  const gather = (rows: Int32Array): Float32Array => {
    // Neighbouring rows go together.
    for (let at = 0, next = 1; at < rows.length; at = next++) {
      while (next < rows.length && rows[next] - rows[at] === next - at) next++
      gathered.set(values.subarray(rows[at] * columns, (rows[at] + next - at) * columns), at * columns)
    }
    return gathered.subarray(0, rows.length * columns)
  }
  return {
    norms,
    each(rows, centroids, visit) {
      const centres = centroids.values instanceof Float32Array ? centroids.values : Float32Array.from(centroids.values)
      const times = (block: Float32Array, count: number) =>
        products.timesTransposed(block, count, centres, centroids.rows, columns)
      for (let from = 0; from < rows.length; from += blockRows) {
        const block = rows.subarray(from, from + blockRows)
        const [first, last] = [block[0], block[block.length - 1]]
        const span = last - first + 1
        // Products with few centroids cost less than copying rows out of a stretch of which they are half or more.
        if (span <= 2 * block.length) {
          const stretch = values.subarray(first * columns, (last + 1) * columns)
          visit(block, times(stretch, span), (slot) => block[slot] - first)
        } else visit(block, times(gather(block), block.length), (slot) => slot)
      }
    },
  }
}

function searchByProducts(points: Matrix, { norms, each }: PointProducts): Search {
  const factor = productErrorFactor(points.columns)
  return (rows, centroids, bounds) => {
    const { labels, upper, lower } = bounds
    const centreNorms = squaredNorms(centroids)
    const longest = Math.sqrt(centreNorms.reduce((a, b) => Math.max(a, b), 0))
    each(rows, centroids, (block, product, place) => {
      for (let slot = 0; slot < block.length; slot++) {
        const i = block[slot]
        let at = place(slot) * centroids.rows
        let best = 0
        let least = Number.POSITIVE_INFINITY
        let second = Number.POSITIVE_INFINITY
        for (let c = 0; c < centroids.rows; c++, at++) {
          const square = norms[i] + centreNorms[c] - 2 * product[at]
          if (square < least) {
            second = least
            least = square
            best = c
          } else if (square < second) second = square
        }
        const error = factor * Math.sqrt(norms[i]) * longest + underflowError
        if (second - least > 2 * error) {
          labels[i] = best
          upper[i] = Math.sqrt(Math.max(0, least + error))
          lower[i] = Math.sqrt(Math.max(0, second - error))
          // Float32 cannot tell the two nearest apart.
        } else searchRow(points, i, centroids, bounds)
      }
    })
  }
}

function distancesByProducts(points: Matrix, { norms, each }: PointProducts, centroids: Matrix): Float64Array {
  const k = centroids.rows
  const centreNorms = squaredNorms(centroids)
  const out = new Float64Array(points.rows * k)
  const all = Int32Array.from({ length: points.rows }, (_, i) => i)
  each(all, centroids, (rows, product, place) => {
    for (let slot = 0; slot < rows.length; slot++)
      for (let c = 0, at = place(slot) * k; c < k; c++, at++)
        out[rows[slot] * k + c] = Math.max(0, norms[rows[slot]] + centreNorms[c] - 2 * product[at])
  })
  return out
}

function distancesOf(points: Matrix, centroids: Matrix): Float64Array {
  const out = new Float64Array(points.rows * centroids.rows)
  for (let i = 0, at = 0; i < points.rows; i++)
    for (let c = 0; c < centroids.rows; c++, at++) out[at] = squaredDistance(points, i, centroids, c)
  return out
}
