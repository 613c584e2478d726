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
  silhouette,
} from '@dc/metrics'
import type { Products } from '@dc/spectral'
import type { Scores } from '../report/run-result'

/** The silhouette compares all pairs; above this many rows a seeded part of them stands for all. */
const silhouetteRows = 4000

/** What a labeling is scored on. */
export interface Scored {
  readonly labels: Int32Array
  readonly k: number
  /** True classes; −1 where they are not known. */
  readonly truth?: Int32Array
  /** The space the labels were made in, `[n, width]`, or `[rows.length, width]`. */
  readonly space: Float32Array
  /** Which rows `space` holds; all by default. */
  readonly rows?: Int32Array
  readonly width: number
  readonly products: Products | null
}

/** Scores of a labeling: against the truth where it is known, and by its shape. */
export function score({ labels, k, truth, space, rows, width, products }: Scored): Omit<Scores, 'seconds'> {
  const { sizes } = clusterSizes(labels, { k })
  const seen = rows ? rows.map((row) => labels[row]) : labels
  const n = seen.length
  const found = new Set(seen).size
  const defined = found >= 2 && found < n
  const product: BlockProduct | undefined =
    products === null ? undefined : (a, b, rows, columns, d) => products.timesTransposed(a, rows, b, columns, d)
  const part = n > silhouetteRows ? { sample: silhouetteRows, random: createRandom(0).split('silhouette') } : {}
  return {
    ...external(labels, truth),
    silhouette: defined ? silhouette(space, n, width, seen, { product, ...part }) : null,
    sizes: Array.from(sizes),
  }
}

function external(labels: Int32Array, truth?: Int32Array): Partial<Scores> {
  if (!truth?.some((label) => label >= 0)) return {}
  const table = contingencyTable(truth, labels, { noise: 'drop' })
  return {
    acc: accuracy(table),
    nmi: normalizedMutualInformation(table),
    ari: adjustedRandIndex(table),
    ami: adjustedMutualInformation(table),
    purity: purity(table),
    ...balanced(table, truth, labels),
  }
}

/** Scores in which every class counts the same, and those of frequent and rare classes. */
function balanced(table: ContingencyTable, truth: Int32Array, labels: Int32Array): Partial<Scores> {
  const { recall } = classScores(table)
  const { head, medium, tail } = headMediumTail(truth, labels, { noise: 'drop' })
  const defined = ({ accuracy: value }: { accuracy: number }) => (Number.isNaN(value) ? null : value)
  return {
    meanClassAcc: recall.reduce((sum, value) => sum + value, 0) / recall.length,
    f1: macroF1(table),
    groups: { head: defined(head), medium: defined(medium), tail: defined(tail) },
  }
}
