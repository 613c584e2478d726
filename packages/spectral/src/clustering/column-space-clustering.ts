import { type Random, ShapeError } from '@dc/core/plugin'
import { columnMeans, type Products, unitRows } from '@dc/core/points'
import { type KMeansResult, kmeans } from '../kmeans/kmeans'
import { checkPoints, type Matrix, type Rows } from '../matrix'
import { polarParts, timesSquare } from '../polar/polar-parts'

export interface ColumnSpaceClusteringOptions {
  readonly k: number
  readonly random: Random
  readonly nInit?: number
  readonly products?: Products | null
}

/** The map into the column space of centred embeddings `X = U S Vᵀ`. */
export interface ColumnSpace {
  /** Of the columns, `[d]`. */
  readonly means: Float64Array
  /** `V S⁺ Vᵀ`, `[d, d]`. */
  readonly transform: Matrix
}

export interface ColumnSpaceClusteringFit extends KMeansResult {
  readonly space: ColumnSpace
}

/**
 * The test-time spectral clustering of Deep Spectral Clustering Learning (Law, Urtasun and Zemel 2017, algorithm 2).
 *
 * Centres the embeddings, takes U, the left singular vectors of nonzero singular values, scales its rows to length 1
 * and runs k-means on them. The polar factor U Vᵀ stands in for U: its rows have the same lengths and
 * distances.
 *
 * @param rows `[n, d]`
 * @returns labels, the k-means on the rows of U, and what `columnSpaceDirections` needs for new rows
 * @throws ShapeError, DataError, OptionError as `kmeans`
 * @example
 * const { labels } = columnSpaceClustering(embeddings, { k: 100, random: createRandom(0) })
 */
export function columnSpaceClustering(rows: Rows, options: ColumnSpaceClusteringOptions): ColumnSpaceClusteringFit {
  const embeddings = checkPoints(rows, 'embeddings')
  const means = columnMeans(embeddings)
  const space = { means, transform: polarParts(centred(embeddings, means)).inverseRoot }
  const { labels, centroids, inertia, iterations, converged } = kmeans(
    columnSpaceDirections(embeddings, space),
    options,
  )
  return { labels, centroids, inertia, iterations, converged, space }
}

/**
 * The directions of rows in a column space: `(x − means) V S⁺ Vᵀ`, scaled to length 1. For the rows that the space was made
 * of these are the rows of U; other rows are brought there by the same map. A row at the means has no direction and stays 0.
 *
 * @param rows `[n, d]`
 * @returns `[n, d]`, for `predictNearest` with the centroids of the fit
 * @throws ShapeError for rows of another width
 * @example
 * const { space, centroids } = columnSpaceClustering(embeddings, { k: 100, random: createRandom(0) })
 * const labels = predictNearest(columnSpaceDirections(more, space), centroids, null)
 */
export function columnSpaceDirections(rows: Rows, { means, transform }: ColumnSpace): Matrix {
  const embeddings = checkPoints(rows, 'embeddings')
  if (embeddings.columns !== means.length)
    throw new ShapeError('embeddings', [embeddings.rows, embeddings.columns], `[n, ${means.length}]`)
  return unitRows(timesSquare(centred(embeddings, means), transform))
}

function centred(points: Matrix, means: ArrayLike<number>): Matrix {
  return { ...points, values: Float64Array.from(points.values, (value, at) => value - means[at % points.columns]) }
}
