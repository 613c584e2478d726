import { type ClassicalPipeline, definePlugin, letEventsIn } from '@dc/core'
import { availableProducts, type Matrix, matrix, nearestNeighbours } from '@dc/spectral'
import { z } from 'zod'
import { arrayOf, stateArray, stateMatrix } from '../arrays'
import { consensusOfRows, nearestOf } from '../consensus/consensus-of-rows'
import { datasetNeighbours } from '../dataset-neighbours'
import { allRows, readOnHost, rowWidth } from '../host-rows'
import { compared, directionArray, goesByDirection, normalizeOption, stateDirection } from './direction'
import { requireFitted } from './fitted'
import { shardRows, shardsOf } from './shards'
import { voteOfNeighbours } from './vote'

/** What new rows are labelled by. */
interface Fit {
  /** The rows as they are compared, `[n, d]`. */
  readonly points: Matrix
  readonly labels: Int32Array
  readonly byDirection: boolean
}

/** What Leiden's communities and k-means on UMAP's layout agree on (Fred and Jain 2005). */
export const consensus = definePlugin({
  kind: 'pipeline',
  name: 'consensus',
  apiVersion: 1,
  description: "What communities of neighbours (Leiden) and k-means on the neighbours' layout (UMAP) agree on",
  traits: { classical: true, takesCorrections: true },
  metadata: { paper: 'https://doi.org/10.1109/TPAMI.2005.113' },
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    neighbours: z
      .int()
      .min(2)
      .default(15)
      .describe('nearest rows that a row is joined to; fewer where there are not as many'),
    normalize: normalizeOption,
  }),
  create({ k, neighbours, normalize }): ClassicalPipeline {
    let fit: Fit | undefined
    return {
      async fit(dataset, random, { signal } = {}) {
        const products = await availableProducts()
        const rows = await readOnHost(dataset, allRows(dataset))
        const byDirection = goesByDirection(normalize, dataset)
        const points = compared(matrix(rows, dataset.size, rowWidth(dataset)), byDirection)
        await letEventsIn(signal)
        const nearest = nearestOf(neighbours, dataset.size, k)
        const by = byDirection ? 'direction' : 'distance'
        const found = await datasetNeighbours(dataset, { k: nearest, by, points: () => points })
        const { guide } = dataset
        const labels = await consensusOfRows(points, { k, found, random, products, signal, guide })
        fit = { points, labels, byDirection }
        return { labels: labels.slice(), embedding: Float32Array.from(points.values), width: points.columns }
      },
      async predict(dataset, { signal, embedding: wanted = true } = {}) {
        const { points, labels: known, byDirection } = requireFitted(fit)
        const products = await availableProducts()
        const width = rowWidth(dataset)
        const labels = new Int32Array(dataset.size)
        const embedding = new Float32Array(wanted ? dataset.size * width : 0)
        const nearest = Math.min(neighbours, points.rows)
        for await (const { start, points: rows } of shardsOf(dataset, shardRows(dataset))) {
          await letEventsIn(signal)
          const queries = compared(rows, byDirection)
          labels.set(voteOfNeighbours(nearestNeighbours(points, nearest, { queries, products }), known), start)
          if (wanted) embedding.set(queries.values, start * width)
        }
        return { labels, embedding, width }
      },
      state() {
        const { points, labels, byDirection } = requireFitted(fit)
        return {
          points: arrayOf(points),
          labels: { shape: [labels.length], values: labels },
          byDirection: directionArray(byDirection),
        }
      },
      restore(state) {
        fit = {
          points: stateMatrix(state, 'points'),
          labels: Int32Array.from(stateArray(state, 'labels').values),
          byDirection: stateDirection(state),
        }
      },
    }
  },
})
