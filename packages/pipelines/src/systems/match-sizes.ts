import { letEventsIn, type Random } from '@dc/core'
import { clusterSizes } from '@dc/metrics'
import { type KMeansFit, type Matrix, sizeConstrainedKMeans, takeRows } from '@dc/spectral'

/** Rows that stand for all, and swaps that are tried: a few seconds for ten clusters. */
const mostRows = 1500
const tries = 150

/**
 * Which cluster gets which of some sizes that come in no order. Sizes go to the clusters of k-means by rank, then two
 * clusters at a time swap theirs wherever that lowers the cost of size-constrained k-means, the ε → 0 limit of the loss
 * (Genevay, Dulac-Arnold, Vert 2019). Rank alone is wrong as soon as k-means has split a large class or merged two small ones.
 *
 * @param points `[n, d]`
 * @param fit k-means on them
 * @param sizes relative, as many as clusters
 * @returns the size of each cluster, and its centroid at that size
 * @throws InterruptedError once the signal is aborted
 */
export async function matchSizes(
  points: Matrix,
  fit: KMeansFit,
  sizes: readonly number[],
  random: Random,
  signal?: AbortSignal,
): Promise<{ centroids: Matrix; sizes: number[] }> {
  const most = Math.max(mostRows, sizes.length)
  const part = points.rows <= most ? points : takeRows(points, random.permutation(points.rows).subarray(0, most))
  const whole = wholeSizes(sizes, part.rows)
  const constrained = (seeding: Matrix, given: readonly number[]) =>
    sizeConstrainedKMeans(part, { k: given.length, sizes: given, seeding, random, maxIterations: 8 })

  let matched = byRank(whole, clusterSizes(fit.labels, { k: whole.length }).sizes)
  let best = constrained(fit.centroids, matched)
  for (let attempt = 0; attempt < tries; attempt++) {
    const [a, b] = random.permutation(matched.length)
    if (matched[a] === matched[b]) continue
    await letEventsIn(signal)
    const swapped = matched.with(a, matched[b]).with(b, matched[a])
    const next = constrained(best.centroids, swapped)
    if (next.inertia < best.inertia) [best, matched] = [next, swapped]
  }
  return { centroids: best.centroids, sizes: matched }
}

/** The largest size for the cluster found largest, and so on. */
function byRank(sizes: readonly number[], found: Int32Array): number[] {
  const order = found.map((_, cluster) => cluster).sort((a, b) => found[b] - found[a])
  const falling = [...sizes].sort((a, b) => b - a)
  return Array.from(found, (_, cluster) => falling[order.indexOf(cluster)])
}

/** Whole numbers ≥ 1 in proportion to the sizes, with this sum: largest remainders first. */
function wholeSizes(sizes: readonly number[], rows: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const exact = sizes.map((size) => (size / total) * rows)
  const whole = exact.map((size) => Math.max(1, Math.floor(size)))
  const byRemainder = exact.map((_, cluster) => cluster).sort((a, b) => (exact[b] % 1) - (exact[a] % 1))
  let missing = rows - whole.reduce((sum, size) => sum + size, 0)
  for (let at = 0; missing > 0; at++, missing--) whole[byRemainder[at % whole.length]]++
  // The least size of 1 may have given more than there are: the largest ones have it to spare.
  const byWhole = whole.map((_, cluster) => cluster).sort((a, b) => whole[b] - whole[a])
  for (let at = 0; missing < 0; at = (at + 1) % byWhole.length) {
    if (whole[byWhole[at]] <= 1) continue
    whole[byWhole[at]]--
    missing++
  }
  return whole
}
