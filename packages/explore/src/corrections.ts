import type { Corrected } from './data'

/** What is corrected so far, as `corrections.json` has it. Clusters and rows are those of the data. */
export interface Corrections {
  readonly renames: readonly { readonly cluster: number; readonly name: string }[]
  readonly merges: readonly { readonly clusters: readonly number[] }[]
  readonly splits: readonly (
    | { readonly cluster: number; readonly into: number }
    | { readonly cluster: number; readonly rows: readonly number[] }
  )[]
  readonly together: readonly (readonly number[])[]
  readonly apart: readonly (readonly number[])[]
  readonly labels: readonly { readonly row: number; readonly cluster: number }[]
  readonly noise: readonly number[]
}

/** What a person does. */
export type Correction =
  | { readonly what: 'rename'; readonly cluster: number; readonly name: string }
  | { readonly what: 'merge'; readonly clusters: readonly [number, number] }
  | { readonly what: 'split'; readonly cluster: number; readonly into: number }
  | { readonly what: 'own'; readonly cluster: number; readonly rows: readonly number[] }
  | { readonly what: 'together' | 'apart' | 'noise'; readonly rows: readonly number[] }
  | { readonly what: 'belong'; readonly rows: readonly number[]; readonly cluster: number }

export const none: Corrections = { renames: [], merges: [], splits: [], together: [], apart: [], labels: [], noise: [] }

const [mostRows, longestName] = [100_000, 200]

/**
 * The corrections with one more. What a person says later of a cluster's name or parts, or of a row's cluster, replaces what was
 * said before.
 *
 * @returns a sentence instead, if it contradicts what was said before, or is none
 */
export function withOne(all: Corrections, one: Correction, k: number): Corrections | string {
  const next = changed(all, one)
  return typeof next === 'string' ? next : (contradiction(next, k) ?? next)
}

function changed(all: Corrections, one: Correction): Corrections | string {
  switch (one.what) {
    case 'rename': {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a name may not hold.
      const name = one.name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
      const others = all.renames.filter(({ cluster }) => cluster !== one.cluster)
      if (name === '') return 'A name has a letter at least.'
      return { ...all, renames: [...others, { cluster: one.cluster, name: name.slice(0, longestName) }] }
    }
    case 'merge': {
      const split = all.splits.find(({ cluster }) => one.clusters.includes(cluster))
      if (split) return `Cluster ${split.cluster} is split already.`
      // What shares a cluster is one.
      const joined = all.merges.filter(({ clusters }) => clusters.some((cluster) => one.clusters.includes(cluster)))
      const clusters = [...new Set([...joined.flatMap((merge) => merge.clusters), ...one.clusters])].sort(
        (a, b) => a - b,
      )
      if (clusters.length < 2) return 'Two clusters are merged, or more.'
      return { ...all, merges: [...all.merges.filter((merge) => !joined.includes(merge)), { clusters }] }
    }
    case 'split':
    case 'own': {
      const { cluster } = one
      if (all.merges.some(({ clusters }) => clusters.includes(cluster))) return `Cluster ${cluster} is merged already.`
      const others = all.splits.filter((split) => split.cluster !== cluster)
      const split = one.what === 'split' ? { cluster, into: one.into } : { cluster, rows: [...one.rows] }
      return { ...all, splits: [...others, split] }
    }
    case 'belong': {
      const rows = new Set(one.rows)
      const others = all.labels.filter(({ row }) => !rows.has(row))
      return { ...all, labels: [...others, ...one.rows.map((row) => ({ row, cluster: one.cluster }))] }
    }
    case 'noise':
      return { ...all, noise: [...new Set([...all.noise, ...one.rows])] }
    case 'together':
    case 'apart':
      if (one.rows.length < 2) return 'Two rows are selected for that, or more.'
      return { ...all, [one.what]: [...all[one.what], [...one.rows]] }
  }
}

/** The first contradiction among what is said of rows, in a sentence. */
function contradiction(all: Corrections, k: number): string | undefined {
  const owned = all.splits.flatMap((split) =>
    'rows' in split ? split.rows.map((row) => [row, split.cluster] as const) : [],
  )
  const said = [
    ...all.together.flat(),
    ...all.apart.flat(),
    ...all.labels.map(({ row }) => row),
    ...owned.map(([row]) => row),
  ]
  if (said.length + all.noise.length > mostRows) return 'That is more than 100,000 rows in all.'
  const noise = new Set(all.noise)
  const quiet = said.find((row) => noise.has(row))
  if (quiet !== undefined) return `Row ${quiet} would be noise and something else.`
  const group = groupsOf(all.together)
  const places = new Map<number, string>()
  // Merged clusters are one.
  const final = (cluster: number) =>
    all.merges.find(({ clusters }) => clusters.includes(cluster))?.clusters[0] ?? cluster
  const divided = new Set(all.splits.flatMap((split) => ('into' in split ? [split.cluster] : [])))
  const put = (row: number, place: string) => {
    const own = group(row)
    const before = places.get(own)
    places.set(own, before ?? place)
    return before === undefined || before === place
  }
  for (const { row, cluster } of all.labels) {
    if (divided.has(cluster)) return `Row ${row} would belong to cluster ${cluster}, which is split.`
    if (!put(row, `${final(cluster)}`)) return `Row ${row} would be in two clusters.`
  }
  for (const [row, cluster] of owned)
    if (!put(row, `of its own, from ${cluster}`)) return `Row ${row} would be in two clusters.`
  const many =
    k -
    all.merges.reduce((sum, { clusters }) => sum + clusters.length - 1, 0) +
    all.splits.reduce((sum, split) => sum + ('into' in split ? split.into - 1 : 1), 0)
  for (const rows of all.apart) {
    if (rows.length > many) return `${rows.length} rows would be apart in ${many} clusters.`
    const own = rows.map(group)
    const twice = own.findIndex((one, at) => own.indexOf(one) !== at)
    if (twice >= 0) return `Row ${rows[twice]} would be together with another that it is apart from.`
    const placed = own.map((one) => places.get(one))
    const same = placed.findIndex((place, at) => place !== undefined && placed.indexOf(place) !== at)
    if (same >= 0) return `Row ${rows[same]} would be in one cluster with another that it is apart from.`
  }
  return undefined
}

/** Which group a row is in: groups that share a row are one. */
function groupsOf(together: readonly (readonly number[])[]): (row: number) => number {
  const parents = new Map<number, number>()
  const root = (row: number): number => {
    let found = row
    for (let up = parents.get(found); up !== undefined && up !== found; up = parents.get(found)) found = up
    return found
  }
  for (const [first, ...rest] of together)
    for (const row of rest) if (root(row) !== root(first)) parents.set(root(row), root(first))
  return root
}

/** How many corrections there are. */
export const countOf = (all: Corrections): number => Object.values(all).reduce((sum, list) => sum + list.length, 0)

/** The file that `dclust cluster --corrections` takes. */
export const fileOf = (of: Corrected, all: Corrections): string =>
  `${JSON.stringify({ version: 1, of, ...all }, null, 2)}\n`

/** Each list of corrections in words, with the corrections without it. */
export function listed(
  all: Corrections,
  called: (cluster: number) => string,
): { words: string; without: Corrections }[] {
  const rows = (list: readonly number[]) => `${list.length.toLocaleString('en-US')} row${list.length === 1 ? '' : 's'}`
  const words: { [Name in keyof Corrections]: (item: Corrections[Name][number]) => string } = {
    renames: ({ cluster, name }) => `${called(cluster)} is called ${name}`,
    merges: ({ clusters }) => `${clusters.map(called).join(' and ')} are one`,
    splits: (split) =>
      'rows' in split
        ? `${rows(split.rows)} of ${called(split.cluster)} are one of their own`
        : `${called(split.cluster)} is ${split.into}`,
    together: (group) => `${rows(group)} belong together`,
    apart: (group) => `${rows(group)} are apart`,
    labels: ({ row, cluster }) => `row ${row} belongs to ${called(cluster)}`,
    noise: (row) => `row ${row} is noise`,
  }
  const each = <Name extends keyof Corrections>(name: Name) =>
    (all[name] as Corrections[Name][number][]).map((item) => ({
      words: words[name](item),
      without: { ...all, [name]: (all[name] as Corrections[Name][number][]).filter((other) => other !== item) },
    }))
  return (Object.keys(none) as (keyof Corrections)[]).flatMap((name) => each(name))
}
