import { type Dataset, letEventsIn } from '@dc/core'
import { unitRows } from '@dc/core/points'
import {
  availableProducts,
  finishNeighbours,
  type Matrix,
  matrix,
  mergeNeighbours,
  type Neighbours,
  type NeighboursPartial,
  nearestNeighbours,
  neighboursPartial,
} from '@dc/spectral'
import { readOnHost, rowWidth } from './host-rows'

/** Which neighbours of the rows of a data set are wanted. */
export interface NeighboursWanted {
  /** Neighbours of each row, 1 … n−1. */
  readonly k: number
  /** What rows are compared by: `distance` as `readOnHost` reads them, `direction` of these, or of what `read` gives. */
  readonly by: 'distance' | 'direction' | 'direction in float32'
  /** The rows in that form, `[n, d]`; called if they are searched. Null if they are not held: then they are read in blocks. */
  readonly points: (() => Matrix) | null
  /** Values that may be held in blocks. Default 2²⁸. */
  readonly most?: number
  readonly signal?: AbortSignal
}

/** As many are searched at least: what methods ask for by default is then found in one search, and costs little more. */
const usual = 30
/** Lists of more neighbours are not kept (192 MiB). */
const mostKept = 2 ** 24

/** Neighbours of the rows of a data set. */
export interface DatasetNeighbours extends Neighbours {
  /** Seconds that the search took, whoever asked first. */
  readonly seconds: number
}

type Found = { readonly k: number; readonly neighbours: Promise<DatasetNeighbours> }
const known = new WeakMap<Dataset, Map<string, Found>>()

/**
 * The nearest rows of every row of a data set, exactly, as `nearestNeighbours` finds them. They are searched once for all who
 * ask: views, graphs, several seeds. A longer list that is known serves for a shorter one. They are kept as long as the data
 * set is, whose rows never change, up to 2²⁴ neighbours.
 *
 * @throws OptionError, DataError as `nearestNeighbours`; InterruptedError once the signal is aborted
 * @example
 * const { indices } = await datasetNeighbours(dataset, { k: 15, by: 'distance', points: () => matrix(values, 100, 8) })
 */
export async function datasetNeighbours(
  dataset: Dataset,
  { k, by, points, most = 2 ** 28, signal }: NeighboursWanted,
): Promise<DatasetNeighbours> {
  // Where no float64 is read both directions are those of the same values.
  const form = by === 'direction in float32' && !dataset.readExact ? 'direction' : by
  const kept = known.get(dataset) ?? new Map<string, Found>()
  known.set(dataset, kept)
  const earlier = kept.get(form)
  if (earlier && earlier.k >= k) return shortened(await earlier.neighbours, k)
  const searched = Math.max(k, Math.min(usual, dataset.size - 1))
  const neighbours = timed(async () =>
    points
      ? nearestNeighbours(points(), searched, { products: await availableProducts() })
      : searchBlocks(dataset, searched, by, most, signal),
  )
  if (dataset.size * searched <= mostKept) {
    const found = { k: searched, neighbours }
    kept.set(form, found)
    neighbours.catch(() => kept.get(form) === found && kept.delete(form))
  }
  return shortened(await neighbours, k)
}

/** Says that two data sets have the same rows, such as one with other labels: neighbours of one are those of the other. */
export function shareNeighbours(dataset: Dataset, other: Dataset): void {
  const kept = known.get(dataset) ?? new Map<string, Found>()
  known.set(dataset, kept).set(other, kept)
}

async function timed(search: () => Promise<Neighbours>): Promise<DatasetNeighbours> {
  const start = performance.now()
  const found = await search()
  return { ...found, seconds: (performance.now() - start) / 1000 }
}

/** The same of rows that are not held: each two blocks are searched by themselves, and the nearest of all are kept. */
async function searchBlocks(
  dataset: Dataset,
  k: number,
  by: NeighboursWanted['by'],
  most: number,
  signal?: AbortSignal,
): Promise<Neighbours> {
  const products = await availableProducts()
  const width = rowWidth(dataset)
  // Two blocks are held, and what is computed of them.
  const each = Math.max(2, Math.floor(most / 8 / width))
  const starts = Array.from({ length: Math.ceil(dataset.size / each) }, (_, block) => block * each)
  const block = async (start: number) => {
    await letEventsIn(signal)
    const rows = Int32Array.from({ length: Math.min(each, dataset.size - start) }, (_, at) => start + at)
    const values = by === 'direction in float32' ? await dataset.read(rows) : await readOnHost(dataset, rows)
    const points = matrix(values, rows.length, width)
    return by === 'distance' ? points : unitRows(points)
  }
  const [indices, distances] = [new Int32Array(dataset.size * k), new Float64Array(dataset.size * k)]
  for (const start of starts) {
    const queries = await block(start)
    let nearest: NeighboursPartial | undefined
    for (const among of starts) {
      const points = among === start ? queries : await block(among)
      const part = neighboursPartial(queries, points, k, { start: among, products })
      nearest = nearest ? mergeNeighbours(nearest, part, k) : part
    }
    const found = finishNeighbours(nearest!)
    indices.set(found.indices, start * k)
    distances.set(found.distances, start * k)
  }
  return { rows: dataset.size, k, indices, distances }
}

/** The first k of each row. They are ordered by distance and row, so a shorter search would find the same. */
function shortened(found: DatasetNeighbours, k: number): DatasetNeighbours {
  if (found.k === k) return found
  const [indices, distances] = [new Int32Array(found.rows * k), new Float64Array(found.rows * k)]
  for (let row = 0; row < found.rows; row++) {
    const [from, to] = [row * found.k, row * found.k + k]
    indices.set(found.indices.subarray(from, to), row * k)
    distances.set(found.distances.subarray(from, to), row * k)
  }
  return { ...found, k, indices, distances }
}
