import { OptionError, ShapeError } from '@dc/core/plugin'
import { type Matrix, type Products, type Rows, takeRows } from '@dc/core/points'
import type { Random } from '@dc/core/random'
import type { Labels } from '../labels'
import { visitDistances } from './distances'
import { checkClusters, checkFeatures } from './features'
import { sampleOfClusters } from './sample-of-clusters'

/** What the silhouette may be given beside features and labels. */
export interface SilhouetteOptions {
  /**
   * Lent products take less time. Every distance is then right to 1e-4 of itself, most to 1e-6. The score is more exact than
   * they are, since it is made of means, in which errors cancel.
   */
  readonly products?: Products | null
  /**
   * Score a random part of this many samples instead of all (needs `random`): O(sample² d) instead of O(n² d). It has
   * members of every cluster, see {@link sampleOfClusters}.
   */
  readonly sample?: number
  /** Draws the subset. */
  readonly random?: Random
}

/**
 * Mean silhouette coefficient.
 *
 * `s_i = (b_i − a_i) / max(a_i, b_i)`, with a_i the mean Euclidean distance to the other samples of the own cluster and
 * b_i the smallest mean distance to another cluster; 0 for a sample alone in its cluster. O(n² d) time, memory in blocks.
 *
 * @param features `[n, d]`, finite, in any form of rows
 * @param labels n cluster labels with 2 to n − 1 distinct values
 * @returns a number in [−1, 1]; higher is better
 * @throws ShapeError, DataError for unfit features or labels; OptionError for a sample size without
 *   `random`, above n, or no more than there are clusters
 * @see Rousseeuw, "Silhouettes", Journal of Computational and Applied Mathematics 1987
 * @example
 * silhouette([[0], [1], [10], [11]], [0, 0, 1, 1])   // 0.899…
 */
export function silhouette(features: Rows, labels: Labels, options: SilhouetteOptions = {}): number {
  const points = checkFeatures(features)
  const n = points.rows
  if (options.sample === undefined || options.sample === n) return mean(coefficients(points, labels, options))
  const rows = drawRows(labels, n, options)
  const kept = Int32Array.from(rows, (row) => labels[row])
  return mean(coefficients(takeRows(points, rows), kept, options))
}

/**
 * The silhouette coefficient of every sample; see {@link silhouette}.
 *
 * @returns n numbers in [−1, 1]
 * @throws ShapeError, DataError for unfit features or labels
 * @example
 * silhouetteSamples([[0], [1], [10], [11]], [0, 0, 1, 1])   // Float64Array [0.904…, 0.894…, 0.894…, 0.904…]
 */
export function silhouetteSamples(
  features: Rows,
  labels: Labels,
  options: Pick<SilhouetteOptions, 'products'> = {},
): Float64Array {
  return coefficients(checkFeatures(features), labels, options)
}

function drawRows(labels: Labels, n: number, { sample, random }: SilhouetteOptions): Int32Array {
  if (!(Number.isInteger(sample) && sample! >= 3 && sample! <= n))
    throw new OptionError('sample', sample, `an integer from 3 to n = ${n}`)
  if (!random) throw new OptionError('random', random, 'a seeded Random, to draw the sample')
  if (labels.length !== n) throw new ShapeError('labels', [labels.length], `[${n}], one label for every row`)
  return sampleOfClusters(labels, sample!, random)
}

function coefficients(points: Matrix, labels: Labels, { products }: Pick<SilhouetteOptions, 'products'>): Float64Array {
  const n = points.rows
  const { count, codes, sizes } = checkClusters(labels, n)
  const ends = new Int32Array(count)
  for (let k = 0; k < count; k++) ends[k] = (k > 0 ? ends[k - 1] : 0) + sizes[k]
  const order = byCluster(codes, ends)
  const sums = distanceSums(takeRows(points, order), ends, products)
  const own = new Float64Array(count)
  const found = new Float64Array(n)
  order.forEach((row, at) => {
    for (let k = 0; k < count; k++) own[k] = sums[k * n + at]
    found[row] = coefficient(own, sizes, codes[row])
  })
  return found
}

/** Row numbers, cluster after cluster. */
function byCluster(codes: Int32Array, ends: Int32Array): Int32Array {
  const next = ends.slice()
  const order = new Int32Array(codes.length)
  for (let i = codes.length - 1; i >= 0; i--) order[--next[codes[i]]] = i
  return order
}

/** Up to this many sums, each distance is computed once and added to the sums of both its rows. */
const mirroredSums = 1 << 25

/**
 * Sum of the distances from every row to the rows of every cluster, `[K, n]`. Rows are given cluster after cluster, so that a
 * stretch of a row's distances belongs to one sum.
 */
function distanceSums(points: Matrix, ends: Int32Array, products?: Products | null): Float64Array {
  const n = points.rows
  const count = ends.length
  const sums = new Float64Array(n * count)
  const symmetric = n * count <= mirroredSums
  const nowhere = new Float64Array(symmetric ? 0 : n)
  let own = 0
  visitDistances(
    points,
    (i, start, row) => {
      while (i >= ends[own]) own++
      const mirror = symmetric ? sums.subarray(own * n + start, (own + 1) * n) : nowhere
      for (let k = symmetric ? own : 0, from = 0; k < count; k++) {
        sums[k * n + i] += row.sum(from, ends[k] - start, mirror)
        from = ends[k] - start
      }
    },
    { products, symmetric },
  )
  return sums
}

function coefficient(sums: Float64Array, sizes: Int32Array, own: number): number {
  if (sizes[own] === 1) return 0
  const within = sums[own] / (sizes[own] - 1)
  let between = Number.POSITIVE_INFINITY
  for (let k = 0; k < sums.length; k++) if (k !== own) between = Math.min(between, sums[k] / sizes[k])
  const larger = Math.max(within, between)
  return larger === 0 ? 0 : (between - within) / larger
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
