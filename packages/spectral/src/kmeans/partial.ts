import { ShapeError } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { checkPoints, type Matrix, type Rows } from '../matrix'
import { checkWeights } from './check'
import { emptyClusters, inertiaOf, movePoints, weighClusters } from './clusters'
import { createNearest } from './nearest'

/** What one shard of points adds to a round of k-means: plain arrays, which can be sent between processes. */
export interface KMeansPartial {
  /** Weighted sums of the points' deviations from the centroid of their cluster, `[k, columns]`. */
  readonly sums: Float64Array
  /** Total weight of each cluster, `[k]`. */
  readonly masses: Float64Array
  /** Weighted sum of squared distances to the centroids that were given. */
  readonly inertia: number
}

/**
 * One shard's part of a round of k-means: the sums of its points, each at its nearest centroid. Merge the parts of all shards
 * by {@link mergePartials} and take the new centroids from {@link finishPartials}. Repeat until `shift` is small.
 *
 * @param shardRows `[n, d]`
 * @param centroidRows `[k, d]`
 * @throws ShapeError, DataError for bad points, or centroids of another width
 * @example
 * const parts = shards.map((shard) => kmeansPartial(shard, centroids))
 * const { centroids: next, shift } = finishPartials(parts.reduce(mergePartials), centroids)
 */
export function kmeansPartial(
  shardRows: Rows,
  centroidRows: Rows,
  options: { weights?: ArrayLike<number>; products?: Products | null } = {},
): KMeansPartial {
  const [shard, centroids] = [checkPoints(shardRows, 'shard'), checkPoints(centroidRows, 'centroids')]
  if (centroids.columns !== shard.columns)
    throw new ShapeError('centroids', [centroids.rows, centroids.columns], `[k, ${shard.columns}], as the shard`)
  const weights = checkWeights(options.weights, shard.rows)
  const labels = new Int32Array(shard.rows)
  createNearest(shard, options.products ?? null).assign(centroids, labels)
  const clusters = emptyClusters(shard, centroids.rows)
  movePoints(clusters, shard, centroids, labels, weights)
  weighClusters(clusters, weights)
  const { sums, masses } = clusters
  return { sums, masses, inertia: inertiaOf(shard, centroids, labels, weights) }
}

/** The part of two shards together. */
export function mergePartials(a: KMeansPartial, b: KMeansPartial): KMeansPartial {
  if (a.sums.length !== b.sums.length || a.masses.length !== b.masses.length)
    throw new ShapeError('b.sums', [b.sums.length], `[${a.sums.length}], as the part that it is merged with`)
  return {
    sums: a.sums.map((sum, at) => sum + b.sums[at]),
    masses: a.masses.map((mass, c) => mass + b.masses[c]),
    inertia: a.inertia + b.inertia,
  }
}

/**
 * New centroids from the merged parts of all shards. A cluster without points keeps its centroid, and `empty` lists it. Give
 * it a far point of any shard before the next round.
 */
export function finishPartials(
  { sums, masses, inertia }: KMeansPartial,
  given: Rows,
): { centroids: Matrix; inertia: number; shift: number; empty: number[] } {
  const centroids = checkPoints(given, 'centroids')
  const { rows, columns } = centroids
  if (sums.length !== rows * columns)
    throw new ShapeError('centroids', [rows, columns], `${sums.length} values, as the merged sums`)
  const values = Float64Array.from(centroids.values, (value, at) => {
    const mass = masses[Math.floor(at / columns)]
    return mass > 0 ? value + sums[at] / mass : value
  })
  const shift = values.reduce((sum, value, at) => sum + (value - centroids.values[at]) ** 2, 0)
  const empty = [...masses.keys()].filter((c) => masses[c] === 0)
  return { centroids: { values, rows, columns }, inertia, shift, empty }
}
