import { availableProducts, kmeans, matrix } from '@dc/spectral'
import type { LabelRule } from '../recipe'

/** The pipeline's own answer: the cluster of the highest score. */
const prototypes: LabelRule = {
  name: 'prototypes',
  description: 'the prototype of the highest score',
  labels: ({ inference }) => inference.labels,
}

/** Starts of k-means: with ten, one run in eight ends in a poor local minimum on the digits; fifty cost a second. */
const nInit = 50

/** k-means on the learned embedding. */
const kmeansOnEmbedding: LabelRule = {
  name: 'kmeans',
  description: `k-means (lowest inertia of ${nInit} starts) on the learned embedding`,
  labels: async ({ inference: { embedding, width, labels }, k, random }) =>
    kmeans(matrix(embedding, labels.length, width), { k, random, nInit, products: await availableProducts() }).labels,
}

/** All rules by which labels may be reported. */
export const labelRules: readonly LabelRule[] = [prototypes, kmeansOnEmbedding]
