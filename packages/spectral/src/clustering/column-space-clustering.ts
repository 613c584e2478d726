import type { Random } from '@dc/core'
import { type KMeansResult, kmeans } from '../kmeans/kmeans'
import { checkPoints, type Matrix } from '../matrix'
import { polarParts } from '../polar/eigendecomposition'
import type { Products } from '../products'

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
  const { factor } = polarParts(centred(embeddings))
  const { rows, columns, values } = factor
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns)
    const length = Math.hypot(...row)
    // A row at the mean has no direction and stays 0.
    if (length > 0) for (let j = 0; j < columns; j++) row[j] /= length
  }
  const { labels, centroids, inertia, iterations, converged } = kmeans(factor, options)
  return { labels, centroids, inertia, iterations, converged }
}

function centred({ values, rows, columns }: Matrix): Matrix {
  const mean = new Float64Array(columns)
  values.forEach((value: number, at: number) => {
    mean[at % columns] += value / rows
  })
  return { values: Float64Array.from(values, (value, at) => value - mean[at % columns]), rows, columns }
}
