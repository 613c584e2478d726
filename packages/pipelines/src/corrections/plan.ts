import { OptionError } from '@dc/core'
import { type RowGroups, rowGroups } from './row-groups'
import type { AllCorrections } from './schema'

/** What corrections come to, as far as they alone tell. */
export interface CorrectionPlan extends RowGroups {
  readonly corrections: AllCorrections
  /** Clusters that are fitted: those before, then the new ones of splits. */
  readonly fitted: number
  /** The cluster that each of these is in the end, 0 … k−1: merges, and numbers closed up. `[fitted]` */
  readonly final: readonly number[]
  /** Clusters in the end. */
  readonly k: number
  /** Names of the clusters in the end; null where there is none. `[k]` */
  readonly names: readonly (string | null)[]
  /** Whether nothing has to be fitted: clusters are merged and named, and no more. */
  readonly exact: boolean
}

/**
 * Checks corrections against the clustering that they are of, and says what they come to. Clusters keep their order, a merged one stands
 * at its lowest number, new ones come last.
 *
 * @param before names that clusters have already
 * @throws OptionError for rows and clusters that there are not, and for corrections that contradict each other; it names the place
 */
export function planCorrections(corrections: AllCorrections, before: readonly (string | null)[] = []): CorrectionPlan {
  const { of, splits, merges, renames } = corrections
  checkNumbers(corrections)
  checkOnce(
    'renames',
    renames.map(({ cluster }) => [cluster]),
  )
  checkOnce(
    'merges',
    merges.map(({ clusters }) => clusters),
  )
  checkOnce('splits', [...splits.map(({ cluster }) => [cluster]), ...merges.map(({ clusters }) => clusters)])
  const first = Array.from({ length: of.k }, (_, cluster) => cluster)
  for (const { clusters } of merges) for (const cluster of clusters) first[cluster] = Math.min(...clusters)
  const names = new Map<number, string>()
  for (const [cluster, name] of before.entries()) if (name !== null) names.set(cluster, name)
  for (const { cluster, name } of renames) names.set(cluster, name)
  // Of the merged the lowest that was named now, else the lowest that had a name, tells the name.
  const renamed = new Set(renames.map(({ cluster }) => cluster))
  for (const { clusters, name } of merges) {
    const sorted = [...clusters].sort((a, b) => a - b)
    const own =
      name ?? names.get(sorted.find((cluster) => renamed.has(cluster)) ?? sorted.find((c) => names.has(c)) ?? -1)
    if (own !== undefined) names.set(sorted[0], own)
  }
  for (const split of splits) {
    const added = 'into' in split ? split.into - 1 : 1
    for (let part = 0; part < added; part++) {
      if ('name' in split && split.name !== undefined) names.set(first.length, split.name)
      first.push(first.length)
    }
  }
  const kept = [...new Set(first)].sort((a, b) => a - b)
  const number = new Map(kept.map((cluster, at) => [cluster, at]))
  const final = first.map((cluster) => number.get(cluster)!)
  return {
    corrections,
    fitted: first.length,
    final,
    k: kept.length,
    names: kept.map((cluster) => names.get(cluster) ?? null),
    exact: [splits, corrections.together, corrections.apart, corrections.labels, corrections.noise].every(
      ({ length }) => length === 0,
    ),
    ...rowGroups(corrections, final),
  }
}

function checkNumbers({ of, renames, merges, splits, together, apart, labels, noise }: AllCorrections): void {
  const cluster = (place: string, value: number) => {
    if (value >= of.k) throw new OptionError(`corrections.${place}`, value, `a cluster from 0 to ${of.k - 1}`)
  }
  const row = (place: string, value: number) => {
    if (value >= of.rows) throw new OptionError(`corrections.${place}`, value, `a row from 0 to ${of.rows - 1}`)
  }
  const rows = (place: string, values: readonly number[]) => {
    for (const [at, value] of values.entries()) row(`${place}.${at}`, value)
    const seen = new Set<number>()
    for (const [at, value] of values.entries()) {
      if (seen.has(value)) throw new OptionError(`corrections.${place}.${at}`, value, 'each row once')
      seen.add(value)
    }
  }
  for (const [at, each] of renames.entries()) cluster(`renames.${at}.cluster`, each.cluster)
  for (const [at, { clusters }] of merges.entries())
    for (const [place, each] of clusters.entries()) cluster(`merges.${at}.clusters.${place}`, each)
  for (const [at, split] of splits.entries()) {
    cluster(`splits.${at}.cluster`, split.cluster)
    if ('rows' in split) rows(`splits.${at}.rows`, split.rows)
  }
  for (const [at, group] of together.entries()) rows(`together.${at}`, group)
  for (const [at, group] of apart.entries()) rows(`apart.${at}`, group)
  for (const [at, each] of labels.entries()) {
    row(`labels.${at}.row`, each.row)
    cluster(`labels.${at}.cluster`, each.cluster)
    if (splits.some((split) => 'into' in split && split.cluster === each.cluster))
      throw new OptionError(
        `corrections.labels.${at}.cluster`,
        each.cluster,
        'a cluster that is not divided into parts',
      )
  }
  rows('noise', noise)
}

/** @throws OptionError if a cluster stands in two of the lists, or twice in one */
function checkOnce(member: string, lists: readonly (readonly number[])[]): void {
  const seen = new Set<number>()
  for (const clusters of lists)
    for (const cluster of clusters) {
      if (seen.has(cluster)) {
        const allowed = member === 'splits' ? 'each cluster in one split, or in one merge' : 'each cluster once'
        throw new OptionError(`corrections.${member}`, cluster, allowed)
      }
      seen.add(cluster)
    }
}
