import { checkInteger } from '@dc/core/plugin'

/**
 * Average linkage cut at k clusters. The two clusters whose points are nearest on average are merged, again and again (UPGMA), by
 * chains of nearest neighbours: O(n²) time, and no memory beyond the distances.
 *
 * @param distances `[n, n]` row-major, symmetric, finite; it is written over
 * @param n points
 * @param k 1 … n
 * @param options.least points that a cluster must have to be one of the k. By default 1; otherwise the cut is the last at which k
 * clusters have so many, or the plain one if there is none such. Points of smaller ones have the label −1
 * @returns labels `[n]`, numbered by first member
 * @throws OptionError for a k or a least that cannot be
 * @see Murtagh 1983, "A survey of recent advances in hierarchical clustering algorithms", for the chains
 * @example
 * averageLinkage(Float32Array.of(0, 1, 9, 1, 0, 9, 9, 9, 0), 3, 2) // [0, 0, 1]
 */
export function averageLinkage(
  distances: Float32Array,
  n: number,
  k: number,
  { least = 1 }: { readonly least?: number } = {},
): Int32Array {
  checkInteger('k', k, 1, n, `there are ${n} points`)
  checkInteger('least', least, 1, n, `there are ${n} points`)
  const merges = chainMerges(distances, n)
  // The chain finds merges out of order; average linkage never merges below an earlier height, so sorting restores it.
  merges.sort((a, b) => a.height - b.height || a.order - b.order)
  const cut = lastCut(merges, n, k, least)
  const { rootOf, join, sizeOf } = joinedPoints(n)
  for (const merge of merges.slice(0, cut ?? n - k)) join(merge)
  const numbers = new Map<number, number>()
  return Int32Array.from({ length: n }, (_, i) => {
    const root = rootOf(i)
    if (cut !== null && sizeOf(root) < least) return -1
    const known = numbers.get(root)
    if (known !== undefined) return known
    numbers.set(root, numbers.size)
    return numbers.size - 1
  })
}

/** How many merges can be made until fewer than k clusters have the least number of points; null if there are never k such. */
function lastCut(merges: readonly Merge[], n: number, k: number, least: number): number | null {
  const { rootOf, join, sizeOf } = joinedPoints(n)
  const counts = (point: number) => (sizeOf(rootOf(point)) >= least ? 1 : 0)
  let large = least === 1 ? n : 0
  let last = large >= k ? 0 : null
  for (const [at, merge] of merges.entries()) {
    const before = counts(merge.a) + counts(merge.b)
    join(merge)
    large += counts(merge.a) - before
    if (large >= k) last = at + 1
  }
  return last
}

/** Points that are joined to clusters, by their trees. */
function joinedPoints(n: number) {
  const parent = Int32Array.from({ length: n }, (_, i) => i)
  const sizes = new Int32Array(n).fill(1)
  const rootOf = (i: number): number => {
    let root = i
    while (parent[root] !== root) root = parent[root]
    while (parent[i] !== root) [parent[i], i] = [root, parent[i]]
    return root
  }
  const join = ({ a, b }: Pick<Merge, 'a' | 'b'>) => {
    const [into, from] = [rootOf(a), rootOf(b)]
    parent[from] = into
    sizes[into] += sizes[from]
  }
  return { rootOf, join, sizeOf: (root: number) => sizes[root] }
}

interface Merge {
  readonly a: number
  readonly b: number
  readonly height: number
  readonly order: number
}

/** All n − 1 merges. Clusters keep the place of one member. */
function chainMerges(distances: Float32Array, n: number): Merge[] {
  const sizes = new Int32Array(n).fill(1)
  const merges: Merge[] = []
  const chain: number[] = []
  // Places that hold a cluster, the first `left` of them.
  const held = Int32Array.from({ length: n }, (_, i) => i)
  const at = held.slice()
  let left = n
  while (merges.length < n - 1) {
    if (chain.length === 0) chain.push(held[0])
    const top = chain[chain.length - 1]
    const before = chain.length > 1 ? chain[chain.length - 2] : -1
    // The one before wins ties, so that the chain ends.
    let nearest = before
    let height = before < 0 ? Number.POSITIVE_INFINITY : distances[top * n + before]
    for (let i = 0; i < left; i++) {
      const other = held[i]
      if (other === top || distances[top * n + other] >= height) continue
      nearest = other
      height = distances[top * n + other]
    }
    if (nearest !== before) {
      chain.push(nearest)
      continue
    }
    chain.length -= 2
    merges.push({ a: before, b: top, height, order: merges.length })
    const [small, all] = [sizes[top] / (sizes[top] + sizes[before]), sizes[top] + sizes[before]]
    for (let i = 0; i < left; i++) {
      const other = held[i]
      const mean = small * distances[top * n + other] + (1 - small) * distances[before * n + other]
      distances[before * n + other] = distances[other * n + before] = mean
    }
    sizes[before] = all
    const last = held[--left]
    held[at[top]] = last
    at[last] = at[top]
  }
  return merges
}
