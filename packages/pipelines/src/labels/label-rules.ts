import { UnknownPluginError } from '@dc/core'
import { adjustedRandIndex } from '@dc/metrics'
import { availableProducts, columnSpaceClustering, matrix } from '@dc/spectral'
import { interruptibleKMeans } from '../interruptible-kmeans'
import type { LabelRule } from './label-rule'

/** The pipeline's own answer: the cluster of the highest score. */
const prototypes: LabelRule = {
  name: 'prototypes',
  description: 'the prototype of the highest score',
  labels: ({ inference }) => inference.labels,
}

/** k-means on the learned embedding. */
const kmeansOnEmbedding: LabelRule = {
  name: 'kmeans',
  description: 'k-means (lowest inertia of 10 starts) on the learned embedding',
  async labels({ inference: { embedding, width, labels }, k, random, signal }) {
    const options = { k, random, products: await availableProducts() }
    return (await interruptibleKMeans(matrix(embedding, labels.length, width), options, signal)).labels
  },
}

const starts = 30

/**
 * The most central of many k-means runs. Near its optimum the inertia of a learned embedding is flat: runs that differ
 * by 0.1 % of it may split different classes. What most starts agree on depends on none of them (von Luxburg 2010,
 * "Clustering stability").
 */
const stableKMeans: LabelRule = {
  name: 'stable-kmeans',
  description: `of ${starts} k-means runs on the learned embedding, the one that agrees most with the others (mean ARI)`,
  async labels({ inference: { embedding, width, labels }, k, random, signal }) {
    const points = matrix(embedding, labels.length, width)
    const products = await availableProducts()
    const runs: Int32Array[] = []
    for (let start = 0; start < starts; start++) {
      const options = { k, random: random.split(start), nInit: 1, tolerance: 1e-6, products }
      runs.push((await interruptibleKMeans(points, options, signal)).labels)
    }
    const agreement = new Float64Array(starts)
    for (let a = 0; a < starts; a++)
      for (let b = 0; b < a; b++) {
        const both = adjustedRandIndex(runs[a], runs[b])
        agreement[a] += both
        agreement[b] += both
      }
    return runs[agreement.indexOf(agreement.reduce((most, one) => Math.max(most, one)))]
  },
}

/** Law, Urtasun, Zemel 2017, algorithm 2. */
const columnSpace: LabelRule = {
  name: 'column-space',
  description: "spectral clustering: k-means on the singular vectors of the centred embedding (DSCL's algorithm 2)",
  labels: async ({ inference: { embedding, width, labels }, k, random }) =>
    columnSpaceClustering(matrix(embedding, labels.length, width), { k, random, products: await availableProducts() })
      .labels,
}

/** All rules by which labels may be reported. */
export const labelRules: readonly LabelRule[] = [prototypes, kmeansOnEmbedding, stableKMeans, columnSpace]

/** @throws UnknownPluginError naming the rules there are */
export function findLabelRule(name: string): LabelRule {
  const rule = labelRules.find((candidate) => candidate.name === name)
  if (!rule)
    throw new UnknownPluginError(
      'label rule',
      name,
      labelRules.map((candidate) => candidate.name),
    )
  return rule
}
