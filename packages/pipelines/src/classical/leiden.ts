import { type ClassicalPipeline, DataError, definePlugin, type InferredRows, letEventsIn } from '@dc/core'
import {
  availableProducts,
  communityQualities,
  knnGraph,
  leiden as leidenCommunities,
  type Matrix,
  matrix,
  nearestNeighbours,
  numberedBySize,
} from '@dc/spectral'
import { z } from 'zod'
import { arrayOf, stateArray, stateMatrix } from '../arrays'
import { datasetNeighbours } from '../dataset-neighbours'
import { allRows, readOnHost, rowWidth } from '../host-rows'
import { compared, directionArray, goesByDirection, normalizeOption, stateDirection } from './direction'
import { firstEqualRows } from './equal-rows'
import { requireFitted } from './fitted'
import { searchResolution } from './search-resolution'
import { shardRows, shardsOf } from './shards'
import { voteOfNeighbours } from './vote'

/** What new rows are labelled by. */
interface Fit {
  /** The rows of the graph, `[n, d]`. */
  readonly points: Matrix
  readonly labels: Int32Array
  /** Whether rows are compared by direction. */
  readonly byDirection: boolean
}

const usualResolution = { modularity: 1, cpm: 0.01 } as const

/** Communities in the graph of nearest neighbours (Traag, Waltman, van Eck 2019); it finds their number. */
export const leiden = definePlugin({
  kind: 'pipeline',
  name: 'leiden',
  apiVersion: 1,
  description: 'Communities in the graph of nearest neighbours (Leiden); finds the number of clusters',
  traits: { classical: true, findsClusters: true },
  metadata: { paper: 'https://doi.org/10.1038/s41598-019-41695-z' },
  options: z.strictObject({
    k: z
      .int()
      .min(2)
      .optional()
      .describe('clusters: the resolution that gives as many is searched; by default they are found'),
    neighbours: z
      .int()
      .min(1)
      .default(15)
      .describe('nearest rows that a row is joined to; fewer where there are not as many'),
    normalize: normalizeOption,
    weights: z
      .enum(['connectivity', 'shared-neighbours', 'fuzzy'])
      .default('connectivity')
      .describe("of the edges: 1, the share of neighbours in common, or UMAP's fuzzy union"),
    quality: z.enum(communityQualities).default('modularity').describe('what communities are judged by'),
    resolution: z
      .number()
      .min(0)
      .optional()
      .describe('larger ones make more clusters; where k is given, the first that is tried. Default 1, for cpm 0.01'),
  }),
  create({ k, neighbours, normalize, weights, quality, ...options }): ClassicalPipeline {
    const resolution = options.resolution ?? usualResolution[quality]
    let fit: Fit | undefined
    let told: readonly string[] = []
    return {
      async fit(dataset, random, { signal } = {}) {
        if (dataset.size < 2) throw new DataError(`leiden needs two rows at least; there is ${dataset.size}.`)
        const rows = await readOnHost(dataset, allRows(dataset))
        const byDirection = goesByDirection(normalize, dataset)
        const points = compared(matrix(rows, dataset.size, rowWidth(dataset)), byDirection)
        await letEventsIn(signal)
        const nearest = Math.min(neighbours, dataset.size - 1)
        const by = byDirection ? 'direction' : 'distance'
        const near = await datasetNeighbours(dataset, { k: nearest, by, points: () => points })
        const graph = knnGraph(points, { neighbours: nearest, weight: weights, found: near })
        const first = firstEqualRows(points)
        const communities = async (at: number) => {
          await letEventsIn(signal)
          const { labels: found } = leidenCommunities(graph, {
            random: random.split('leiden'),
            quality,
            resolution: at,
          })
          // Rows that are equal are one row to whoever predicts.
          const { labels, sizes } = numberedBySize(first.map((row) => found[row]))
          return { labels, k: sizes.length, resolution: at }
        }
        const found =
          k === undefined ? await communities(resolution) : await searchResolution(k, resolution, communities)
        told = k === undefined ? [] : toldOf(k, found)
        fit = { points, labels: found.labels, byDirection }
        return placed(points, found.labels.slice())
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
      notices: () => told,
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

/** Leiden learns no other space than that of the rows. */
const placed = ({ values, columns }: Matrix, labels: Int32Array): InferredRows => ({
  labels,
  embedding: Float32Array.from(values),
  width: columns,
})

/** What whoever asked for a number of clusters should know. */
function toldOf(wanted: number, { k, resolution }: { k: number; resolution: number }): string[] {
  const at = `resolution ${Number(resolution.toPrecision(4))}`
  if (k === wanted) return [`leiden finds ${k} clusters at ${at}.`]
  // At 0 the communities are the parts of the graph.
  if (resolution === 0)
    return [
      `The graph of neighbours falls into ${k} parts, and leiden joins none: these are ${k} clusters, not ${wanted}. More neighbours may join parts.`,
    ]
  return [
    `No resolution was found at which leiden has ${wanted} clusters: these are ${k}, the nearest number, at ${at}. Other seeds or numbers of neighbours may have ${wanted}.`,
  ]
}
