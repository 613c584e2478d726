import type { Neighbours } from '@dc/spectral'

/** Rows of a cluster that its halves are looked for among, and the share that the smaller half has at least. */
const [fewestRows, smallestHalf] = [20, 0.2]
/** Rounds of the power iteration. A cut that shows only after more is none that a person would see. */
const rounds = 400
/** Halves that are joined less than this look like two clusters and those joined more do not, whatever the others are like. */
const [apart, together] = [0.05, 0.25]
/** How far from the halves of the others a cluster's are, and two clusters, before anything is said of them. */
const [lessJoined, moreJoined] = [0.5, 1.25]

/** Whether a cluster looks like two, or like a part of another. */
export interface ClusterShape {
  /** How strongly its two halves are joined, and it with the cluster that it is joined with most: 0 not at all, 1 as by chance. */
  readonly halves: number | null
  readonly nearest: { readonly cluster: number; readonly join: number } | null
  readonly looksLikeTwo: boolean
  /** The cluster that it looks like a part of. */
  readonly looksLikePartOf: number | null
}

/**
 * How strongly two groups of rows are joined: links between them over those that there would be by chance. With `a` and `b` ends of
 * links in the two groups and `c` links between them, of `m = (a + b)/2` links in all, chance has `a b / 2m`.
 */
const joinOf = (between: number, a: number, b: number) => (a > 0 && b > 0 ? (between * (a + b)) / (a * b) : 0)

/**
 * The shapes of clusters by the links of rows to their nearest rows. Each cluster is halved where fewest links are cut. It looks like
 * two if its halves are joined by half as much as those of the clusters usually are (the median), and like a part of another
 * if it is joined with that one by a quarter more than the halves of a cluster usually are.
 *
 * @param labels of the rows that have neighbours
 */
export function clusterShapes(labels: Int32Array, k: number, neighbours: Neighbours): ClusterShape[] {
  const members = Array.from({ length: k }, (): number[] => [])
  labels.forEach((label, row) => {
    members[label]?.push(row)
  })
  const halves = members.map((rows) => joinOfHalves(rows, neighbours))
  const nearest = nearestOf(labels, k, neighbours)
  const usual = median(halves)
  return halves.map((join, cluster) => {
    const other = nearest[cluster]
    const two = join !== null && usual !== null && join <= Math.min(together, Math.max(apart, lessJoined * usual))
    const part = !two && other !== null && usual !== null && other.join >= moreJoined * usual
    return { halves: join, nearest: other, looksLikeTwo: two, looksLikePartOf: part ? other.cluster : null }
  })
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (known.length === 0) return null
  return (known[(known.length - 1) >> 1] + known[known.length >> 1]) / 2
}

/** The cluster that each one is joined with most. */
function nearestOf(labels: Int32Array, k: number, { indices, k: width }: Neighbours): ClusterShape['nearest'][] {
  const links = new Map<number, number>()
  // Ends of links of each cluster, to itself.
  const own = new Float64Array(k)
  labels.forEach((label, row) => {
    for (const near of indices.subarray(row * width, (row + 1) * width)) {
      const [a, b] = [Math.min(label, labels[near]), Math.max(label, labels[near])]
      if (a === b) own[a] += 2
      else links.set(a * k + b, 1 + (links.get(a * k + b) ?? 0))
    }
  })
  const best: ClusterShape['nearest'][] = Array(k).fill(null)
  for (const [pair, count] of links) {
    const [a, b] = [Math.floor(pair / k), pair % k]
    const join = joinOf(count, own[a] + count, own[b] + count)
    for (const [one, other] of [
      [a, b],
      [b, a],
    ])
      if (join > (best[one]?.join ?? 0)) best[one] = { cluster: other, join }
  }
  return best
}

/** How strongly the halves of a group are joined that are joined least; null for a group of few rows. */
function joinOfHalves(rows: readonly number[], neighbours: Neighbours): number | null {
  if (rows.length < fewestRows) return null
  const links = linksAmong(rows, neighbours)
  const order = cutOrder(links)
  if (!order) return null
  // The cut goes through the order at each place; links between the sides change by those of the row that passes.
  const side = new Uint8Array(rows.length)
  let [passed, between, best] = [0, 0, Number.POSITIVE_INFINITY]
  const all = links.degrees.reduce((sum, degree) => sum + degree, 0)
  const least = Math.ceil(smallestHalf * rows.length)
  order.forEach((row, at) => {
    side[row] = 1
    passed += links.degrees[row]
    for (const other of links.of[row]) between += side[other] === 1 ? -1 : 1
    if (at + 1 >= least && at + 1 <= rows.length - least) best = Math.min(best, joinOf(between, passed, all - passed))
  })
  return Math.min(1, best)
}

interface Links {
  /** The other ends of each row's links, in both directions. */
  readonly of: readonly (readonly number[])[]
  readonly degrees: Float64Array
}

function linksAmong(rows: readonly number[], { indices, k }: Neighbours): Links {
  const place = new Map(rows.map((row, at) => [row, at]))
  const of = rows.map((): number[] => [])
  rows.forEach((row, at) => {
    for (const near of indices.subarray(row * k, (row + 1) * k)) {
      const other = place.get(near)
      if (other === undefined) continue
      of[at].push(other)
      of[other].push(at)
    }
  })
  return { of, degrees: Float64Array.from(of, (ends) => ends.length) }
}

/**
 * Rows in the order of the second eigenvector of the random walk on their links (Shi and Malik 2000), by power iteration of
 * the lazy walk. Rows without links come first.
 */
function cutOrder({ of, degrees }: Links): Int32Array | null {
  const n = of.length
  const all = degrees.reduce((sum, degree) => sum + degree, 0)
  if (all === 0) return null
  // A start that is no eigenvector of anything, and the same each time.
  let x = Float64Array.from({ length: n }, (_, at) => Math.sin(1 + 12.9898 * at))
  for (let round = 0; round < rounds; round++) {
    const mean = x.reduce((sum, value, at) => sum + value * degrees[at], 0) / all
    let size = 0
    x = x.map((value) => {
      size = Math.max(size, Math.abs(value - mean))
      return value - mean
    })
    if (size === 0) return null
    const scaled = x.map((value) => value / size)
    x = scaled.map((value, at) => {
      let sum = 0
      for (const other of of[at]) sum += scaled[other]
      return degrees[at] > 0 ? (value + sum / degrees[at]) / 2 : value
    })
  }
  return Int32Array.from(x.keys()).sort((a, b) => x[a] - x[b] || a - b)
}
