import { cosineSilhouetteSamples, neighbourAgreementSamples, silhouetteSamples } from '@dc/metrics'
import type { Products } from '@dc/spectral'
import { clusterShapes } from './cluster-shape'
import { type CommonSpace, pairedPoints } from './common-space'

/** What can be said of one cluster without true classes. */
export interface ClusterFacts {
  readonly size: number
  /** Mean silhouette of its rows in the common space; null where it is not defined. */
  readonly silhouette: number | null
  /** Mean share of its rows' neighbours that are in it; null without a row in the common space. */
  readonly neighbourAgreement: number | null
  /** The clusters that its rows' other neighbours are in, with their share of all its neighbours, the largest first. */
  readonly nearest: readonly { readonly cluster: number; readonly share: number }[]
  /** How much of it is one cluster of another method too: rows of both over rows of either, by the name of the method. */
  readonly overlap: Readonly<Record<string, number>>
  /** Set if its halves are joined far less than those of other clusters. */
  readonly looksLikeTwo?: true
  /** The cluster that it is joined with more than the halves of a cluster usually are; see `cluster-shape.ts`. */
  readonly looksLikePartOf?: number
}

/** Clusters that are named as near. */
const mostNearest = 2

/**
 * Facts of each cluster of a labeling.
 *
 * @param others labels of other methods, by name
 */
export function clusterFacts(
  labels: Int32Array,
  k: number,
  space: CommonSpace | undefined,
  others: Readonly<Record<string, Int32Array>>,
  products: Products | null,
): ClusterFacts[] {
  const sizes = new Int32Array(k)
  for (const label of labels) sizes[label]++
  const shape = space && silhouettesOf(labels, k, space, products)
  const near = space && nearOf(labels, k, space)
  const shapes =
    space &&
    clusterShapes(
      Int32Array.from(space.rows, (row) => labels[row]),
      k,
      space.neighbours,
    )
  const overlaps = Object.entries(others).map(([name, other]) => [name, overlapsOf(labels, sizes, other)] as const)
  return Array.from(sizes, (size, cluster) => ({
    size,
    silhouette: shape?.[cluster] ?? null,
    neighbourAgreement: near?.agreement[cluster] ?? null,
    nearest: near?.nearest[cluster] ?? [],
    overlap: Object.fromEntries(overlaps.map(([name, found]) => [name, found[cluster]])),
    ...(shapes?.[cluster].looksLikeTwo && { looksLikeTwo: true as const }),
    ...(typeof shapes?.[cluster].looksLikePartOf === 'number' && { looksLikePartOf: shapes[cluster].looksLikePartOf }),
  }))
}

function silhouettesOf(labels: Int32Array, k: number, space: CommonSpace, products: Products | null) {
  const of = space.paired.map((at) => labels[space.rows[at]])
  const found = new Set(of).size
  if (found < 2 || found === of.length) return undefined
  const points = pairedPoints(space)
  const samples =
    space.metric === 'cosine' ? cosineSilhouetteSamples(points, of) : silhouetteSamples(points, of, { products })
  return meansOf(samples, of, k)
}

/** Where the neighbours of each cluster's rows are. */
function nearOf(labels: Int32Array, k: number, { rows, neighbours }: CommonSpace) {
  const of = rows.map((row) => labels[row])
  const agreement = meansOf(neighbourAgreementSamples(neighbours.indices, neighbours.k, of), of, k)
  const counts = Array.from({ length: k }, () => new Map<number, number>())
  const totals = new Int32Array(k)
  of.forEach((own, row) => {
    for (const near of neighbours.indices.subarray(row * neighbours.k, (row + 1) * neighbours.k)) {
      totals[own]++
      if (of[near] !== own) counts[own].set(of[near], 1 + (counts[own].get(of[near]) ?? 0))
    }
  })
  const nearest = counts.map((count, own) =>
    [...count]
      .sort(([a, x], [b, y]) => y - x || a - b)
      .slice(0, mostNearest)
      .map(([cluster, times]) => ({ cluster, share: times / totals[own] })),
  )
  return { agreement, nearest }
}

/** The mean of each cluster's values; null for one without any. */
function meansOf(values: Float64Array, labels: Int32Array, k: number): (number | null)[] {
  const [sums, counts] = [new Float64Array(k), new Int32Array(k)]
  labels.forEach((label, at) => {
    sums[label] += values[at]
    counts[label]++
  })
  return Array.from(sums, (sum, cluster) => (counts[cluster] > 0 ? sum / counts[cluster] : null))
}

/** The greatest Jaccard index of each cluster with one of another labeling. */
function overlapsOf(labels: Int32Array, sizes: Int32Array, other: Int32Array): Float64Array {
  const otherSizes = new Map<number, number>()
  const both = new Map<string, [cluster: number, other: number, count: number]>()
  labels.forEach((label, row) => {
    otherSizes.set(other[row], 1 + (otherSizes.get(other[row]) ?? 0))
    const key = `${label} ${other[row]}`
    const pair = both.get(key)
    if (pair) pair[2]++
    else both.set(key, [label, other[row], 1])
  })
  const best = new Float64Array(sizes.length)
  for (const [cluster, its, count] of both.values())
    best[cluster] = Math.max(best[cluster], count / (sizes[cluster] + otherSizes.get(its)! - count))
  return best
}
