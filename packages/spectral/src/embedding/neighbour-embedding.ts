import { checkInteger, checkNumber, letEventsIn, type Random, ShapeError, type SparseRows } from '@dc/core/plugin'
import { measuredGraph } from '../communities/quality'
import type { Matrix } from '../matrix'
import { componentLayout } from './component-layout'
import { neighbourCurve } from './neighbour-curve'
import { forceIndex, type NeighbourForces, neighbourForces } from './neighbour-forces'

export interface NeighbourEmbeddingOptions {
  /** Coordinates of a point: 2 for a map, 5 to cluster on. Default 2. */
  readonly dimensions?: number
  /** Draws the start's noise and the pairs that repel. */
  readonly random: Random
  /** Passes over the edges. Default 500 up to 10,000 points, else 200. */
  readonly epochs?: number
  /** How near points may come, 0 … 1: 0 packs clusters tightly. Default 0.1. */
  readonly minDistance?: number
  /** Coordinates to go on from, `[n, dimensions]`, instead of the graph's spectral embedding: so a map of rows that change moves. */
  readonly start?: Matrix
  /** Points pushed away for each pull, ≥ 1. Default 5. */
  readonly repelled?: number
  /** Ends the work with an `InterruptedError`. */
  readonly signal?: AbortSignal
  /** Told after every epoch, counted from 1. */
  readonly onEpoch?: (epoch: number, epochs: number) => void
}

const longestStep = 4
const manyPoints = 10_000

/**
 * Coordinates in which the neighbours of a graph stay near and others are pushed apart (UMAP's layout). It lowers the cross
 * entropy between the graph's weights w and the curve `v(d) = 1/(1 + a d^(2b))` of the distances d,
 * `−Σ w log v(d) + (1 − w) log(1 − v(d))`: the ends of an edge are pulled together in proportion to its weight, and after each
 * pull a few points drawn at random are pushed away. The start is the graph's spectral embedding, component by component. The step
 * falls linearly to 0.
 *
 * The same graph and stream give the same coordinates. Distances between far groups mean little.
 *
 * @param graph symmetric `[n, n]`, weights ≥ 0, such as `knnGraph(points, { neighbours: 15, weight: 'fuzzy' })`
 * @returns `[n, dimensions]`, float32
 * @throws ShapeError, DataError for a bad graph; OptionError for options out of range; InterruptedError once the signal is aborted
 * @see McInnes, Healy and Melville 2018, "UMAP: Uniform Manifold Approximation and Projection for dimension reduction"
 * @example
 * const graph = knnGraph(points, { neighbours: 15, weight: 'fuzzy' })
 * const map = await neighbourEmbedding(graph, { dimensions: 2, random: createRandom(0) })
 */
export async function neighbourEmbedding(graph: SparseRows, options: NeighbourEmbeddingOptions): Promise<Matrix> {
  const { dimensions = 2, random, minDistance = 0.1, repelled = 5, signal, onEpoch } = options
  const measured = measuredGraph(graph)
  const { rows } = measured.graph
  const epochs = options.epochs ?? (rows > manyPoints ? 200 : 500)
  checkInteger('dimensions', dimensions, 1, 1000)
  checkInteger('epochs', epochs, 1, 1e6)
  checkInteger('repelled', repelled, 1, 1000)
  checkNumber('minDistance', minDistance, 0, 1)
  await letEventsIn(signal)
  if (options.start && (options.start.rows !== rows || options.start.columns !== dimensions))
    throw new ShapeError('start', [options.start.rows, options.start.columns], `[${rows}, ${dimensions}]`)
  const values = options.start
    ? Float32Array.from(options.start.values)
    : componentLayout(graph, dimensions, random.split('start'))
  const edges = sampledEdges(graph, epochs)
  const forces = neighbourForces(neighbourCurve(minDistance))
  const drawn = random.split('repelled')
  const draw = pointsOf(rows, drawn.integer(2 ** 31))
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await letEventsIn(signal)
    moveOnce(values, dimensions, edges, epoch, { forces, step: 1 - (epoch - 1) / epochs, repelled, draw })
    onEpoch?.(epoch, epochs)
  }
  return { values, rows, columns: dimensions }
}

/** Edges by how often they pull: the heaviest in every epoch, one of half its weight in every second. */
interface SampledEdges {
  readonly from: Int32Array
  readonly to: Int32Array
  /** Epochs between two pulls. */
  readonly every: Float64Array
  /** The epoch of the next pull. */
  readonly next: Float64Array
}

function sampledEdges({ rows, offsets, indices, values }: SparseRows, epochs: number): SampledEdges {
  let heaviest = 0
  for (const weight of values) heaviest = Math.max(heaviest, weight)
  const [from, to, every]: [number[], number[], number[]] = [[], [], []]
  for (let i = 0; i < rows; i++)
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      // Too light to pull even once; a loop has nothing to pull.
      if (indices[at] === i || values[at] * epochs < heaviest) continue
      from.push(i)
      to.push(indices[at])
      every.push(heaviest / values[at])
    }
  return {
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    every: Float64Array.from(every),
    next: Float64Array.from(every),
  }
}

interface Moves {
  readonly forces: NeighbourForces
  readonly step: number
  readonly repelled: number
  readonly draw: () => number
}

function moveOnce(
  values: Float32Array,
  width: number,
  { from, to, every, next }: SampledEdges,
  epoch: number,
  { forces: { pull, push }, step, repelled, draw }: Moves,
): void {
  const gap = new Float64Array(width)
  for (let edge = 0; edge < from.length; edge++) {
    if (next[edge] > epoch) continue
    next[edge] += every[edge]
    const own = from[edge] * width
    const other = to[edge] * width
    const near = squaredGap(values, own, other, width, gap)
    if (near > 0) {
      const force = pull[forceIndex(near)]
      for (let c = 0; c < width; c++) {
        const move = step * clipped(force * gap[c])
        values[own + c] += move
        values[other + c] -= move
      }
    }
    for (let time = 0; time < repelled; time++) {
      const far = squaredGap(values, own, draw() * width, width, gap)
      // The point itself, or one at its place.
      if (far === 0) continue
      const force = push[forceIndex(far)]
      for (let c = 0; c < width; c++) values[own + c] += step * clipped(force * gap[c])
    }
  }
}

/** The difference of two points, and its squared length. */
function squaredGap(values: Float32Array, a: number, b: number, width: number, gap: Float64Array): number {
  let sum = 0
  for (let c = 0; c < width; c++) {
    const difference = values[a + c] - values[b + c]
    gap[c] = difference
    sum += difference * difference
  }
  return sum
}

const clipped = (value: number) => Math.max(-longestStep, Math.min(longestStep, value))

/** Numbers of points by xorshift (Marsaglia 2003): millions of them are drawn in an epoch. */
function pointsOf(rows: number, seed: number): () => number {
  let state = seed || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.floor(((state >>> 0) / 2 ** 32) * rows)
  }
}
