import { createRandom } from '@dc/core'
import {
  accuracy,
  adjustedMutualInformation,
  adjustedRandIndex,
  type BlockProduct,
  type ContingencyTable,
  classScores,
  clusterSizes,
  contingencyTable,
  headMediumTail,
  macroF1,
  normalizedMutualInformation,
  purity,
  sampleOfClusters,
  silhouette,
} from '@dc/metrics'
import type { Products } from '@dc/spectral'
import type { Scores } from '../report/run-result'
import { defined, type Reasons } from './defined'

/** The silhouette compares all pairs; above this many rows a seeded part of them stands for all. */
const silhouetteRows = 4000

/** Where labels were made. */
export interface Space {
  readonly width: number
  /** Values of rows, row after row. */
  read(rows: Int32Array): Promise<Float32Array | Float64Array>
}

/** A space whose values are at hand. */
export function heldSpace(values: Float32Array, width: number): Space {
  return {
    width,
    async read(rows) {
      if (rows.length * width === values.length) return values
      const part = new Float32Array(rows.length * width)
      rows.forEach((row, at) => {
        part.set(values.subarray(row * width, (row + 1) * width), at * width)
      })
      return part
    },
  }
}

/** What a labeling is scored on. */
export interface Scored {
  readonly labels: Int32Array
  readonly k: number
  /** True classes; −1 where they are not known. */
  readonly truth?: Int32Array
  readonly space: Space
  readonly products: Products | null
}

/** Scores of a labeling: against the truth where it is known, and by its shape. What is not defined is null. */
export async function score({ labels, k, truth, space, products }: Scored): Promise<Omit<Scores, 'seconds'>> {
  const reasons: Reasons = {}
  const scores = {
    ...external(labels, reasons, truth),
    silhouette: await shape(labels, space, products, reasons),
    sizes: Array.from(clusterSizes(labels, { k }).sizes),
  }
  return Object.keys(reasons).length > 0 ? { ...scores, undefinedScores: reasons } : scores
}

async function shape(
  labels: Int32Array,
  space: Space,
  products: Products | null,
  reasons: Reasons,
): Promise<number | null> {
  const found = new Set(labels).size
  const why =
    found < 2
      ? 'a single cluster'
      : found === labels.length
        ? 'every row is a cluster of its own'
        : found >= silhouetteRows
          ? `${found} clusters are too many for a sample of ${silhouetteRows} rows`
          : undefined
  if (why !== undefined) {
    reasons.silhouette = why
    return null
  }
  const size = Math.min(labels.length, silhouetteRows)
  const rows = sampleOfClusters(labels, size, createRandom(0).split('silhouette'))
  const values = await space.read(rows)
  const seen = rows.map((row) => labels[row])
  const product: BlockProduct | undefined =
    products === null ? undefined : (a, b, rows, columns, d) => products.timesTransposed(a, rows, b, columns, d)
  return defined('silhouette', () => silhouette(values, size, space.width, seen, { product }), reasons)
}

function external(labels: Int32Array, reasons: Reasons, truth?: Int32Array): Partial<Scores> {
  if (!truth?.some((label) => label >= 0)) return {}
  const table = contingencyTable(truth, labels, { noise: 'drop' })
  const of = (name: string, compute: (table: ContingencyTable) => number) =>
    defined(name, () => compute(table), reasons)
  const group = (name: 'head' | 'medium' | 'tail') =>
    defined(
      `groups.${name}`,
      () => headMediumTail(truth, labels, { noise: 'drop' })[name].accuracy,
      reasons,
      `${table.classes.length === 1 ? 'a single class leaves' : `${table.classes.length} classes leave`} none for this group`,
    )
  return {
    acc: of('acc', accuracy),
    nmi: of('nmi', normalizedMutualInformation),
    ari: of('ari', adjustedRandIndex),
    ami: of('ami', adjustedMutualInformation),
    purity: of('purity', purity),
    meanClassAcc: of('meanClassAcc', meanRecall),
    f1: of('f1', macroF1),
    groups: { head: group('head'), medium: group('medium'), tail: group('tail') },
  }
}

/** Mean recall of the classes: every class counts the same. */
function meanRecall(table: ContingencyTable): number {
  const { recall } = classScores(table)
  return recall.reduce((sum, value) => sum + value, 0) / recall.length
}
