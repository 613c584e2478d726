import { type AlignedConfusion, alignedConfusion } from '@dc/metrics'
import { extent } from '../report/numbers'

/** Share of a cluster that its class must make for the cluster to be called by it. */
export const leastShare = 1 / 3

/** What a cluster has to do with the class that it was matched to. */
export interface ClassShare {
  readonly cluster: number
  readonly class: number
  /** Of the cluster's rows of known class, those of this class. */
  readonly share: number
  /** Whether a person would call the cluster by the class: it makes a third of it at least, and no other class makes more. */
  readonly named: boolean
}

/** The commonest class of a cluster. */
export interface CommonestClass {
  readonly class: number
  readonly share: number
}

/**
 * The matched clusters with the share of their class, the commonest class of every cluster, and the matching. Rows of unknown class
 * count nowhere.
 */
export function classShares(
  truth: Int32Array,
  labels: Int32Array,
): {
  confusion: AlignedConfusion
  shares: readonly ClassShare[]
  commonest: ReadonlyMap<number, CommonestClass>
} {
  const confusion = alignedConfusion(truth, labels, { noise: 'drop' })
  const { classes, clusters, counts, classOf } = confusion
  const shares: ClassShare[] = []
  const commonest = new Map<number, CommonestClass>()
  clusters.forEach((cluster, column) => {
    const of = Array.from(classes, (_, row) => counts[row * clusters.length + column])
    const size = of.reduce((sum, count) => sum + count, 0)
    if (size === 0) return
    const [, most] = extent(of)
    commonest.set(cluster, { class: classes[of.indexOf(most)], share: most / size })
    const own = classOf.get(cluster)
    if (own === undefined) return
    const count = of[classes.indexOf(own)]
    const share = count / size
    shares.push({ cluster, class: own, share, named: share >= leastShare && count === most })
  })
  return { confusion, shares, commonest }
}
