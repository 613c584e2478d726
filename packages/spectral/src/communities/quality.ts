import { checkChoice, checkNumber, DataError, OptionError, ShapeError, type SparseRows } from '@dc/core/plugin'
import { checkAffinity, isSymmetric } from '../sparse/sparse-rows'

export const communityQualities = ['modularity', 'cpm'] as const
/** What communities are judged by. */
export type CommunityQuality = (typeof communityQualities)[number]

export interface CommunityQualityOptions {
  /** Default `modularity`. */
  readonly quality?: CommunityQuality
  /** γ ≥ 0: larger ones make more communities. Default 1, which for `cpm` suits few graphs. */
  readonly resolution?: number
}

/**
 * How good a partition of a graph is. With the weight `W_c` inside a community (every edge once), the sum `K_c` of its nodes'
 * strengths, its `n_c` nodes and the weight `m` of the whole graph:
 *
 * `modularity`: `Σ_c W_c/m − γ (K_c/2m)²`, 0 for a graph without edges. `cpm`, the constant Potts model: `Σ_c W_c − γ n_c(n_c − 1)/2`;
 * `n_c(n_c + 1)/2` in a graph with self-loops. `leidenalg` gives the double of it for undirected graphs.
 *
 * A value on the diagonal is the weight of a self-loop. It is inside its community, and adds to its node's strength twice.
 *
 * @param graph symmetric `[n, n]`, finite weights ≥ 0
 * @param labels `[n]`, integers ≥ 0
 * @throws ShapeError, DataError, OptionError for a bad graph, labels or options
 * @see Newman and Girvan 2004; Reichardt and Bornholdt 2006; Traag, Van Dooren and Nesterov 2011
 * @example
 * const modularity = communityQuality(graph, labels)
 */
export function communityQuality(
  graph: SparseRows,
  labels: ArrayLike<number>,
  options: CommunityQualityOptions = {},
): number {
  checkQuality(options)
  const measured = measuredGraph(graph)
  return partitionQuality(measured, asLabels(labels, measured.graph.rows, 'labels'), options)
}

export function checkQuality({ quality = 'modularity', resolution = 1 }: CommunityQualityOptions): void {
  checkChoice('quality', quality, communityQualities)
  checkNumber('resolution', resolution, 0, Number.MAX_VALUE)
}

/** Checked labels, renumbered from 0. */
export function asLabels(labels: ArrayLike<number>, rows: number, name: string): Int32Array {
  if (labels?.length !== rows) throw new ShapeError(name, [labels?.length ?? 0], `[${rows}], a label for each row`)
  const names = new Map<number, number>()
  return Int32Array.from({ length: rows }, (_, i) => {
    const label = labels[i]
    if (!Number.isInteger(label) || label < 0) throw new OptionError(`${name}[${i}]`, label, 'an integer ≥ 0')
    const known = names.get(label) ?? names.size
    names.set(label, known)
    return known
  })
}

/** A checked graph whose largest weight is from 1 to 2, with what its qualities need. */
export interface MeasuredGraph {
  readonly graph: SparseRows
  /** The power of two that weights were divided by: sums and squares of any weights stay finite. */
  readonly scale: number
  readonly strengths: Float64Array
  /** Weight of all edges, each once. */
  readonly total: number
  readonly loops: boolean
}

export function measuredGraph(given: SparseRows): MeasuredGraph {
  checkAffinity(given)
  if (!isSymmetric(given))
    throw new DataError('graph is not symmetric; join its directions with symmetrise(graph, "mean") first.')
  const { rows, offsets, indices, values } = given
  let largest = 0
  for (const value of values) if (value > largest) largest = value
  const scale = largest > 0 ? 2 ** Math.max(-1022, Math.floor(Math.log2(largest))) : 1
  const scaled = Float64Array.from(values, (value) => value / scale)
  const strengths = new Float64Array(rows)
  let [twice, loops] = [0, false]
  for (let i = 0; i < rows; i++) {
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      const loop = indices[at] === i && scaled[at] > 0
      strengths[i] += loop ? 2 * scaled[at] : scaled[at]
      loops ||= loop
    }
    twice += strengths[i]
  }
  return { graph: { ...given, values: scaled }, scale, strengths, total: twice / 2, loops }
}

/** `labels` are integers from 0 to n − 1. */
export function partitionQuality(
  { graph: { rows, offsets, indices, values }, scale, strengths, total, loops }: MeasuredGraph,
  labels: Int32Array,
  { quality = 'modularity', resolution = 1 }: CommunityQualityOptions,
): number {
  if (quality === 'modularity' && total === 0) return 0
  const [held, counts] = [new Float64Array(rows), new Float64Array(rows)]
  let inside = 0
  for (let i = 0; i < rows; i++) {
    held[labels[i]] += strengths[i]
    counts[labels[i]]++
    for (let at = offsets[i]; at < offsets[i + 1]; at++)
      if (labels[indices[at]] === labels[i]) inside += indices[at] === i ? values[at] : values[at] / 2
  }
  let charge = 0
  if (quality === 'modularity') {
    for (const strength of held) charge += (strength / (2 * total)) ** 2
    return inside / total - resolution * charge
  }
  for (const count of counts) charge += (count * (count + (loops ? 1 : -1))) / 2
  return inside * scale - resolution * charge
}
