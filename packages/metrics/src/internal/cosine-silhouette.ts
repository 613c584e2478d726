import { type Rows, unitRows } from '@dc/core/points'
import type { Labels } from '../labels'
import { checkClusters, checkFeatures } from './features'

/**
 * The silhouette coefficient of every sample by the cosine distance `1 − cos`; see {@link cosineSilhouette}.
 *
 * @returns n numbers in [−1, 1]
 * @throws ShapeError, DataError for unfit features or labels
 * @example
 * cosineSilhouetteSamples([[1, 0], [2, 0], [0, 1], [0, 3]], [0, 0, 1, 1])   // Float64Array [1, 1, 1, 1]
 */
export function cosineSilhouetteSamples(features: Rows, labels: Labels): Float64Array {
  const { values, rows, columns } = unitRows(checkFeatures(features))
  const { count, codes, sizes } = checkClusters(labels, rows)
  // Σⱼ (1 − uᵢ·uⱼ) over a cluster is its size less uᵢ·Σⱼ uⱼ: a sum for each cluster stands for all of its rows.
  const sums = new Float64Array(count * columns)
  const squares = new Float64Array(rows)
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0, to = codes[row] * columns; column < columns; column++, at++, to++) {
      sums[to] += values[at]
      squares[row] += values[at] * values[at]
    }
  return Float64Array.from({ length: rows }, (_, row) => {
    const own = codes[row]
    if (sizes[own] === 1) return 0
    let [within, between] = [0, Number.POSITIVE_INFINITY]
    for (let cluster = 0; cluster < count; cluster++) {
      let product = 0
      for (let column = 0, at = row * columns, to = cluster * columns; column < columns; column++, at++, to++)
        product += values[at] * sums[to]
      // The row's distance to itself, `1 − u·u`, is 1 for a row of zeros, and is not counted.
      if (cluster === own) within = (sizes[own] - product - (1 - squares[row])) / (sizes[own] - 1)
      else between = Math.min(between, 1 - product / sizes[cluster])
    }
    // Rounding may leave a distance a little below 0.
    ;[within, between] = [Math.max(0, within), Math.max(0, between)]
    const larger = Math.max(within, between)
    return larger < 1e-12 ? 0 : (between - within) / larger
  })
}

/**
 * Mean silhouette coefficient by the cosine distance.
 *
 * `s_i = (b_i − a_i) / max(a_i, b_i)`, with a_i the mean of `1 − cos` to the other samples of the own cluster and b_i the
 * smallest such mean of another cluster; 0 for a sample alone in its cluster. A row of zeros has cosine 0 with every row. The means
 * follow from the sum of each cluster's unit rows, so it is exact in O(n K d) time, where other distances take O(n² d).
 *
 * @param features `[n, d]`, finite, in any form of rows
 * @param labels n cluster labels with 2 to n − 1 distinct values
 * @returns a number in [−1, 1]; higher is better
 * @throws ShapeError, DataError for unfit features or labels
 * @see Rousseeuw, "Silhouettes", Journal of Computational and Applied Mathematics 1987
 * @example
 * cosineSilhouette([[1, 0], [1, 1], [-1, 0], [-1, -1]], [0, 0, 1, 1])   // 0.841…
 */
export function cosineSilhouette(features: Rows, labels: Labels): number {
  const samples = cosineSilhouetteSamples(features, labels)
  return samples.reduce((sum, value) => sum + value, 0) / samples.length
}
