import { ShapeError } from '@dc/core/plugin'

/**
 * Cluster sizes in the order of clusters: the largest size for the cluster that is predicted largest, and so on. It is for
 * priors from another partition, such as the sizes of k-means clusters, whose clusters are numbered differently.
 *
 * @param sizes K sizes in any order
 * @param predicted K predicted masses, such as the column sums of the predictions
 * @returns K sizes; clusters predicted equally large keep their order
 * @throws ShapeError if the two differ in length
 * @example
 * matchPrior([10, 50, 40], [0.2, 0.7, 0.1])   // [40, 50, 10]
 */
export function matchPrior(sizes: ArrayLike<number>, predicted: ArrayLike<number>): Float64Array {
  if (sizes.length !== predicted.length)
    throw new ShapeError('sizes', [sizes.length], `${predicted.length} sizes, one per predicted cluster`)
  const sorted = Float64Array.from(sizes).sort().reverse()
  const order = Array.from(predicted, (_, cluster) => cluster).sort((p, q) => predicted[q] - predicted[p])
  const matched = new Float64Array(sizes.length)
  for (const [rank, cluster] of order.entries()) matched[cluster] = sorted[rank]
  return matched
}
