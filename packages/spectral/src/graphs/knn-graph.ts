import { checkChoice, checkInteger, checkNumber, ShapeError, type SparseRows } from '@dc/core/plugin'
import { type Products, unitRows, zeroRows } from '@dc/core/points'
import { checkPoints, type Matrix, type Rows, takeRows } from '../matrix'
import { type ApproximateOptions, approximateNeighbours } from '../neighbours/approximate-neighbours'
import { type Neighbours, nearestNeighbours } from '../neighbours/nearest-neighbours'
import { type Symmetrisation, symmetrisations, symmetrise } from '../sparse/sparse-rows'
import { fuzzyWeights } from './fuzzy-weights'
import { sharedNeighbours } from './shared-neighbours'

export const edgeWeights = ['connectivity', 'gaussian', 'self-tuning', 'cosine', 'shared-neighbours', 'fuzzy'] as const
export type EdgeWeight = (typeof edgeWeights)[number]

export interface KnnGraphOptions {
  /** Neighbours per point, itself not counted (scikit-learn counts it: its 10 is 9 here). Default 10. */
  readonly neighbours?: number
  /**
   * Weight of an edge. `connectivity`: 1. `gaussian`: `exp(−γ d²)`. `self-tuning`: `exp(−d²/(σᵢσⱼ))`, σ the distance to the
   * 7th neighbour (Zelnik-Manor and Perona 2004). `cosine`: the cosine of neighbours by angle, negative ones dropped; a row
   * of zeros has no direction, and so no neighbours. `shared-neighbours`: `|Nᵢ ∩ Nⱼ| / |Nᵢ ∪ Nⱼ|`, N a point's neighbours and
   * the point itself. `fuzzy`, as in UMAP: `exp(−max(0, d − ρᵢ)/σᵢ)`, ρ the distance to the nearest point elsewhere, σ such that the
   * weights of a point add up to log₂ of its neighbours (McInnes, Healy and Melville 2018). Default `connectivity`.
   */
  readonly weight?: EdgeWeight
  /** γ of `gaussian`. Default 1 over the square of the neighbours' median distance. */
  readonly gamma?: number
  /** How the two directions of an edge are joined. Default `union` for `fuzzy`, `max` for `shared-neighbours`, else `mean`. */
  readonly symmetrise?: Symmetrisation
  /** Finds most neighbours instead of all, for very many points; see {@link approximateNeighbours}. */
  readonly approximate?: ApproximateOptions
  /** Exact neighbours of the points, so many, if they are known; `cosine` searches its own. */
  readonly found?: Neighbours
  readonly products?: Products | null
}

/** How directions are joined that are weighed in these ways. */
const natural: { readonly [weight in EdgeWeight]?: Symmetrisation } = { 'shared-neighbours': 'max', fuzzy: 'union' }

/** Which neighbour gives the local scale of `self-tuning`, counted from 1. */
const scaleNeighbour = 7

/**
 * Symmetric graph of nearest neighbours without self-loops, exact unless `approximate` is given.
 *
 * @param given `[n, d]`
 * @returns `[n, n]`, at most `2 n · neighbours` edges
 * @throws ShapeError, DataError, OptionError for bad points or options
 * @example
 * const graph = knnGraph(points, { neighbours: 10, weight: 'self-tuning' })
 */
export function knnGraph(given: Rows, options: KnnGraphOptions = {}): SparseRows {
  const { neighbours = 10, weight = 'connectivity', gamma, products } = options
  const how = options.symmetrise ?? natural[weight] ?? 'mean'
  const points = checkPoints(given)
  checkInteger('neighbours', neighbours, 1, points.rows - 1, `there are ${points.rows} points`)
  checkChoice('weight', weight, edgeWeights)
  checkChoice('symmetrise', how, symmetrisations)
  if (gamma !== undefined) checkNumber('gamma', gamma, Number.MIN_VALUE)
  if (options.found) checkFound(options.found, points.rows, neighbours)
  const rows = weight === 'cosine' ? directed(points) : null
  const searched = rows ? unitRows(takeRows(points, rows)) : points
  const k = Math.min(neighbours, searched.rows - 1)
  const none = { rows: searched.rows, k: 0, indices: new Int32Array(0), distances: new Float64Array(0) }
  const find = () =>
    options.found && !rows
      ? options.found
      : options.approximate
        ? approximateNeighbours(searched, k, options.approximate, products)
        : nearestNeighbours(searched, k, { products })
  const found = k > 0 ? find() : none
  const weights = weighings[weight](found, gamma)
  return symmetrise(edges(points.rows, rows, found, weights), how)
}

/** @throws ShapeError unless they are so many neighbours of so many points */
function checkFound({ rows, k, indices, distances }: Neighbours, n: number, neighbours: number): void {
  const expected = `[${n}, ${neighbours}], the neighbours of each point`
  if (rows !== n || k !== neighbours) throw new ShapeError('found', [rows, k], expected)
  for (const [name, { length }] of Object.entries({ indices, distances }))
    if (length !== n * neighbours) throw new ShapeError(`found.${name}`, [length], expected)
}

/** Numbers of the rows that have a direction. */
function directed(points: Matrix): Int32Array {
  const without = new Set(zeroRows(points))
  return Int32Array.from({ length: points.rows }, (_, i) => i).filter((i) => !without.has(i))
}

/** Directed edges of `n` rows. `rows` holds the row numbers that were searched; null stands for all. */
function edges(n: number, rows: Int32Array | null, { k, indices }: Neighbours, values: Float64Array): SparseRows {
  const counts = new Int32Array(n)
  if (rows) for (const row of rows) counts[row] = k
  else counts.fill(k)
  const offsets = new Int32Array(n + 1)
  for (let i = 0; i < n; i++) offsets[i + 1] = offsets[i] + counts[i]
  return { rows: n, columns: n, offsets, indices: rows ? indices.map((at) => rows[at]) : indices, values }
}

function connectivity({ indices }: Neighbours): Float64Array {
  return new Float64Array(indices.length).fill(1)
}

function gaussian({ distances }: Neighbours, gamma?: number): Float64Array {
  const median = distances.slice().sort()[distances.length >> 1]
  const rate = gamma ?? (median > 0 ? 1 / median ** 2 : 1)
  return distances.map((distance) => Math.exp(-rate * distance * distance))
}

function selfTuning({ distances, indices, k }: Neighbours): Float64Array {
  const scales = localScales(distances, k)
  return distances.map((distance, at) => selfTuned(distance ** 2, scales[Math.floor(at / k)], scales[indices[at]]))
}

/** Distance of every point to its 7th neighbour, or to its last if it has fewer. */
export function localScales(distances: Float64Array, k: number): Float64Array {
  const which = Math.min(scaleNeighbour, k) - 1
  return Float64Array.from({ length: distances.length / k }, (_, i) => distances[i * k + which])
}

/** `exp(−d²/(σᵢσⱼ))`, 1 for coinciding points. */
export function selfTuned(square: number, scale: number, other: number): number {
  return square === 0 ? 1 : Math.exp(-square / Math.max(scale * other, Number.MIN_VALUE))
}

/** Cosines of neighbours among unit rows, `1 − d²/2`. */
function cosine({ distances }: Neighbours): Float64Array {
  return distances.map((distance) => Math.max(0, 1 - distance ** 2 / 2))
}

const weighings: Readonly<Record<EdgeWeight, (found: Neighbours, gamma?: number) => Float64Array>> = {
  connectivity,
  gaussian,
  'self-tuning': selfTuning,
  cosine,
  'shared-neighbours': sharedNeighbours,
  fuzzy: fuzzyWeights,
}
