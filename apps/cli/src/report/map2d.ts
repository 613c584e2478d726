import { createRandom, letEventsIn, type Random } from '@dc/core'
import { availableProducts, knnGraph, type Matrix, matrix, neighbourEmbedding } from '@dc/spectral'
import { extent } from './numbers'

/** Above this many rows a random part is drawn: the eye sees no more. */
const drawnRows = 2500
const neighbours = 30

/** Coordinates of the rows, and how they were found. */
export interface Layout {
  /** `[n, 2]` in the unit square; NaN for rows that are not drawn. */
  readonly map: Float64Array
  readonly method: string
}

/** A map without any row. */
export const nowhere = (n: number): Float64Array => new Float64Array(2 * n).fill(Number.NaN)

/**
 * Lays an embedding out in the plane with UMAP (McInnes, Healy, Melville 2018), so that neighbours stay neighbours.
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
  const drawn = n > drawnRows ? random.permutation(n).slice(0, drawnRows).sort() : range(n)
  const values = new Float32Array(drawn.length * width)
  for (const [at, row] of drawn.entries()) values.set(embedding.subarray(row * width, (row + 1) * width), at * width)
  const points = matrix(values, drawn.length, width)
  const few = drawn.length <= neighbours
  const placed = few ? points : await umap(points, random, signal)
  const map = nowhere(n)
  for (const axis of [0, 1]) {
    const at = (i: number) => (axis < placed.columns ? placed.values[i * placed.columns + axis] : 0)
    const [low, high] = extent(Array.from(drawn, (_, i) => at(i)))
    for (let i = 0; i < drawn.length; i++)
      map[2 * drawn[i] + axis] = high > low ? round((at(i) - low) / (high - low)) : 0.5
  }
  const part = drawn.length < n ? ` of ${drawn.length} rows drawn at random` : ''
  return { map, method: few ? 'its first two dimensions' : `UMAP${part}, ${neighbours} neighbours` }
}

/** `[n, 2]`, for more than `neighbours` points. */
async function umap(points: Matrix, random: Random, signal?: AbortSignal): Promise<Matrix> {
  const graph = knnGraph(points, { neighbours: neighbours - 1, weight: 'fuzzy', products: await availableProducts() })
  return neighbourEmbedding(graph, { random, minDistance: 0.12, epochs: 250, signal })
}

/** Far finer than a pixel, and short in `labels.csv`. */
const round = (value: number) => Math.round(value * 1e4) / 1e4

const range = (n: number) => Int32Array.from({ length: n }, (_, i) => i)
