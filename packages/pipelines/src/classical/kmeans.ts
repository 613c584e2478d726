import {
  type ClassicalPipeline,
  type ClassicalSitting,
  type Dataset,
  definePlugin,
  type InferredRows,
  letEventsIn,
} from '@dc/core'
import { unitRows } from '@dc/core/points'
import { availableProducts, type Matrix, predictNearest } from '@dc/spectral'
import { z } from 'zod'
import { arrayOf, stateMatrix } from '../arrays'
import { rowWidth } from '../host-rows'
import { datasetKMeans } from './dataset-kmeans'
import { requireFitted } from './fitted'
import { guidedKMeans } from './guided-kmeans'
import { shardRows, shardsOf } from './shards'

/** k-means on the rows as they are (Lloyd 1982, greedy k-means++ of Arthur and Vassilvitskii 2007). */
export const kmeans = definePlugin({
  kind: 'pipeline',
  name: 'kmeans',
  apiVersion: 1,
  description: 'k-means on the rows as they are',
  traits: { classical: true, takesCorrections: true },
  metadata: { paper: 'https://dl.acm.org/doi/10.5555/1283383.1283494' },
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    starts: z.int().min(1).max(1000).default(10).describe('starts; the one of lowest inertia is kept'),
    normalize: z.boolean().default(false).describe('rows of length 1: clusters by direction, as for text embeddings'),
  }),
  create({ k, starts, normalize }): ClassicalPipeline {
    let centroids: Matrix | undefined
    // k-means learns no other space than that of the rows.
    const seen = (points: Matrix) => (normalize ? unitRows(points) : points)
    const label = async (
      dataset: Dataset,
      { signal, embedding: wanted = true }: ClassicalSitting,
    ): Promise<InferredRows> => {
      const found = requireFitted(centroids)
      const products = await availableProducts()
      const width = rowWidth(dataset)
      const labels = new Int32Array(dataset.size)
      const embedding = new Float32Array(wanted ? dataset.size * width : 0)
      for await (const { start, points } of shardsOf(dataset, shardRows(dataset))) {
        await letEventsIn(signal)
        const rows = seen(points)
        labels.set(predictNearest(rows, found, products), start)
        if (wanted) embedding.set(rows.values, start * width)
      }
      return { labels, embedding, width }
    }
    return {
      seen,
      async fit(dataset, random, sitting = {}) {
        const { signal } = sitting
        const products = await availableProducts()
        const settings = { k, random, products, nInit: starts, normalize, signal }
        const { guide } = dataset
        centroids = guide
          ? await guidedKMeans(dataset, guide, settings)
          : (await datasetKMeans(dataset, settings)).centroids
        return label(dataset, sitting)
      },
      predict: (dataset, sitting = {}) => label(dataset, sitting),
      state: () => ({ centroids: arrayOf(requireFitted(centroids)) }),
      restore(state) {
        centroids = stateMatrix(state, 'centroids')
      },
    }
  },
})
