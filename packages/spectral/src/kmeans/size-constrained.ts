import { checkInteger, checkNumber, OptionError, type Random, ShapeError } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { balanced, solve } from '@dc/ot-sinkhorn'
import { checkPoints, type Matrix, type Rows } from '../matrix'
import { checkSeeding } from './check'
import { inertiaOf } from './clusters'
import { type KMeansFit, meanVariance, predictNearest, startCentroids } from './kmeans'
import { createNearest } from './nearest'
import type { Seeding } from './seeding'

export interface SizeConstrainedKMeansOptions {
  readonly k: number
  readonly random: Random
  /** How many points each cluster gets, summing to n. Default as equal as can be. */
  readonly sizes?: ArrayLike<number>
  /** Entropy of the transport relative to the mean cost: smaller is closer to the best assignment. Default 0.01. */
  readonly epsilon?: number
  readonly seeding?: Seeding | Rows
  /** Most rounds. Default 50. */
  readonly maxIterations?: number
  readonly products?: Products | null
}

/**
 * k-means with prescribed cluster sizes. In each of Lloyd's rounds all points are assigned together, by optimal transport
 * from points of mass 1 to clusters of mass `sizes` (Bradley, Bennett and Demiriz 2000; entropic as in Genevay et al. 2019).
 * The labels have exactly these sizes. `predict` gives new points their nearest centroid, without sizes.
 *
 * @param rows `[n, d]`
 * @throws ShapeError, DataError, OptionError as `kmeans`; OptionError for sizes that are no whole numbers or do not sum
 * to n
 * @example
 * const { labels } = sizeConstrainedKMeans(points, { k: 3, sizes: [50, 30, 20], random: createRandom(0) })
 */
export function sizeConstrainedKMeans(rows: Rows, options: SizeConstrainedKMeansOptions): KMeansFit {
  const { k, random, epsilon = 0.01, seeding = 'greedy-k-means++', maxIterations = 50, products = null } = options
  const points = checkPoints(rows)
  checkInteger('k', k, 1, points.rows, `there are ${points.rows} points`)
  checkNumber('epsilon', epsilon, 1e-6)
  checkInteger('maxIterations', maxIterations, 1, Number.MAX_SAFE_INTEGER)
  const seeds = checkSeeding(seeding, k, points.columns)
  const sizes = checkSizes(options.sizes, k, points.rows)
  const nearest = createNearest(points, products)
  let centroids = startCentroids(seeds, points, k, random, 0, nearest)
  let labels: Int32Array = new Int32Array(points.rows).fill(-1)
  let prices: Float64Array | undefined
  let converged = false
  let iterations = 0
  const tolerance = 1e-6 * meanVariance(points)
  while (iterations < maxIterations && !converged) {
    const cost = nearest.distances(centroids)
    const mean = cost.reduce((a, b) => a + b, 0) / cost.length
    const problem = balanced({
      cost,
      rows: points.rows,
      columns: k,
      epsilon: Math.max(epsilon * mean, Number.MIN_VALUE * 1e10),
      rowMass: new Float64Array(points.rows).fill(1),
      columnMass: sizes,
    })
    prices = solve(problem, { start: prices, tolerance: 1e-4 }).potentials.columns
    const next = roundToSizes(cost, prices, sizes)
    const moved = meansOf(points, next, centroids)
    const shift = Float64Array.from(moved.values, (value, at) => (value - centroids.values[at]) ** 2).reduce(
      (a, b) => a + b,
    )
    converged = next.every((label, i) => label === labels[i]) || shift <= tolerance
    labels = next
    centroids = moved
    iterations++
  }
  return {
    labels,
    centroids,
    inertia: inertiaOf(points, centroids, labels),
    iterations,
    converged,
    predict: (rows) => predictNearest(rows, centroids, products),
  }
}

function checkSizes(sizes: ArrayLike<number> | undefined, k: number, n: number): Float64Array {
  if (sizes === undefined) return Float64Array.from({ length: k }, (_, c) => Math.floor((n + c) / k))
  if (sizes.length !== k) throw new ShapeError('sizes', [sizes.length], `[${k}], one for each cluster`)
  const checked = Float64Array.from(sizes)
  const bad = checked.findIndex((size) => !Number.isInteger(size) || size < 0)
  if (bad >= 0) throw new OptionError(`sizes[${bad}]`, checked[bad], 'a whole number ≥ 0')
  const total = checked.reduce((a, b) => a + b, 0)
  if (total !== n) throw new OptionError('sizes', `a sum of ${total}`, `a sum of ${n}, the number of points`)
  return checked
}

/**
 * Labels of exactly the given sizes. Each point first takes its cheapest cluster, prices included. Then the cheapest moves
 * empty the clusters that are too full.
 */
function roundToSizes(cost: Float64Array, prices: Float64Array, sizes: Float64Array): Int32Array {
  const k = sizes.length
  const n = cost.length / k
  const price = (i: number, c: number) => (sizes[c] === 0 ? Number.POSITIVE_INFINITY : cost[i * k + c] - prices[c])
  const labels = new Int32Array(n)
  const room = sizes.slice()
  for (let i = 0; i < n; i++) {
    for (let c = 1; c < k; c++) if (price(i, c) < price(i, labels[i])) labels[i] = c
    room[labels[i]]--
  }
  const moves: { i: number; to: number; extra: number }[] = []
  for (let i = 0; i < n; i++) {
    if (room[labels[i]] >= 0) continue
    for (let c = 0; c < k; c++) if (room[c] > 0) moves.push({ i, to: c, extra: price(i, c) - price(i, labels[i]) })
  }
  moves.sort((a, b) => a.extra - b.extra || a.i - b.i || a.to - b.to)
  const moved = new Set<number>()
  for (const { i, to } of moves) {
    if (moved.has(i) || room[to] <= 0 || room[labels[i]] >= 0) continue
    room[labels[i]]++
    room[to]--
    labels[i] = to
    moved.add(i)
  }
  return labels
}

/** Mean of the points of each label, summed as differences to the mean before. A label without points keeps its centroid. */
function meansOf({ values, columns }: Matrix, labels: Int32Array, before: Matrix): Matrix {
  const sums = new Float64Array(before.values.length)
  const counts = new Float64Array(before.rows)
  labels.forEach((label, i) => {
    counts[label]++
    for (let j = 0, at = label * columns; j < columns; j++, at++)
      sums[at] += values[i * columns + j] - before.values[at]
  })
  return { ...before, values: sums.map((sum, at) => before.values[at] + sum / (counts[Math.floor(at / columns)] || 1)) }
}
