import { type Dataset, type Guide, letEventsIn } from '@dc/core'
import { unitRows } from '@dc/core/points'
import { type Matrix, matrix, predictNearest } from '@dc/spectral'
import { rowWidth } from '../host-rows'
import type { DatasetKMeansOptions } from './dataset-kmeans'
import { shardRows, shardsOf } from './shards'

const mostRounds = 100

/**
 * k-means that is steered by corrections: it begins at the means of the clusters as they were, corrected, and rows of which something was
 * said stay in their cluster in every round (Basu, Banerjee and Mooney 2002, "Semi-supervised clustering by seeding",
 * Constrained-KMeans). A cluster without rows keeps its centroid; one that never had any begins at the mean of all rows.
 *
 * @returns centroids `[k, d]`, in the guide's numbers
 * @throws InterruptedError once the signal is aborted
 */
export async function guidedKMeans(
  dataset: Dataset,
  { before, given }: Guide,
  { k, products, normalize = false, signal }: Pick<DatasetKMeansOptions, 'k' | 'products' | 'normalize' | 'signal'>,
): Promise<Matrix> {
  const width = rowWidth(dataset)
  let labels = before
  let centroids: Matrix | undefined
  for (let round = 0; round <= mostRounds; round++) {
    const next = new Int32Array(dataset.size)
    const sums = new Float64Array(k * width)
    const sizes = new Float64Array(k)
    for await (const { start, points } of shardsOf(dataset, shardRows(dataset))) {
      await letEventsIn(signal)
      const { values, rows } = normalize ? unitRows(points) : points
      const near = centroids && predictNearest(matrix(values, rows, width), centroids, products)
      for (let at = 0; at < rows; at++) {
        const row = start + at
        const label = given[row] >= 0 ? given[row] : near ? near[at] : before[row]
        next[row] = label
        sizes[label]++
        for (let c = 0; c < width; c++) sums[label * width + c] += values[at * width + c]
      }
    }
    if (centroids && next.every((label, row) => label === labels[row])) break
    labels = next
    centroids = centroidsOf(sums, sizes, centroids)
  }
  return centroids!
}

function centroidsOf(sums: Float64Array, sizes: Float64Array, earlier: Matrix | undefined): Matrix {
  const k = sizes.length
  const width = sums.length / k
  const rows = sizes.reduce((all, size) => all + size, 0)
  const values = sums.map((sum, at) => {
    const size = sizes[Math.floor(at / width)]
    if (size > 0) return sum / size
    if (earlier) return earlier.values[at]
    let whole = 0
    for (let cluster = 0; cluster < k; cluster++) whole += sums[cluster * width + (at % width)]
    return whole / rows
  })
  return matrix(values, k, width)
}
