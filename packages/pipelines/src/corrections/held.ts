import { newClusters } from './new-clusters'
import type { CorrectionPlan } from './plan'

/** How many of them hold. */
export interface Held {
  readonly held: number
  readonly of: number
}

/** How many corrections of each kind hold in labels. Of rows together and apart every pair counts. */
export interface HeldCorrections {
  readonly renames: Held
  readonly merges: Held
  /** Of those into parts: the parts are other clusters in the end. Of rows: most of them are in the new cluster. */
  readonly splits: Held
  readonly together: Held
  readonly apart: Held
  readonly labels: Held
  /** Rows that nothing was learned from. */
  readonly noise: Held
}

/**
 * Counts the corrections that hold.
 *
 * @param labels of all rows, 0 … k−1 of the plan
 * @param before what the fit was steered by, in fitted clusters
 */
export function heldCorrections(
  { corrections, final }: CorrectionPlan,
  labels: Int32Array,
  before: Int32Array,
): HeldCorrections {
  const { renames, merges, splits, together, apart, labels: given, noise } = corrections
  const all = (list: readonly unknown[]): Held => ({ held: list.length, of: list.length })
  const added = newClusters(corrections)
  const split = splits.filter((each, at) => {
    if ('rows' in each) {
      const inNew = each.rows.filter((row) => labels[row] === final[added[at]]).length
      return 2 * inNew > each.rows.length
    }
    const parts = [each.cluster, ...Array.from({ length: each.into - 1 }, (_, part) => added[at] + part)]
    const homes = parts.map((part) => mostFrequent(labels, before, part))
    return !homes.includes(-1) && new Set(homes).size === parts.length
  })
  return {
    renames: all(renames),
    merges: all(merges),
    splits: { held: split.length, of: splits.length },
    together: sum(together.map((rows) => pairs(rows, labels, true))),
    apart: sum(apart.map((rows) => pairs(rows, labels, false))),
    labels: { held: given.filter(({ row, cluster }) => labels[row] === final[cluster]).length, of: given.length },
    noise: all(noise),
  }
}

/** Pairs of the rows that are in one cluster, or are not. */
function pairs(rows: readonly number[], labels: Int32Array, inOne: boolean): Held {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(labels[row], (counts.get(labels[row]) ?? 0) + 1)
  const of = (rows.length * (rows.length - 1)) / 2
  const same = [...counts.values()].reduce((all, count) => all + (count * (count - 1)) / 2, 0)
  return { held: inOne ? same : of - same, of }
}

const sum = (list: readonly Held[]): Held =>
  list.reduce((all, each) => ({ held: all.held + each.held, of: all.of + each.of }), { held: 0, of: 0 })

/** The label that most of a part's rows have; −1 if it has none. */
function mostFrequent(labels: Int32Array, before: Int32Array, part: number): number {
  const counts = new Map<number, number>()
  let best = -1
  for (const [row, cluster] of before.entries()) {
    if (cluster !== part) continue
    const count = (counts.get(labels[row]) ?? 0) + 1
    counts.set(labels[row], count)
    if (best < 0 || count > counts.get(best)!) best = labels[row]
  }
  return best
}
