import type { Products } from '@dc/core/points'
import { type Matrix, squaredDistance } from '../matrix'
import { everyRow, exactDistances } from './exact-distances'
import { type RoughDistances, roughDistances } from './rough-distances'

/** Points prepared for many searches of their nearest centroid. All answers are the same with and without products. */
export interface Nearest {
  /**
   * Writes the nearest centroid of every point, the first of equals.
   *
   * It remembers what the last call found. By the triangle inequality most points of later rounds keep their centroid without
   * a comparison with the others (Hamerly 2010).
   */
  assign(centroids: Matrix, labels: Int32Array): void
  /** Squared distances of every point to each centroid, `[points, centroids]`, float64. */
  distances(centroids: Matrix): Float64Array
  /** Approximate distances by products, if products were given. */
  readonly rough: RoughDistances | null
}

/** Bounds must differ by more than the rounding of distances. */
const slack = 1 + 1e-9

/** The nearest centroid of every point, with bounds on distances (not squared). */
interface Bounds {
  readonly labels: Int32Array
  /** Upper bound on the distance to the point's own centroid. */
  readonly upper: Float64Array
  /** Lower bound on the distance to every other centroid. */
  readonly lower: Float64Array
}

/** Finds label and bounds of the points listed, in ascending order. */
type Search = (rows: Int32Array, centroids: Matrix, bounds: Bounds) => void

export function createNearest(points: Matrix, products: Products | null): Nearest {
  const rough = products && roughDistances(points, products)
  const search: Search = rough ? searchRoughly(points, rough) : searchByDifferences(points)
  const bounds: Bounds = {
    labels: new Int32Array(points.rows),
    upper: new Float64Array(points.rows).fill(Number.POSITIVE_INFINITY),
    lower: new Float64Array(points.rows),
  }
  let previous: Matrix | null = null
  return {
    rough,
    assign(centroids, labels) {
      const bounded = previous?.rows === centroids.rows
      if (bounded) loosen(bounds, previous!, centroids)
      previous = { ...centroids, values: centroids.values.slice() }
      // Without bounds every point is open; the gaps between centroids, k² distances, would tell nothing.
      search(bounded ? openRows(points, centroids, bounds, !rough) : everyRow(points), centroids, bounds)
      labels.set(bounds.labels)
    },
    distances: (centroids) =>
      exactDistances(points, centroids, (ask) => {
        for (let row = 0; row < points.rows; row++) for (let c = 0; c < centroids.rows; c++) ask(row, c)
      }),
  }
}

/** Widens the bounds by the distance that the centroids moved. */
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

/** Half the distance of every centroid to its nearest other centroid. A point within it has no nearer centroid. */
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

function searchRoughly(points: Matrix, rough: RoughDistances): Search {
  return (rows, centroids, bounds) => {
    const { labels, upper, lower } = bounds
    rough.each(rows, centroids, (i, { own, centres, products, from, error }) => {
      let best = 0
      let least = Number.POSITIVE_INFINITY
      let second = Number.POSITIVE_INFINITY
      for (let c = 0, at = from; c < centres.length; c++, at++) {
        const square = centres[c] - 2 * products[at]
        if (square < least) {
          second = least
          least = square
          best = c
        } else if (square < second) second = square
      }
      if (second - least > 2 * error) {
        labels[i] = best
        upper[i] = Math.sqrt(Math.max(0, own + least + error))
        lower[i] = Math.sqrt(Math.max(0, own + second - error))
        // Float32 cannot tell the two nearest apart.
      } else searchRow(points, i, centroids, bounds)
    })
  }
}
