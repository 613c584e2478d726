import { OptionError } from '@dc/core'
import { newClusters } from './new-clusters'
import type { AllCorrections } from './schema'

/** Rows that belong to one cluster. */
export interface RowGroup {
  readonly rows: readonly number[]
  /** The fitted cluster; null where it is not said. */
  readonly cluster: number | null
}

/** What is said of rows. */
export interface RowGroups {
  /** Rows that belong together, and the fitted cluster that they were given, if any was. */
  readonly groups: readonly RowGroup[]
  /** Pairs of groups that may not end in one cluster, by their places in `groups`. */
  readonly apart: readonly (readonly [number, number])[]
}

/**
 * Groups of rows that belong together, by transitive closure (Wagstaff et al. 2001): rows that share a group are one. A group with a row
 * of a given cluster has that cluster. A row that is only apart from others is a group of its own.
 *
 * @param final the cluster in the end of each fitted cluster
 * @throws OptionError for contradictions, which name the rows
 */
export function rowGroups(corrections: AllCorrections, final: readonly number[]): RowGroups {
  const { together, apart, labels, splits, noise } = corrections
  const parent = new Map<number, number>()
  const find = (row: number): number => {
    let root = row
    while ((parent.get(root) ?? root) !== root) root = parent.get(root)!
    for (let at = row; at !== root; ) {
      const next = parent.get(at) ?? at
      parent.set(at, root)
      at = next
    }
    parent.set(root, root)
    return root
  }
  for (const [first, ...others] of together) for (const row of others) parent.set(find(row), find(first))

  const given = new Map<number, { cluster: number; row: number }>()
  const give = (place: string, row: number, cluster: number) => {
    const root = find(row)
    const known = given.get(root)
    if (known && final[known.cluster] !== final[cluster]) {
      const why =
        known.row === row
          ? `one cluster for row ${row}, which is said to be in cluster ${known.cluster} too`
          : `cluster ${known.cluster}, for row ${row} belongs together with row ${known.row}`
      throw new OptionError(place, cluster, why)
    }
    if (!known) given.set(root, { cluster, row })
  }
  const named = new Set<number>()
  const once = (place: string, row: number) => {
    if (named.has(row)) throw new OptionError(place, row, 'each row once, in labels and the rows of splits')
    named.add(row)
  }
  for (const [at, { row, cluster }] of labels.entries()) {
    once(`corrections.labels.${at}.row`, row)
    give(`corrections.labels.${at}.cluster`, row, cluster)
  }
  const added = newClusters(corrections)
  for (const [at, split] of splits.entries())
    for (const [place, row] of ('rows' in split ? split.rows : []).entries()) {
      once(`corrections.splits.${at}.rows.${place}`, row)
      give(`corrections.splits.${at}.rows.${place}`, row, added[at])
    }
  for (const row of apart.flat()) find(row)
  for (const [at, row] of noise.entries())
    if (parent.has(row)) throw new OptionError(`corrections.noise.${at}`, row, 'a row that nothing else is said of')

  const members = new Map<number, number[]>()
  for (const row of [...parent.keys()].sort((a, b) => a - b)) {
    const root = find(row)
    const rows = members.get(root)
    if (rows) rows.push(row)
    else members.set(root, [row])
  }
  const place = new Map([...members.keys()].map((root, at) => [root, at]))
  const groups: RowGroup[] = [...members].map(([root, rows]) => ({ rows, cluster: given.get(root)?.cluster ?? null }))
  return { groups, apart: partedGroups(corrections, groups, (row) => place.get(find(row))!, final) }
}

/** Pairs of groups that are apart. @throws OptionError where they are one, or have one cluster */
function partedGroups(
  { apart }: AllCorrections,
  groups: readonly RowGroup[],
  groupOf: (row: number) => number,
  final: readonly number[],
): [number, number][] {
  const clusters = new Set(final).size
  const pairs = new Map<string, [number, number]>()
  for (const [at, rows] of apart.entries()) {
    if (rows.length > clusters)
      throw new OptionError(
        `corrections.apart.${at}`,
        `${rows.length} rows`,
        `at most ${clusters}, one for each cluster`,
      )
    for (const [place, b] of rows.entries())
      for (const a of rows.slice(0, place)) {
        const [one, other] = [groupOf(a), groupOf(b)].sort((x, y) => x - y)
        const where = `corrections.apart.${at}.${place}`
        if (one === other) throw new OptionError(where, b, `a row that does not belong together with row ${a}`)
        const [first, second] = [groups[one].cluster, groups[other].cluster]
        if (first !== null && second !== null && final[first] === final[second])
          throw new OptionError(where, b, `a row of another cluster than row ${a}; both are given cluster ${first}`)
        pairs.set(`${one} ${other}`, [one, other])
      }
  }
  return [...pairs.values()]
}
