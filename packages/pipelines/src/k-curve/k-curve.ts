import { DataError, type Dataset, letEventsIn, OptionError, type Random, type SparseRows } from '@dc/core'
import { unitRows } from '@dc/core/points'
import {
  availableProducts,
  matrix,
  type Neighbours,
  nearestNeighbours,
  spectralEmbedding,
  symmetrise,
} from '@dc/spectral'
import { firstEqualRows } from '../classical/equal-rows'
import { datasetNeighbours } from '../dataset-neighbours'
import { readOnHost, rowWidth } from '../host-rows'
import { rowMetric } from '../row-metric'
import { chooseK, type KChoice, type KCurvePoint, type ScoredPoint, scored } from './choose-k'
import { type Evidence, measureK } from './measure-k'
import { principalCoordinates } from './principal-coordinates'
import { communitiesByResolution, type ResolutionPoint } from './resolutions'

/** How many clusters rows may have, and what speaks for each number. */
export interface KCurve extends KChoice {
  /** Communities of the graph of neighbours at resolution 1 (Leiden): the first proposal. */
  readonly communities: number
  /** Ascending by k. */
  readonly points: readonly ScoredPoint[]
  readonly resolutions: readonly ResolutionPoint[]
  /** Rows that were looked at, and rows that there are. */
  readonly rows: number
  readonly of: number
  /** How rows were compared: by their direction, or by their values. */
  readonly metric: 'cosine' | 'euclidean'
}

export interface KCurveOptions {
  /** Draws rows, parts and seeds. Not advanced: the same stream gives the same curve. */
  readonly random: Random
  /** Most rows that are looked at, 2 at least. Default 5000. */
  readonly rows?: number
  /** Told after each number of clusters; `total` is what is expected. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

const mostNeighbours = 15
const components = 32
/** Parts of the rows, the share of the rows in each, and the most. */
const [parts, partShare, mostInPart] = [5, 0.8, 1600]
const eigenvalues = 64
/** Largest number of clusters that is tried. */
const largestK = 128
/** Numbers that are tried between those of the first pass. */
const refinements = 8

/**
 * Looks for the number of clusters of rows. The communities of the graph of nearest neighbours (Leiden, modularity) give the
 * first proposal. Then for numbers from 2 up several signals are measured in one space: how stable k-means is over parts of
 * the rows, its silhouette, how suddenly finer communities part neighbours, the eigengap of the graph, the balance of sizes. Their
 * weighted mean decides; see `KCurvePoint`.
 *
 * At most `rows` rows are looked at. Rows of 32 numbers and more that are no images are compared by direction. True labels
 * are not looked at. A number below 2 is never proposed: whether there are clusters at all it does not tell.
 *
 * @throws DataError for a single row, rows that are all equal, or not finite; OptionError for options that cannot be;
 * InterruptedError once the signal is aborted
 * @example
 * const { k, runnerUp, finest } = await kCurve(dataset, { random: createRandom(0) })
 */
export async function kCurve(
  dataset: Dataset,
  { random, rows: mostRows = 5000, onProgress, signal }: KCurveOptions,
): Promise<KCurve> {
  if (!(Number.isInteger(mostRows) && mostRows >= 2)) throw new OptionError('rows', mostRows, 'an integer ≥ 2')
  if (dataset.size < 2)
    throw new DataError(
      `There ${dataset.size === 1 ? 'is 1 row' : 'are no rows'}: clusters are counted of two at least.`,
    )
  const size = Math.min(mostRows, dataset.size)
  const chosen = random.split('rows').permutation(dataset.size).slice(0, size).sort()
  const values = matrix(await readOnHost(dataset, chosen), size, rowWidth(dataset))
  const metric = rowMetric(dataset)
  const points = metric === 'cosine' ? unitRows(values) : values
  const distinct = new Set(firstEqualRows(points)).size
  if (distinct < 2)
    throw new DataError(
      `All ${size} rows ${metric === 'cosine' ? 'point the same way' : 'are equal'}: there are no clusters to count; name k.`,
    )
  const products = await availableProducts()
  await letEventsIn(signal)
  const nearest = Math.min(mostNeighbours, size - 1)
  const by = metric === 'cosine' ? 'direction' : 'distance'
  const neighbours =
    size === dataset.size
      ? await datasetNeighbours(dataset, { k: nearest, by, points: () => points })
      : nearestNeighbours(points, nearest, { products })
  const graph = graphOf(neighbours)
  await letEventsIn(signal)
  const largest = Math.min(largestK, distinct, Math.max(Math.floor(size / 5), Math.min(10, Math.floor(size / 2)), 2))
  const most = (communities: number) => Math.min(largest, Math.max(20, 4 * communities))
  const resolutions = await communitiesByResolution(graph, neighbours, most, random, signal)
  const communities = resolutions.find(({ resolution }) => resolution === 1)!.k
  await letEventsIn(signal)
  const evidence: Evidence = {
    space: principalCoordinates(points, components, random.split('axes'), products),
    parts: drawParts(size, random.split('parts')),
    neighbours,
    spectrum: spectrumOf(graph, random.split('eigenvalues')),
    resolutions,
    communities,
    products,
    random: random.split('k-means'),
  }
  const measured = await measureAll(evidence, most(communities), onProgress, signal)
  const choice = chooseK(measured)
  return { ...choice, communities, points: measured, resolutions, rows: size, of: dataset.size, metric }
}

/** First numbers all over the range, then those between the best. */
async function measureAll(
  evidence: Evidence,
  most: number,
  onProgress: KCurveOptions['onProgress'],
  signal?: AbortSignal,
): Promise<ScoredPoint[]> {
  const first = coarse(most, evidence.communities)
  const total = first.length + refinements
  let points: KCurvePoint[] = []
  const add = async (k: number) => {
    points = [...points, await measureK(evidence, k, signal)].sort((a, b) => a.k - b.k)
    onProgress?.(points.length, total)
  }
  for (const k of first) await add(k)
  for (let left = refinements; left > 0; left--) {
    const next = between(scored(points))
    if (next === undefined) break
    await add(next)
  }
  if (points.length < total) onProgress?.(total, total)
  return scored(points)
}

/** All numbers up to 10, then 15 % apart, the last, and the first proposal. */
function coarse(most: number, proposed: number): number[] {
  const found = new Set([most])
  for (let k = 2; k < most; k = k < 10 ? k + 1 : Math.round(k * 1.15)) found.add(k)
  if (proposed >= 2 && proposed < most) found.add(proposed)
  return [...found].sort((a, b) => a - b)
}

/** A number beside the best ones that was not tried; undefined once the steps beside them are 5 % at most. */
function between(points: readonly ScoredPoint[]): number | undefined {
  const places = [...points.keys()].sort((a, b) => points[b].score - points[a].score).slice(0, 2)
  for (const at of places)
    for (const other of [at + 1, at - 1]) {
      if (!points[other]) continue
      const [a, b] = [points[at].k, points[other].k]
      const middle = Math.round((a + b) / 2)
      if (middle !== a && middle !== b && Math.abs(a - b) > 0.05 * a) return middle
    }
  return undefined
}

/** Union of each row's nearest, unweighted. */
function graphOf({ rows, k, indices }: Neighbours): SparseRows {
  const offsets = Int32Array.from({ length: rows + 1 }, (_, row) => row * k)
  const values = new Float64Array(indices.length).fill(1)
  return symmetrise({ rows, columns: rows, offsets, indices, values }, 'mean')
}

function drawParts(size: number, random: Random): Int32Array[] {
  const taken = Math.max(2, Math.min(mostInPart, Math.round(partShare * size)))
  return Array.from({ length: parts }, (_, part) => random.split(part).permutation(size).slice(0, taken).sort())
}

function spectrumOf(graph: SparseRows, random: Random): Float64Array {
  const components = Math.min(eigenvalues, graph.rows)
  return spectralEmbedding(graph, { components, random, laplacian: 'symmetric', tolerance: 1e-3 }).eigenvalues
}
