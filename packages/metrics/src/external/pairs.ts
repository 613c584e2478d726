import type { ContingencyTable } from '../contingency'
import { type ExternalScore, externalScore } from './score'

/** Counts of unordered pairs of samples: together or apart, in the truth and in the clustering. */
export interface PairCounts {
  /** Together in both. */
  readonly both: number
  /** Together in the truth only. */
  readonly truthOnly: number
  /** Together in the clustering only. */
  readonly labelsOnly: number
  /** Apart in both. */
  readonly neither: number
}

/** Pairs of samples by agreement; exact up to 9·10¹⁵ pairs. */
export function pairCounts(table: ContingencyTable): PairCounts {
  const both = pairs(table.cells.count)
  const truth = pairs(table.classSizes)
  const labels = pairs(table.clusterSizes)
  const all = (table.total * (table.total - 1)) / 2
  return { both, truthOnly: truth - both, labelsOnly: labels - both, neither: all - truth - labels + both }
}

function pairs(sizes: Float64Array): number {
  let sum = 0
  for (let k = 0; k < sizes.length; k++) sum += (sizes[k] * (sizes[k] - 1)) / 2
  return sum
}

/**
 * Rand index: the share of pairs of samples on which the two partitions agree.
 *
 * @returns a number in [0, 1]; 1 for a single sample
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @see Rand, "Objective criteria for the evaluation of clustering methods", JASA 1971
 * @example
 * randIndex([0, 0, 1, 1], [0, 0, 1, 2])   // 0.833…
 */
export const randIndex: ExternalScore = externalScore((table) => {
  const { both, truthOnly, labelsOnly, neither } = pairCounts(table)
  const all = both + truthOnly + labelsOnly + neither
  return all === 0 ? 1 : Math.min(1, (both + neither) / all)
})

/**
 * Adjusted Rand index: the Rand index corrected for chance.
 *
 * `ARI = 2 (b·c − t·l) / ((b + t)(t + c) + (b + l)(l + c))` with the pairs together in both b, in the truth only t,
 * in the labels only l, and apart in both c.
 *
 * @returns a number in [−0.5, 1]; 0 is chance
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @see Hubert and Arabie, "Comparing partitions", Journal of Classification 1985
 * @example
 * adjustedRandIndex([0, 0, 1, 1], [1, 1, 0, 0])   // 1
 */
export const adjustedRandIndex: ExternalScore = externalScore((table) => {
  const { both, truthOnly, labelsOnly, neither } = pairCounts(table)
  if (truthOnly === 0 && labelsOnly === 0) return 1
  const joint = both * neither - truthOnly * labelsOnly
  const most = (both + truthOnly) * (truthOnly + neither) + (both + labelsOnly) * (labelsOnly + neither)
  return Math.max(-0.5, Math.min(1, (2 * joint) / most))
})

/**
 * Fowlkes–Mallows index: the geometric mean of pairwise precision and recall.
 *
 * @returns a number in [0, 1]; 0 when no pair is together in both
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @see Fowlkes and Mallows, "A method for comparing two hierarchical clusterings", JASA 1983
 * @example
 * fowlkesMallows([0, 0, 1, 1], [0, 0, 1, 2])   // 0.707…
 */
export const fowlkesMallows: ExternalScore = externalScore((table) => {
  const { both, truthOnly, labelsOnly } = pairCounts(table)
  return both === 0 ? 0 : Math.sqrt(both / (both + labelsOnly)) * Math.sqrt(both / (both + truthOnly))
})
