import { OptionError } from '@dc/core/plugin'
import type { Random } from '@dc/core/random'
import { type Labels, rankLabels } from '../labels'

/**
 * A random part of the samples that has members of every cluster, so that a score of the part is one of the same clusters:
 * two of each where the part is large enough for it and the cluster has two, else one. The rest is drawn from all samples.
 *
 * @param labels n cluster labels
 * @param size how many samples, at most n; more than there are clusters, or all
 * @param random draws them; advanced
 * @returns row numbers in increasing order
 * @throws OptionError for a size out of range, or no more than there are clusters
 * @example
 * sampleOfClusters([0, 0, 0, 0, 0, 7], 3, createRandom(0))   // two rows of cluster 0, and row 5
 */
export function sampleOfClusters(labels: Labels, size: number, random: Random): Int32Array {
  const n = labels.length
  if (!(Number.isInteger(size) && size >= 1 && size <= n))
    throw new OptionError('sample', size, `an integer from 1 to n = ${n}`)
  const order = random.permutation(n)
  if (size === n) return order.sort()
  const { codes, values } = rankLabels(labels)
  if (size <= values.length)
    throw new OptionError('sample', size, `more than ${values.length}, the number of clusters, or all ${n} samples`)
  const least = 2 * values.length <= size ? 2 : 1
  const [taken, members] = [new Uint8Array(n), new Int32Array(values.length)]
  let count = 0
  const take = (wanted: (row: number) => boolean) => {
    for (let at = 0; at < n && count < size; at++) {
      const row = order[at]
      if (taken[row] || !wanted(row)) continue
      taken[row] = 1
      count++
    }
  }
  take((row) => members[codes[row]]++ < least)
  take(() => true)
  return order.filter((row) => taken[row]).sort()
}
