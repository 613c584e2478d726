import type { Random, SparseRows } from '@dc/core/plugin'
import { checkInteger, checkNumber } from '@dc/core/plugin'
import { moveNodes } from './local-moving'
import { aggregate, type Network, networkOf } from './network'
import { connectedParts, numberedBySize, renumber } from './numbering'
import {
  asLabels,
  type CommunityQualityOptions,
  checkQuality,
  type MeasuredGraph,
  measuredGraph,
  partitionQuality,
} from './quality'
import { refine } from './refinement'

export interface LeidenOptions extends CommunityQualityOptions {
  /** Orders nodes and draws merges. */
  readonly random: Random
  /**
   * θ ≥ 0 of the refinement, in units of the mean edge weight: a merge that gains g has a chance in proportion to `exp(g/θ)`.
   * 0 always takes the best. Default 0.01.
   */
  readonly randomness?: number
  /** Most iterations, each from the partition of the last. Default 10. */
  readonly maxIterations?: number
  /** Labels to start from, `[n]`, integers ≥ 0. Default: every node alone. */
  readonly initial?: ArrayLike<number>
  /** Sees every iteration; what it throws ends the run. */
  readonly onIteration?: (state: LeidenIteration) => void
}

/** Where an iteration of Leiden has come to. */
export interface LeidenIteration {
  /** Counted from 1. */
  readonly iteration: number
  readonly k: number
  /** Never less than that of the iteration before. */
  readonly quality: number
}

/** The communities of a graph. */
export interface Communities {
  /** Community of every node, `[n]`, numbered by decreasing size. */
  readonly labels: Int32Array
  /** Number of communities. */
  readonly k: number
  /** Nodes of every community, `[k]`. */
  readonly sizes: Int32Array
  /** As `communityQuality` has it. */
  readonly quality: number
  readonly iterations: number
  /** Whether the last iteration found nothing better. */
  readonly converged: boolean
}

/** Beyond it a resolution only keeps nodes apart; the product with masses must stay finite. */
const largestPenalty = 1e100

/**
 * Communities of a graph by the Leiden algorithm. Finds labels of high quality, modularity or CPM (see `communityQuality` for both
 * formulas), and with them the number of communities: nodes move to better communities, communities are refined into well connected
 * groups by randomised merges, groups become the nodes of a smaller graph, and so on; then all of it again from
 * the partition found. Every community is connected. A node without edges is a community of its own.
 *
 * The same graph and stream give the same labels. The best partition is beyond any algorithm's reach (NP-hard): other seeds give
 * labels of almost the same quality that may differ.
 *
 * @param graph symmetric `[n, n]`, finite weights ≥ 0, such as `knnGraph` makes it
 * @throws ShapeError, DataError for a graph that is not square, symmetric, finite and ≥ 0; OptionError for bad options
 * @see Traag, Waltman and van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected communities"
 * @example
 * const { labels, k, quality } = leiden(knnGraph(points, { neighbours: 15 }), { random })
 * const finer = leiden(graph, { random, resolution: 2 }).k
 */
export function leiden(graph: SparseRows, options: LeidenOptions): Communities {
  const { random, quality = 'modularity', resolution = 1, randomness = 0.01, maxIterations = 10 } = options
  checkQuality(options)
  checkNumber('randomness', randomness, 0, Number.MAX_VALUE)
  checkInteger('maxIterations', maxIterations, 1, 1e6)
  const measured = measuredGraph(graph)
  const { rows } = measured.graph
  const network = networkOf(measured.graph, quality === 'cpm' ? new Float64Array(rows).fill(1) : measured.strengths)
  const { penalty, theta } = inWeights(measured, network, quality === 'cpm', resolution, randomness)
  let labels = options.initial
    ? asLabels(options.initial, rows, 'initial')
    : Int32Array.from({ length: rows }, (_, i) => i)
  let best = partitionQuality(measured, labels, options)
  let [iterations, converged] = [0, false]
  while (iterations < maxIterations && !converged) {
    const found = connectedParts(network, improved(network, labels, penalty, theta, random))
    const reached = partitionQuality(measured, found, options)
    converged = !(reached - best > 1e-12 * Math.abs(reached))
    // Rounding aside nothing is lost; connected parts of a given partition are as good or better.
    if (reached >= best || iterations === 0) [labels, best] = [found, reached]
    iterations++
    options.onIteration?.({ iteration: iterations, k: renumber(labels), quality: best })
  }
  const numbered = numberedBySize(labels)
  return { ...numbered, k: numbered.sizes.length, quality: best, iterations, converged }
}

/** Resolution and randomness in the weights of the measured graph. */
function inWeights(
  { scale, total }: MeasuredGraph,
  { weights }: Network,
  cpm: boolean,
  resolution: number,
  randomness: number,
): { penalty: number; theta: number } {
  const penalty = cpm ? resolution / scale : resolution / (2 * total || 1)
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / (weights.length || 1)
  return { penalty: Math.min(penalty, largestPenalty), theta: Math.min(randomness * mean, Number.MAX_VALUE) }
}

/** One iteration (algorithm A.2, `Leiden`), through ever smaller graphs until every community is one node. */
function improved(network: Network, labels: Int32Array, penalty: number, theta: number, random: Random): Int32Array {
  const places = Int32Array.from(labels.keys())
  let level = network
  let communities = labels.slice()
  for (;;) {
    moveNodes(level, communities, penalty, random)
    if (renumber(communities) === level.size) break
    const groups = refine(level, communities, penalty, theta, random)
    const count = renumber(groups)
    if (count === level.size) break
    const parents = new Int32Array(count)
    for (let v = 0; v < level.size; v++) parents[groups[v]] = communities[v]
    for (let i = 0; i < places.length; i++) places[i] = groups[places[i]]
    level = aggregate(level, groups, count)
    communities = parents
  }
  return places.map((place) => communities[place])
}
