import type { Guide } from '@dc/core'
import { optimalMatching } from '@dc/metrics'

/**
 * The number of each found cluster among those of a guide: the one-to-one matching in which most rows keep their cluster. Rows of which
 * something was said count as much as all others together.
 *
 * @param labels found clusters, 0 … k−1
 * @returns `[k]`: a permutation
 */
export function alignedClusters(labels: Int32Array, { before, given }: Guide, k: number): Int32Array {
  const told = given.reduce((count, cluster) => count + (cluster >= 0 ? 1 : 0), 0)
  const weight = told === 0 ? 0 : Math.ceil(labels.length / told)
  const counts = new Float64Array(k * k)
  for (const [row, label] of labels.entries()) {
    const cluster = given[row] >= 0 ? given[row] : before[row]
    if (cluster >= 0) counts[label * k + cluster] += given[row] >= 0 ? weight : 1
  }
  return optimalMatching(counts, k, k)
}
