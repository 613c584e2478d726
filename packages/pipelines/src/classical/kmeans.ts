import { type ClassicalPipeline, type Dataset, definePlugin, type InferredRows, letEventsIn } from '@dc/core'
import { unitRows } from '@dc/core/points'
import { availableProducts, type Matrix, predictNearest } from '@dc/spectral'
import { z } from 'zod'
import { arrayOf, stateMatrix } from '../arrays'
import { rowWidth } from '../host-rows'
import { datasetKMeans } from './dataset-kmeans'
import { requireFitted } from './fitted'
import { shardRows, shardsOf } from './shards'

/** k-means on the rows as they are (Lloyd 1982, greedy k-means++ of Arthur and Vassilvitskii 2007). */
export const kmeans = definePlugin({
  kind: 'pipeline',
  name: 'kmeans',
  apiVersion: 1,
  description: 'k-means on the rows as they are',
  traits: { classical: true },
  metadata: { paper: 'https://dl.acm.org/doi/10.5555/1283383.1283494' },
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    starts: z.int().min(1).max(1000).default(10).describe('starts; the one of lowest inertia is kept'),
    normalize: z.boolean().default(false).describe('rows of length 1: clusters by direction, as for text embeddings'),
  }),
  create({ k, starts, normalize }): ClassicalPipeline {
    let centroids: Matrix | undefined
    return {
      async fit(dataset, random, { signal } = {}) {
        const products = await availableProducts()
        const fit = await datasetKMeans(dataset, { k, random, products, nInit: starts, normalize, signal })
        centroids = fit.centroids
        return { labels: fit.labels, ...(await rowsThemselves(dataset, normalize, signal)) }
      },
      async predict(dataset, { signal } = {}) {
        const found = requireFitted(centroids)
        const products = await availableProducts()
        const labels = new Int32Array(dataset.size)
        for await (const { start, points } of shardsOf(dataset, shardRows(dataset))) {
          await letEventsIn(signal)
          labels.set(predictNearest(normalize ? unitRows(points) : points, found, products), start)
        }
        return { labels, ...(await rowsThemselves(dataset, normalize, signal)) }
      },
      state: () => ({ centroids: arrayOf(requireFitted(centroids)) }),
      restore(state) {
        centroids = stateMatrix(state, 'centroids')
      },
    }
  },
})

/** k-means learns no other space than that of the rows. */
async function rowsThemselves(
  dataset: Dataset,
  normalize: boolean,
  signal?: AbortSignal,
): Promise<Omit<InferredRows, 'labels'>> {
  const width = rowWidth(dataset)
  const embedding = new Float32Array(dataset.size * width)
  for await (const { start, points } of shardsOf(dataset, shardRows(dataset))) {
    await letEventsIn(signal)
    embedding.set((normalize ? unitRows(points) : points).values, start * width)
  }
  return { embedding, width }
}
