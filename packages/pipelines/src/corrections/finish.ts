import type { Dataset, Guide } from '@dc/core'
import { subset } from '@dc/data/rows'
import { alignedClusters } from './aligned'
import { type HeldCorrections, heldCorrections } from './held'
import type { CorrectionPlan } from './plan'

/** How the clusters of a method become those that a person asked for. */
export interface NamedClusters {
  /** The reported cluster of each of the method's own, 0 … k−1: merged ones share one. */
  readonly of: readonly number[]
  /** Names by reported cluster; null where there is none. `[k]` */
  readonly names: readonly (string | null)[]
}

/** Labels after corrections. */
export interface CorrectedLabels {
  /** `[n]`, 0 … k−1 of the plan. */
  readonly labels: Int32Array
  readonly clusters: NamedClusters
  readonly held: HeldCorrections
}

/**
 * What a corrected fit reports: its clusters with the numbers that they had before, then merged and named.
 *
 * @param own the method's labels of all rows, 0 … fitted−1
 */
export function correctedLabels(plan: CorrectionPlan, guide: Guide, own: Int32Array): CorrectedLabels {
  const of = Array.from(alignedClusters(own, guide, plan.fitted), (cluster) => plan.final[cluster])
  const labels = own.map((label) => of[label])
  return { labels, clusters: { of, names: plan.names }, held: heldCorrections(plan, labels, guide.before) }
}

/** Rows that something can be learned from: all but noise. */
export const learnedRows = ({ before }: Guide): Int32Array =>
  Int32Array.from([...before.keys()].filter((row) => before[row] >= 0))

/** The rows of a data set without those that its guide calls noise. */
export function learnedPart(dataset: Dataset): Dataset {
  const learned = dataset.guide && learnedRows(dataset.guide)
  return learned && learned.length < dataset.size ? subset(dataset, learned, dataset.name) : dataset
}
