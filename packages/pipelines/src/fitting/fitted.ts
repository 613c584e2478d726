import type { HeldCorrections } from '../corrections/held'
import type { KCurve } from '../k-curve/k-curve'
import type { ClusterModel } from '../model/cluster-model'
import type { History } from './train-method'

/** A method that was fitted to rows: their labels, and the model that labels others. */
export interface Fitted extends ClusterModel {
  /** The cluster of each row, 0 … k−1. */
  readonly labels: Int32Array
  /**
   * How surely each row belongs to its cluster, in [−1, 1]: how much nearer it is to the centre of its own than to the next,
   * where the method places rows. 1 is the centre, 0 half-way, negative the other side.
   */
  readonly certainty: Float64Array
  /** Mean logs of each epoch, of methods that are trained. */
  readonly history: History
  /** What its user should know, a sentence each: what the reader did, what was changed to fit few rows. */
  readonly notes: readonly string[]
  /** How many corrections hold, if it was corrected. */
  readonly corrections?: HeldCorrections
  /** What spoke for the number of clusters, where `k` was `'auto'`. */
  readonly kCurve?: KCurve
}
