import type { Random } from '@dc/core'
import { columnMeans, type Products, unitRows } from '@dc/core/points'
import { type KMeansResult, kmeans } from '../kmeans/kmeans'
import { checkPoints, type Matrix } from '../matrix'
import { polarParts } from '../polar/eigendecomposition'

export interface ColumnSpaceClusteringOptions {
  readonly k: number
  readonly random: Random
  readonly nInit?: number
  readonly products?: Products | null
}

/**
 * The test-time spectral clustering of Deep Spectral Clustering Learning (Law, Urtasun and Zemel 2017, algorithm 2).
 *
 * Centres the embeddings, takes U, the left singular vectors of nonzero singular values, scales its rows to length 1
 * and runs k-means on them. The polar factor U Vᵀ stands in for U: its rows have the same lengths and
 * distances.
 *
 * @param embeddings `[n, d]`
 * @returns labels and the k-means on the rows of U; no `predict`, because U is known for these rows only
 * @throws ShapeError, DataError, OptionError as `kmeans`
 * @example
 * const { labels } = columnSpaceClustering(embeddings, { k: 100, random: createRandom(0) })
 */
export function columnSpaceClustering(embeddings: Matrix, options: ColumnSpaceClusteringOptions): KMeansResult {
  checkPoints(embeddings, 'embeddings')
  // A row at the mean has no direction and stays 0.
  const directions = unitRows(polarParts(centred(embeddings)).factor)
  const { labels, centroids, inertia, iterations, converged } = kmeans(directions, options)
  return { labels, centroids, inertia, iterations, converged }
}

function centred(points: Matrix): Matrix {
  const means = columnMeans(points)
  return { ...points, values: Float64Array.from(points.values, (value, at) => value - means[at % points.columns]) }
}
