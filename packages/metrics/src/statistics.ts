import { DataError, OptionError, ShapeError } from '@dc/core/plugin'
import { entropy } from './external/information'
import { type Labels, rankLabels } from './labels'

/** How evenly samples spread over clusters. */
export interface ClusterSizes {
  /** The cluster of each entry: 0 … K−1 where `k` was given, else the labels that occur, ascending. */
  readonly clusters: Int32Array
  readonly sizes: Int32Array
  readonly smallest: number
  readonly largest: number
  readonly mean: number
  /** Population standard deviation of the sizes. */
  readonly deviation: number
  /** Clusters without a sample. */
  readonly empty: number
  /** Entropy of the sizes over ln K: 1 is perfectly balanced, 0 is everything in one cluster. */
  readonly balance: number
}

/**
 * Sizes of clusters and how balanced they are.
 *
 * @param labels n cluster labels
 * @param options.k number of clusters, so that empty ones are seen; labels are then 0 … k−1
 * @throws DataError if empty, or a label is outside 0 … k−1
 * @example
 * clusterSizes([0, 0, 2], { k: 3 }).empty   // 1
 */
export function clusterSizes(labels: Labels, options: { k?: number } = {}): ClusterSizes {
  const { codes, values } = rankLabels(labels)
  const { k } = options
  if (k !== undefined && !(Number.isInteger(k) && k > 0)) throw new OptionError('k', k, 'a positive integer')
  if (k !== undefined && (values[0] < 0 || values[values.length - 1] >= k))
    throw new DataError(
      `labels holds ${values[0] < 0 ? values[0] : values[values.length - 1]}; k = ${k} allows 0 to ${k - 1}.`,
    )
  const clusters = k === undefined ? values : Int32Array.from({ length: k }, (_, c) => c)
  const sizes = new Int32Array(clusters.length)
  for (const code of codes) sizes[k === undefined ? code : values[code]]++
  const mean = codes.length / sizes.length
  const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length
  return {
    clusters,
    sizes,
    smallest: sizes.reduce((a, b) => Math.min(a, b)),
    largest: sizes.reduce((a, b) => Math.max(a, b)),
    mean,
    deviation: Math.sqrt(variance),
    empty: sizes.filter((size) => size === 0).length,
    balance: sizes.length === 1 ? 1 : Math.min(1, entropy(sizes) / Math.log(sizes.length)),
  }
}

/** How spread out a transport plan, or a matrix of soft assignments, is. */
export interface PlanEntropy {
  /** `−Σ p_ij ln p_ij` of the plan scaled to total mass 1, in nats. */
  readonly joint: number
  /** Entropy of the column sums in nats: ln K for balanced clusters. */
  readonly clusters: number
  /** Mean entropy of a row's conditional distribution, weighted by its mass: 0 for hard assignments, at most ln K. */
  readonly conditional: number
}

/**
 * Entropies of a transport plan `[n, k]` of any total mass.
 *
 * @param plan row-major, ≥ 0
 * @throws ShapeError if the length is not n × k; DataError for a negative or non-finite entry, or no mass at all
 * @example
 * planEntropy([0.5, 0, 0, 0.5], 2, 2)   // { joint: ln 2, clusters: ln 2, conditional: 0 }
 */
export function planEntropy(plan: ArrayLike<number>, n: number, k: number): PlanEntropy {
  if (plan.length !== n * k) throw new ShapeError('plan', [plan.length], `[${n} × ${k}] values, row-major`)
  const rows = new Float64Array(n)
  const columns = new Float64Array(k)
  for (let at = 0; at < plan.length; at++) {
    if (!(plan[at] >= 0 && Number.isFinite(plan[at])))
      throw new DataError(`plan[${Math.floor(at / k)}, ${at % k}] is ${plan[at]}; a plan is finite and ≥ 0.`)
    rows[Math.floor(at / k)] += plan[at]
    columns[at % k] += plan[at]
  }
  if (rows.every((mass) => mass === 0)) throw new DataError('plan has no mass.')
  const joint = entropy(plan)
  return {
    joint,
    clusters: entropy(columns),
    conditional: Math.min(Math.log(k), Math.max(0, joint - entropy(rows))),
  }
}
