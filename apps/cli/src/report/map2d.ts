import { createRandom, letEventsIn, type Random } from '@dc/core'
import {
  availableProducts,
  knnGraph,
  type Matrix,
  matrix,
  type Neighbours,
  nearestNeighbours,
  neighbourEmbedding,
  type Products,
} from '@dc/spectral'
import { extent } from './numbers'

/** Above this many rows a random part is laid out, and the others are placed among them. */
const laidOutRows = 2500
/** Rows that have a place on a map at most. */
const placedRows = 100_000
const neighbours = 30
/** Rows of the laid-out part that another row is placed by, and rows that are placed at once. */
const [guides, placedAtOnce] = [5, 5000]

/** Coordinates of the rows, and how they were found. */
export interface Layout {
  /** `[n, 2]` in the unit square; NaN for rows that have no place. */
  readonly map: Float64Array
  readonly method: string
}

/** A map without any row. */
export const nowhere = (n: number): Float64Array => new Float64Array(2 * n).fill(Number.NaN)

/**
 * Lays an embedding out in the plane with UMAP (McInnes, Healy, Melville 2018), so that neighbours stay neighbours. Of more than
 * 2,500 rows a random part is laid out; up to 100,000 in all lie among their nearest of that part.
 *
 * @param embedding `[n, width]` row-major
 * @throws InterruptedError once the signal is aborted
 */
export async function layOut(
  embedding: Float32Array,
  n: number,
  width: number,
  seed: number,
  signal?: AbortSignal,
): Promise<Layout> {
  await letEventsIn(signal)
  const random = createRandom(seed).split('map')
  const order = n > laidOutRows ? random.permutation(n) : range(n)
  const laidOut = order.slice(0, laidOutRows).sort()
  const rows = (chosen: Int32Array) => {
    const values = new Float32Array(chosen.length * width)
    for (const [at, row] of chosen.entries()) values.set(embedding.subarray(row * width, (row + 1) * width), at * width)
    return matrix(values, chosen.length, width)
  }
  const points = rows(laidOut)
  const few = laidOut.length <= neighbours
  const products = await availableProducts()
  const found = few ? points : await umap(points, random, products, signal)
  const map = nowhere(n)
  for (const axis of [0, 1]) {
    const at = (i: number) => (axis < found.columns ? found.values[i * found.columns + axis] : 0)
    const [low, high] = extent(Array.from(laidOut, (_, i) => at(i)))
    for (let i = 0; i < laidOut.length; i++)
      map[2 * laidOut[i] + axis] = high > low ? round((at(i) - low) / (high - low)) : 0.5
  }
  const others = order.slice(laidOutRows, placedRows)
  for (let from = 0; from < others.length; from += placedAtOnce) {
    await letEventsIn(signal)
    const chosen = others.subarray(from, from + placedAtOnce)
    placeAmong(map, laidOut, chosen, nearestNeighbours(points, guides, { queries: rows(chosen), products }))
  }
  if (few) return { map, method: 'its first two dimensions' }
  const part = laidOut.length < n ? ` of ${laidOut.length} rows drawn at random` : ''
  const rest = others.length > 0 ? `; ${others.length} others lie where their nearest of these do` : ''
  return { map, method: `UMAP${part}, ${neighbours} neighbours${rest}` }
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
async function umap(points: Matrix, random: Random, products: Products | null, signal?: AbortSignal): Promise<Matrix> {
  const graph = knnGraph(points, { neighbours: neighbours - 1, weight: 'fuzzy', products })
  return neighbourEmbedding(graph, { random, minDistance: 0.12, epochs: 250, signal })
}

/** Far finer than a pixel, and short in `labels.csv`. */
const round = (value: number) => Math.round(value * 1e4) / 1e4

const range = (n: number) => Int32Array.from({ length: n }, (_, i) => i)
