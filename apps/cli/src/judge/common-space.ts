import { createRandom, type Dataset, letEventsIn, type Random, type SparseRows } from '@dc/core'
import { unitRows } from '@dc/core/points'
import { datasetNeighbours, readOnHost, rowMetric, rowWidth } from '@dc/pipelines'
import {
  type Matrix,
  matrix,
  type Neighbours,
  nearestNeighbours,
  type Products,
  symmetrise,
  takeRows,
} from '@dc/spectral'

/** Rows that neighbours are found among; a random part of more stands for all. */
const mostRows = 10_000
/** Values that are held: 128 MiB as float32. */
const mostValues = 2 ** 25
/** Rows that are held whatever they take, and those of which scores of all pairs are made. */
const [fewestRows, pairedRows] = [500, 4000]
/** Nearest rows that are asked for the label. */
const mostNeighbours = 15

/**
 * The space in which all labelings of a data set are scored. It is that of the rows, which no method has made: of two silhouettes in two
 * spaces the greater one tells nothing.
 *
 * Features of 32 numbers and more are embeddings, and are compared by direction, on length 1. Other rows are
 * compared as they are: the columns of a table by their values, images by their pixels.
 */
export interface CommonSpace {
  readonly metric: 'cosine' | 'euclidean'
  /** The rows that stand for all, ascending. */
  readonly rows: Int32Array
  /** Their values, on length 1 where the metric is the cosine. */
  readonly points: Matrix
  /** Their nearest among each other. */
  readonly neighbours: Neighbours
  /** Places in `rows` of those that pairs are made of. */
  readonly paired: Int32Array
  /** Seconds that finding neighbours took. */
  readonly seconds: number
  /** For people, in a few words. */
  readonly description: string
}

/**
 * Reads the rows that labelings of a data set are scored on. The same rows are drawn for every run on the data, so that scores of
 * several runs can be compared.
 *
 * @param options.most rows that stand for all
 * @throws DataError for a single row; InterruptedError once the signal is aborted
 */
export async function commonSpace(
  dataset: Dataset,
  products: Products | null,
  { signal, most = mostRows }: { readonly signal?: AbortSignal; readonly most?: number } = {},
): Promise<CommonSpace> {
  const width = rowWidth(dataset)
  const size = Math.min(dataset.size, most, Math.max(fewestRows, Math.floor(mostValues / width)))
  const random = createRandom(0).split('common space')
  const rows = partOf(dataset.size, size, random.split('rows'))
  const metric = rowMetric(dataset)
  const points = seenBy(metric, matrix(await readOnHost(dataset, rows), size, width))
  await letEventsIn(signal)
  const k = Math.min(mostNeighbours, size - 1)
  const { seconds, ...neighbours } =
    size === dataset.size ? await neighboursOfAll(dataset, k, metric, points) : timedNeighbours(points, k, products)
  await letEventsIn(signal)
  return {
    metric,
    rows,
    points,
    neighbours,
    paired: partOf(size, Math.min(size, pairedRows), random.split('paired')),
    seconds,
    description: describe(dataset, metric, size),
  }
}

/** Those of a whole data set are found once for all who ask. */
const neighboursOfAll = (dataset: Dataset, k: number, metric: CommonSpace['metric'], points: Matrix) =>
  datasetNeighbours(dataset, { k, by: metric === 'cosine' ? 'direction' : 'distance', points: () => points })

function timedNeighbours(points: Matrix, k: number, products: Products | null) {
  const start = performance.now()
  const found = nearestNeighbours(points, k, { products })
  return { ...found, seconds: (performance.now() - start) / 1000 }
}

/** Some of n numbers, ascending. */
export const partOf = (n: number, size: number, random: Random): Int32Array =>
  size >= n ? Int32Array.from({ length: n }, (_, at) => at) : random.permutation(n).slice(0, size).sort()

/** Rows as they are compared. */
export const seenBy = (metric: CommonSpace['metric'], points: Matrix): Matrix =>
  metric === 'cosine' ? unitRows(points) : points

/** The graph of nearest neighbours, each edge of weight 1, or ½ if only one of its rows has the other among its neighbours. */
export function graphOf({ rows, k, indices }: Neighbours): SparseRows {
  const offsets = Int32Array.from({ length: rows + 1 }, (_, row) => row * k)
  return symmetrise({ rows, columns: rows, offsets, indices, values: new Float64Array(indices.length).fill(1) }, 'mean')
}

/** The part of the space that scores of all pairs are made of. */
export const pairedPoints = ({ points, paired }: CommonSpace): Matrix => takeRows(points, paired)

function describe({ image, size: all }: Dataset, metric: CommonSpace['metric'], size: number): string {
  const what = image ? 'the pixels' : 'the rows'
  const by = metric === 'cosine' ? `the directions of ${what}` : `${what} as they are`
  return size < all ? `${by}, ${size.toLocaleString('en-US')} drawn at random` : by
}
