import { type Products, type Rows, squaredDistance } from '@dc/core/points'
import type { Labels } from '../labels'
import { visitDistances } from './distances'
import { centroids, checkClusters, checkFeatures, ownSquares } from './features'

/** Below this a mean distance counts as zero (numpy's `isclose` at 0, as scikit-learn asks it). */
const negligible = 1e-8

/**
 * Davies–Bouldin index: the mean over clusters of the worst `(s_k + s_l) / |c_k − c_l|`, with s the mean distance to the
 * own centroid c. O(n d + K² d).
 *
 * @param features `[n, d]`, finite, in any form of rows
 * @param labels n cluster labels with 2 to n − 1 distinct values
 * @returns a number ≥ 0; lower is better
 * @throws ShapeError, DataError for unfit features or labels
 * @see Davies and Bouldin, "A cluster separation measure", TPAMI 1979
 * @example
 * daviesBouldin([[0], [1], [10], [11]], [0, 0, 1, 1])   // 0.1
 */
export function daviesBouldin(features: Rows, labels: Labels): number {
  const points = checkFeatures(features)
  const n = points.rows
  const clusters = checkClusters(labels, n)
  const { count, codes, sizes } = clusters
  const means = centroids(points, clusters)
  const spread = new Float64Array(count)
  ownSquares(points, means, codes).forEach((square, i) => {
    spread[codes[i]] += Math.sqrt(square)
  })
  for (let k = 0; k < count; k++) spread[k] /= sizes[k]
  const worst = new Float64Array(count)
  let farthest = 0
  for (let k = 0; k < count; k++)
    for (let l = k + 1; l < count; l++) {
      const apart = Math.sqrt(squaredDistance(means, k, means, l))
      farthest = Math.max(farthest, apart)
      const ratio = apart === 0 ? 0 : (spread[k] + spread[l]) / apart
      worst[k] = Math.max(worst[k], ratio)
      worst[l] = Math.max(worst[l], ratio)
    }
  if (spread.every((mean) => mean <= negligible) || farthest <= negligible) return 0
  return worst.reduce((sum, value) => sum + value, 0) / count
}

/**
 * Calinski–Harabasz index (variance ratio): `[Σ_k n_k |c_k − c|² / (K − 1)] / [Σ_i |x_i − c_k(i)|² / (n − K)]`. O(n d).
 *
 * @param features `[n, d]`, finite, in any form of rows
 * @param labels n cluster labels with 2 to n − 1 distinct values
 * @returns a number ≥ 0; higher is better; 1 when every cluster is a point, as scikit-learn has it
 * @throws ShapeError, DataError for unfit features or labels
 * @see Caliński and Harabasz, "A dendrite method for cluster analysis", Communications in Statistics 1974
 * @example
 * calinskiHarabasz([[0], [1], [10], [11]], [0, 0, 1, 1])   // 200
 */
export function calinskiHarabasz(features: Rows, labels: Labels): number {
  const points = checkFeatures(features)
  const n = points.rows
  const clusters = checkClusters(labels, n)
  const { count, codes, sizes } = clusters
  const means = centroids(points, clusters)
  const whole = centroids(points, { count: 1, codes: new Int32Array(n), sizes: Int32Array.of(n) })
  let between = 0
  for (let k = 0; k < count; k++) between += sizes[k] * squaredDistance(means, k, whole, 0)
  const within = ownSquares(points, means, codes).reduce((sum, square) => sum + square, 0)
  return within === 0 ? 1 : (between * (n - count)) / (within * (count - 1))
}

/**
 * Dunn index: the smallest distance between samples of different clusters over the largest within one. O(n² d).
 *
 * @param features `[n, d]`, finite, in any form of rows
 * @param labels n cluster labels with 2 to n − 1 distinct values
 * @param options.products lent ones take less time and give the same
 * @returns a number ≥ 0; higher is better; infinite when every cluster is a point
 * @throws ShapeError, DataError for unfit features or labels
 * @see Dunn, "Well-separated clusters and optimal fuzzy partitions", Journal of Cybernetics 1974
 * @example
 * dunn([[0], [1], [10], [11]], [0, 0, 1, 1])   // 9
 */
export function dunn(features: Rows, labels: Labels, options: { products?: Products | null } = {}): number {
  const points = checkFeatures(features)
  const n = points.rows
  const { codes } = checkClusters(labels, n)
  let nearest = Number.POSITIVE_INFINITY
  let widest = 0
  visitDistances(
    points,
    (i, start, row) => {
      const squared = row.squares()
      const { error } = row
      for (let j = start; j < n; j++) {
        const square = squared[j - start]
        // What could be the least or the largest is measured.
        if (codes[i] !== codes[j]) {
          if (square <= nearest + error) nearest = Math.min(nearest, row.exact(j - start))
        } else if (square >= widest - error) widest = Math.max(widest, row.exact(j - start))
      }
    },
    { products: options.products, symmetric: true },
  )
  if (widest === 0) return nearest === 0 ? 0 : Number.POSITIVE_INFINITY
  return Math.sqrt(nearest / widest)
}
