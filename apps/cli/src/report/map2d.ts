import { createRandom, letEventsIn } from '@dc/core'
import { matrix, nearestNeighbours } from '@dc/spectral'
import { UMAP } from 'umap-js'
import { extent } from './numbers'

/** Above this many rows a random part is drawn: the eye sees no more, and UMAP takes its time. */
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
  const random = createRandom(seed).split('map')
  const drawn = n > drawnRows ? random.permutation(n).slice(0, drawnRows).sort() : range(n)
  const points = Array.from(drawn, (row) => embedding.subarray(row * width, (row + 1) * width))
  const few = points.length <= neighbours
  const placed = few ? points.map((point) => [point[0], point[1] ?? 0]) : await umap(points, random.uniform, signal)
  const map = nowhere(n)
  for (const axis of [0, 1]) {
    const values = placed.map((point) => point[axis])
    const [low, high] = extent(values)
    for (let i = 0; i < drawn.length; i++)
      map[2 * drawn[i] + axis] = high > low ? round((values[i] - low) / (high - low)) : 0.5
  }
  const part = drawn.length < n ? ` of ${drawn.length} rows drawn at random` : ''
  return { map, method: few ? 'its first two dimensions' : `UMAP${part}, ${neighbours} neighbours` }
}

async function umap(points: readonly Float32Array[], random: () => number, signal?: AbortSignal): Promise<number[][]> {
  const model = new UMAP({ nComponents: 2, nNeighbors: neighbours, minDist: 0.12, nEpochs: 250, random })
  // Exact neighbours: at this size faster than the approximate ones that UMAP would find itself.
  const width = points[0].length
  const values = new Float32Array(points.length * width)
  for (const [row, point] of points.entries()) values.set(point, row * width)
  const { indices, distances } = nearestNeighbours(matrix(values, points.length, width), neighbours - 1)
  const of = (list: ArrayLike<number>, row: number) =>
    Array.from({ length: neighbours - 1 }, (_, at) => list[row * (neighbours - 1) + at])
  // UMAP counts a point as its own first neighbour.
  model.setPrecomputedKNN(
    points.map((_, row) => [row, ...of(indices, row)]),
    points.map((_, row) => [0, ...of(distances, row)]),
  )
  const epochs = model.initializeFit(points.map((point) => Array.from(point)))
  for (let epoch = 0; epoch < epochs; epoch++) {
    await letEventsIn(signal)
    model.step()
  }
  return model.getEmbedding()
}

/** Far finer than a pixel, and short in `labels.csv`. */
const round = (value: number) => Math.round(value * 1e4) / 1e4

const range = (n: number) => Int32Array.from({ length: n }, (_, i) => i)
