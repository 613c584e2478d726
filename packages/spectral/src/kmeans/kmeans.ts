import { checkChoice, checkInteger, checkNumber, type Random, ShapeError } from '@dc/core/plugin'
import { type Products, unitRows } from '@dc/core/points'
import { eachBatch, withKernels } from '../kernels/memory'
import { asMatrix, checkPoints, type Matrix, type Rows, rowOf, takeRows } from '../matrix'
import { checkSeeding, checkWeights } from './check'
import { firstPoint, inertiaOf } from './clusters'
import { type LloydSettings, type LloydState, lloydRound, startLloyd } from './lloyd'
import { createNearest, type Nearest } from './nearest'
import { type Seeding, seedRows } from './seeding'

export interface KMeansOptions {
  /** Number of clusters, 1 … number of points. */
  readonly k: number
  /** Seeds the starts. Not advanced: the same stream gives the same clusters. */
  readonly random: Random
  /**
   * `cosine` is spherical k-means (Dhillon and Modha 2001): rows and centroids have length 1 and are compared by angle. The
   * inertia is then `2 Σᵢ wᵢ (1 − cos)`. A row of zeros stays zero, equally near to every direction. Default `euclidean`.
   */
  readonly metric?: 'euclidean' | 'cosine'
  /** Number of starts; the one of lowest inertia wins. Default 10, and 1 from given centroids. */
  readonly nInit?: number
  /** How starting centroids are found, or `[k, columns]` centroids themselves. Default `greedy-k-means++`. */
  readonly seeding?: Seeding | Rows
  /** Most rounds of each start. Default 300. */
  readonly maxIterations?: number
  /** Stops once the centroids' squared movement is at most this times the mean variance of the columns. Default 1e-4. */
  readonly tolerance?: number
  /** A weight ≥ 0 for each point. */
  readonly weights?: ArrayLike<number>
  /** Fast products. Labels, centroids and inertia are the same with and without them. */
  readonly products?: Products | null
  /** Called with a copy of the state after every round. If it returns `'stop'`, the run ends with the best result so far. */
  readonly onIteration?: (state: KMeansState) => unknown
  /** A state that `onIteration` was given. The run continues from it exactly, given the same points, stream and options. */
  readonly resume?: KMeansState
}

/** Where `kmeans` stands between two rounds. */
export interface KMeansState {
  /** Which of the `nInit` starts is running. */
  readonly start: number
  readonly current: LloydState
  readonly best: KMeansResult | null
}

export interface KMeansResult {
  /** Cluster of every point, 0 … k−1. */
  readonly labels: Int32Array
  /** `[k, columns]`, float64. */
  readonly centroids: Matrix
  /** Weighted sum of squared distances to the centroids, float64. */
  readonly inertia: number
  /** Rounds of the winning start. */
  readonly iterations: number
  /** Whether the winning start settled before `maxIterations`. */
  readonly converged: boolean
}

/** A fitted k-means. */
export interface KMeansFit extends KMeansResult {
  /**
   * Labels new rows by the nearest centroid: in Euclidean distance, or by angle if the metric was `cosine`. For the points of
   * the fit it returns `labels`, except after `sizeConstrainedKMeans`, whose labels keep sizes that the nearest centroid does
   * not.
   *
   * @param rows `[n, d]`, as wide as the points fitted
   * @returns n cluster numbers, 0 … k−1
   * @throws ShapeError, DataError for bad rows, or rows of another width
   * @example
   * const labels = kmeans(points, { k: 3, random }).predict(shard)
   */
  predict(rows: Rows): Int32Array
}

/**
 * Clusters points around k centroids, minimising the inertia `Σᵢ wᵢ ‖xᵢ − c(labelᵢ)‖²`.
 *
 * Each start draws centroids by greedy k-means++ (Arthur and Vassilvitskii 2007). Lloyd's rounds follow, with float64 sums;
 * empty clusters get the farthest points. The best of `nInit` starts is returned.
 *
 * @param rows `[n, d]`, finite, in any form of rows
 * @returns labels `[n]`, centroids `[k, d]`, inertia, rounds, convergence, and `predict`
 * @throws ShapeError for no points, or centroids of another shape
 * @throws DataError for NaN or infinite values
 * @throws OptionError for k greater than the number of points, and other options out of range
 * @example
 * const points = [[0, 0], [0, 1], [9, 9], [9, 8]]
 * const { labels, inertia } = kmeans(points, { k: 2, random: createRandom(0) })   // [0, 0, 1, 1] or [1, 1, 0, 0]; 1
 */
export function kmeans(rows: Rows, options: KMeansOptions): KMeansFit {
  const { k, random, maxIterations = 300, tolerance = 1e-4, products = null, metric = 'euclidean' } = options
  const given = asMatrix(rows)
  checkChoice('metric', metric, ['euclidean', 'cosine'])
  const spherical = metric === 'cosine'
  const points = spherical ? unitRows(given) : given
  const variance = meanVariance(points)
  // Only a value that is not finite, or an overflow, makes it so: all others are spared a look at every value.
  if (!Number.isFinite(variance)) checkPoints(given)
  checkInteger('k', k, 1, points.rows, `there are ${points.rows} points`)
  const { seeding = 'greedy-k-means++' } = options
  const checked = checkSeeding(seeding, k, points.columns)
  const seeds = spherical && typeof checked === 'object' ? unitRows(checked) : checked
  const nInit = options.nInit ?? (typeof seeding === 'string' ? 10 : 1)
  checkInteger('nInit', nInit, 1, Number.MAX_SAFE_INTEGER)
  checkInteger('maxIterations', maxIterations, 1, Number.MAX_SAFE_INTEGER)
  checkNumber('tolerance', tolerance, 0)
  const weights = checkWeights(options.weights, points.rows)

  const nearest = createNearest(points, products)
  const settings: LloydSettings = {
    origins: firstPoint(points, k),
    weights,
    spherical,
    shiftTolerance: tolerance * variance,
  }
  const found = new Int32Array(points.rows)
  let best: KMeansResult | null = options.resume?.best ?? null
  let stopped = false
  for (let start = options.resume?.start ?? 0; start < nInit && !stopped; start++) {
    const resumed = start === options.resume?.start ? copyState(options.resume.current) : null
    let state = resumed ?? startLloyd(startCentroids(seeds, points, k, random, start, nearest, weights), points)
    while (!state.converged && state.iteration < maxIterations && !stopped) {
      state = lloydRound(points, nearest, state, settings, found)
      stopped = options.onIteration?.({ start, current: copyState(state), best }) === 'stop'
    }
    const result = finish(points, nearest, state, weights)
    if (!best || result.inertia < best.inertia) best = result
  }
  const result = best as KMeansResult
  return {
    ...result,
    predict(rows) {
      return predictNearest(spherical ? unitRows(checkPoints(rows, 'rows')) : rows, result.centroids, products)
    },
  }
}

/** Labels for the final centroids. Lloyd's own labels belong to the centroids one round before. */
function finish(points: Matrix, nearest: Nearest, state: LloydState, weights?: Float64Array): KMeansResult {
  const centroids = { values: state.centroids, rows: state.masses.length, columns: points.columns }
  const labels = new Int32Array(points.rows)
  nearest.assign(centroids, labels)
  return {
    labels,
    centroids,
    inertia: inertiaOf(points, centroids, labels, weights),
    iterations: state.iteration,
    converged: state.converged,
  }
}

/**
 * Nearest centroid of each new row. It does what a fit's `predict` does, for centroids that were stored or come from {@link
 * finishPartials}.
 *
 * @param rows `[n, d]`
 * @param centroids `[k, d]`
 * @param products fast products, or null; the labels are the same
 * @returns n cluster numbers, 0 … k−1
 * @throws ShapeError, DataError for bad rows, or centroids of another width
 * @example
 * const labels = predictNearest(shard, centroids, await availableProducts())
 */
export function predictNearest(rows: Rows, centroids: Rows, products: Products | null): Int32Array {
  const [points, centres] = [checkPoints(rows, 'rows'), checkPoints(centroids, 'centroids')]
  if (points.columns !== centres.columns)
    throw new ShapeError('rows', [points.rows, points.columns], `[n, ${centres.columns}], as the points fitted`)
  const labels = new Int32Array(points.rows)
  createNearest(points, products).assign(centres, labels)
  return labels
}

/** Starting centroids, `[k, columns]`, float64. */
export function startCentroids(
  seeding: Seeding | Matrix,
  points: Matrix,
  k: number,
  random: Random,
  start: number,
  nearest: Nearest,
  weights?: Float64Array,
): Matrix {
  if (typeof seeding !== 'string') return { ...seeding, values: Float64Array.from(seeding.values) }
  const rows = seedRows(seeding, points, k, random.split('k-means').split(start), nearest, weights)
  return { values: Float64Array.from(takeRows(points, rows).values), rows: k, columns: points.columns }
}

/** Mean over columns of their variance: the scale that `tolerance` refers to. */
export function meanVariance(points: Matrix): number {
  const { rows, columns } = points
  return withKernels((lender) => {
    const [origin, sums] = [lender.floats(columns), lender.floats(columns)]
    // Counted from the first row, so that data far from 0 does not cancel.
    origin.values.set(rowOf(points, 0))
    sums.values.fill(0)
    let squares = 0
    eachBatch(points, lender, (x, _, count) => {
      squares += lender.kernels.addDeviations(x, count, columns, origin.pointer, sums.pointer)
    })
    const means = sums.values.reduce((total, sum) => total + (sum / rows) ** 2, 0)
    return Math.max(0, squares / rows - means) / columns
  })
}

function copyState(state: LloydState): LloydState {
  return {
    ...state,
    labels: state.labels.slice(),
    sums: state.sums.slice(),
    masses: state.masses.slice(),
    centroids: state.centroids.slice(),
  }
}
