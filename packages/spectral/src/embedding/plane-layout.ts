import { letEventsIn, type Random } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { knnGraph } from '../graphs/knn-graph'
import { type Matrix, matrix, takeRows } from '../matrix'
import { availableProducts } from '../native-products'
import { type Neighbours, nearestNeighbours } from '../neighbours/nearest-neighbours'
import { neighbourEmbedding } from './neighbour-embedding'

/** Above this many rows a random part is laid out, and the others are placed among them. */
const laidOutRows = 2500
/** Rows that have a place on a map at most. */
const placedRows = 100_000
const neighbours = 30
/** Rows of the laid-out part that another row is placed by, and rows that are placed at once. */
const [guides, placedAtOnce] = [5, 5000]
/** Half the side of the square that a layout goes on in. */
const reach = 10

export interface PlaneLayoutOptions {
  /** Draws the part that is laid out, and what the layout draws. */
  readonly random: Random
  /** Passes over the edges. Default 250; fewer are enough where a layout goes on. */
  readonly epochs?: number
  /** An earlier layout of the same rows, `[n, 2]` in the unit square, to go on from. */
  readonly start?: Float64Array
  readonly signal?: AbortSignal
}

/** Places of rows in the plane, and how they were found. */
export interface PlaneLayout {
  /** `[n, 2]` in the unit square; NaN for rows that have no place. */
  readonly map: Float64Array
  readonly method: string
}

/** A map without any row. */
export const emptyMap = (n: number): Float64Array => new Float64Array(2 * n).fill(Number.NaN)

/**
 * Lays an embedding out in the plane by {@link neighbourEmbedding}, so that neighbours stay neighbours. Of more than 2,500 rows a
 * random part is laid out; up to 100,000 in all lie among their nearest of that part.
 *
 * @param points `[n, width]`
 * @throws InterruptedError once the signal is aborted
 * @see McInnes, Healy and Melville 2018, "UMAP: Uniform Manifold Approximation and Projection for dimension reduction"
 * @example
 * const { map } = await planeLayout(matrix(values, 100, 3), { random: createRandom(0) })
 */
export async function planeLayout(points: Matrix, options: PlaneLayoutOptions): Promise<PlaneLayout> {
  const { start, ...laying } = options
  const { random, signal } = laying
  const { rows: n } = points
  await letEventsIn(signal)
  const order = n > laidOutRows ? random.permutation(n) : Int32Array.from({ length: n }, (_, i) => i)
  const laidOut = order.slice(0, laidOutRows).sort()
  const part = takeRows(points, laidOut)
  const few = laidOut.length <= neighbours
  const products = await availableProducts()
  const found = few
    ? part
    : await umap(part, products, { ...laying, ...(start && { start: placesOf(start, laidOut) }) })
  const map = emptyMap(n)
  for (const axis of [0, 1]) {
    const at = (i: number) => (axis < found.columns ? found.values[i * found.columns + axis] : 0)
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let i = 0; i < laidOut.length; i++) [low, high] = [Math.min(low, at(i)), Math.max(high, at(i))]
    for (let i = 0; i < laidOut.length; i++)
      map[2 * laidOut[i] + axis] = high > low ? round((at(i) - low) / (high - low)) : 0.5
  }
  const others = order.slice(laidOutRows, placedRows)
  for (let from = 0; from < others.length; from += placedAtOnce) {
    await letEventsIn(signal)
    const chosen = others.subarray(from, from + placedAtOnce)
    placeAmong(map, laidOut, chosen, nearestNeighbours(part, guides, { queries: takeRows(points, chosen), products }))
  }
  if (few) return { map, method: 'its first two dimensions' }
  const drawn = laidOut.length < n ? ` of ${laidOut.length} rows drawn at random` : ''
  const rest = others.length > 0 ? `; ${others.length} others lie where their nearest of these do` : ''
  return { map, method: `UMAP${drawn}, ${neighbours} neighbours${rest}` }
}

/**
 * Places rows at the mean of their nearest laid-out rows. The nearer ones weigh more: Gaussian, with the distance to the farthest
 * of them as its scale.
 */
function placeAmong(map: Float64Array, laidOut: Int32Array, rows: Int32Array, near: Neighbours): void {
  rows.forEach((row, i) => {
    const scale = near.distances[(i + 1) * near.k - 1] || 1
    let [x, y, total] = [0, 0, 0]
    for (let at = i * near.k; at < (i + 1) * near.k; at++) {
      const weight = Math.exp(-4 * (near.distances[at] / scale) ** 2)
      const guide = laidOut[near.indices[at]]
      x += weight * map[2 * guide]
      y += weight * map[2 * guide + 1]
      total += weight
    }
    map[2 * row] = round(x / total)
    map[2 * row + 1] = round(y / total)
  })
}

/** `[n, 2]`, for more than `neighbours` points. */
async function umap(
  points: Matrix,
  products: Products | null,
  { random, epochs = 250, signal, start }: Omit<PlaneLayoutOptions, 'start'> & { readonly start?: Matrix },
): Promise<Matrix> {
  const graph = knnGraph(points, { neighbours: neighbours - 1, weight: 'fuzzy', products })
  return neighbourEmbedding(graph, { random, minDistance: 0.12, epochs, signal, ...(start && { start }) })
}

/** Where the rows were, around the origin. One without a place begins in the middle. */
function placesOf(map: Float64Array, rows: Int32Array): Matrix {
  const values = new Float32Array(2 * rows.length)
  for (const [at, row] of rows.entries())
    for (const axis of [0, 1]) {
      const place = map[2 * row + axis]
      values[2 * at + axis] = Number.isNaN(place) ? 0 : reach * (2 * place - 1)
    }
  return matrix(values, rows.length, 2)
}

/** Far finer than a pixel, and short in `labels.csv`. */
const round = (value: number) => Math.round(value * 1e4) / 1e4
