import { type InferredRows, type NamedArrays, UnknownPluginError } from '@dc/core'
import { adjustedRandIndex } from '@dc/metrics'
import {
  availableProducts,
  columnSpaceClustering,
  columnSpaceDirections,
  type KMeansResult,
  matrix,
  predictNearest,
} from '@dc/spectral'
import { arrayOf, stateArray, stateMatrix } from '../arrays'
import { interruptibleKMeans } from '../interruptible-kmeans'
import { consensus } from './consensus-rule'
import type { LabelRule } from './label-rule'

/** The pipeline's own answer: the cluster of the highest score. */
const prototypes: LabelRule = {
  name: 'prototypes',
  description: "the method's own answer: the cluster of the highest score",
  fit: ({ inference }) => ({ labels: inference.labels, state: {} }),
  predict: ({ labels }) => labels,
}

/** k-means on the learned embedding. */
const kmeansOnEmbedding: LabelRule = {
  name: 'kmeans',
  description: 'k-means (lowest inertia of 10 starts) on the learned embedding',
  async fit({ inference, k, random, signal }) {
    const options = { k, random, products: await availableProducts() }
    return byCentroids(await interruptibleKMeans(rowsOf(inference), options, signal))
  },
  predict: nearestCentroid,
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
  async fit({ inference, k, random, signal }) {
    const points = rowsOf(inference)
    const products = await availableProducts()
    const runs: KMeansResult[] = []
    for (let start = 0; start < starts; start++) {
      const options = { k, random: random.split(start), nInit: 1, tolerance: 1e-6, products }
      runs.push(await interruptibleKMeans(points, options, signal))
    }
    const agreement = new Float64Array(starts)
    for (let a = 0; a < starts; a++)
      for (let b = 0; b < a; b++) {
        const both = adjustedRandIndex(runs[a].labels, runs[b].labels)
        agreement[a] += both
        agreement[b] += both
      }
    return byCentroids(runs[agreement.indexOf(agreement.reduce((most, one) => Math.max(most, one)))])
  },
  predict: nearestCentroid,
}

/** Law, Urtasun, Zemel 2017, algorithm 2. */
const columnSpace: LabelRule = {
  name: 'column-space',
  description: "spectral clustering: k-means on the singular vectors of the centred embedding (DSCL's algorithm 2)",
  async fit({ inference, k, random }) {
    const options = { k, random, products: await availableProducts() }
    const fit = columnSpaceClustering(rowsOf(inference), options)
    const { means, transform } = fit.space
    const space = { means: { shape: [means.length], values: means }, transform: arrayOf(transform) }
    return { labels: fit.labels, state: { centroids: arrayOf(fit.centroids), ...space } }
  },
  async predict(inference, state) {
    const space = {
      means: Float64Array.from(stateArray(state, 'means').values),
      transform: stateMatrix(state, 'transform'),
    }
    const directions = columnSpaceDirections(rowsOf(inference), space)
    return predictNearest(directions, stateMatrix(state, 'centroids'), await availableProducts())
  },
}

const rowsOf = ({ embedding, labels, width }: InferredRows) => matrix(embedding, labels.length, width)

const byCentroids = ({ labels, centroids }: KMeansResult) => ({ labels, state: { centroids: arrayOf(centroids) } })

async function nearestCentroid(inference: InferredRows, state: NamedArrays): Promise<Int32Array> {
  return predictNearest(rowsOf(inference), stateMatrix(state, 'centroids'), await availableProducts())
}

/** All rules by which labels may be reported. */
export const labelRules: readonly LabelRule[] = [prototypes, kmeansOnEmbedding, stableKMeans, columnSpace, consensus]

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
