import { type Affinity, definePlugin } from '@dc/core/plugin'
import { z } from 'zod'
import { cosineGraph } from './graphs/cosine-graph'
import { gaussianGraph } from './graphs/gaussian-graph'
import { knnGraph } from './graphs/knn-graph'
import { matrix } from './matrix'
import { availableProducts } from './native-products'
import { symmetrisations } from './sparse/sparse-rows'

const joined = {
  neighbours: z.number().int().min(1).default(10),
  symmetrise: z.enum(symmetrisations).default('mean'),
}

/** How a graph gets its neighbours: from whoever knows them, or by searching. */
async function search(neighbours: number, n: number, known: Parameters<Affinity['graph']>[3]) {
  // More than there are is for the graph to refuse.
  return known && neighbours < n ? { found: await known.nearest(neighbours) } : { products: await availableProducts() }
}

/** Affinity `knn`: nearest neighbours, edges of weight 1. */
export const knn = definePlugin({
  kind: 'affinity',
  name: 'knn',
  apiVersion: 1,
  description: 'exact nearest neighbours, every edge of weight 1',
  options: z.strictObject(joined),
  create: (options) => ({
    graph: async (features, n, d, known) =>
      knnGraph(matrix(features, n, d), { ...options, ...(await search(options.neighbours, n, known)) }),
  }),
})

/** Affinity `gaussian`: Gaussian weights between nearest neighbours, or between all pairs. */
export const gaussian = definePlugin({
  kind: 'affinity',
  name: 'gaussian',
  apiVersion: 1,
  description: 'Gaussian of the distance, fixed or self-tuning scale, of nearest neighbours or all pairs',
  options: z.strictObject({
    ...joined,
    neighbours: z.union([z.number().int().min(1), z.literal('all')]).default(10),
    gamma: z.union([z.number().positive(), z.literal('self-tuning')]).default('self-tuning'),
  }),
  create: ({ neighbours, gamma, symmetrise }) => ({
    async graph(features, n, d, known) {
      const points = matrix(features, n, d)
      if (neighbours === 'all') return gaussianGraph(points, { gamma })
      const weight = gamma === 'self-tuning' ? ({ weight: gamma } as const) : ({ weight: 'gaussian', gamma } as const)
      return knnGraph(points, { ...weight, neighbours, symmetrise, ...(await search(neighbours, n, known)) })
    },
  }),
})

/** Affinity `cosine`: cosine similarity between nearest neighbours, or between all pairs. */
export const cosine = definePlugin({
  kind: 'affinity',
  name: 'cosine',
  apiVersion: 1,
  description: 'cosine similarity of nearest neighbours or all pairs, negative ones dropped',
  options: z.strictObject({ ...joined, neighbours: z.union([z.number().int().min(1), z.literal('all')]).default(10) }),
  create: ({ neighbours, symmetrise }) => ({
    async graph(features, n, d) {
      const points = matrix(features, n, d)
      if (neighbours === 'all') return cosineGraph(points)
      return knnGraph(points, { weight: 'cosine', neighbours, symmetrise, products: await availableProducts() })
    },
  }),
})

/** Affinity `shared-neighbours`: the share of neighbours that two nearest neighbours have in common. */
export const sharedNeighbours = definePlugin({
  kind: 'affinity',
  name: 'shared-neighbours',
  apiVersion: 1,
  description: 'share of neighbours in common (Jaccard) of nearest neighbours',
  options: z.strictObject({
    neighbours: joined.neighbours.default(15),
    symmetrise: joined.symmetrise.default('max'),
  }),
  create: (options) => ({
    graph: async (features, n, d, known) =>
      knnGraph(matrix(features, n, d), {
        ...options,
        weight: 'shared-neighbours',
        ...(await search(options.neighbours, n, known)),
      }),
  }),
})

/** Affinity `fuzzy`: the fuzzy union of UMAP's neighbourhoods. */
export const fuzzy = definePlugin({
  kind: 'affinity',
  name: 'fuzzy',
  apiVersion: 1,
  description: "UMAP's fuzzy union of nearest neighbours",
  options: z.strictObject({
    neighbours: joined.neighbours.default(15),
    symmetrise: joined.symmetrise.default('union'),
  }),
  create: (options) => ({
    graph: async (features, n, d, known) =>
      knnGraph(matrix(features, n, d), {
        ...options,
        weight: 'fuzzy',
        ...(await search(options.neighbours, n, known)),
      }),
  }),
})

/** All plugins of this package. */
export const plugins = [knn, gaussian, cosine, sharedNeighbours, fuzzy] as const
