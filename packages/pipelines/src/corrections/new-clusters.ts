import type { AllCorrections } from './schema'

/** The fitted number of the first new cluster of each split. */
export function newClusters({ of, splits }: AllCorrections): number[] {
  let next = of.k
  return splits.map((split) => {
    const own = next
    next += 'into' in split ? split.into - 1 : 1
    return own
  })
}
