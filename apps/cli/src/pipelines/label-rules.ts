import { availableProducts, kmeans, matrix } from '@dc/spectral'
import type { LabelRule } from '../recipe'

/** The pipeline's own answer: the cluster of the highest score. */
const prototypes: LabelRule = {
  name: 'prototypes',
  description: 'the prototype of the highest score',
  labels: ({ inference }) => inference.labels,
}

/** k-means, best inertia of ten starts, on the learned embedding. */
const kmeansOnEmbedding: LabelRule = {
  name: 'kmeans',
  description: 'k-means (best inertia of 10 starts) on the learned embedding',
  labels: async ({ inference: { embedding, width, labels }, k, random }) =>
    kmeans(matrix(embedding, labels.length, width), { k, random, products: await availableProducts() }).labels,
}

/** All rules by which labels may be reported. */
export const labelRules: readonly LabelRule[] = [prototypes, kmeansOnEmbedding]
