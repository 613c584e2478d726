import { createRandom, type Dataset, letEventsIn, type Random } from '@dc/core'
import { subset } from '@dc/data'
import { adjustedRandIndex, contingencyTable } from '@dc/metrics'
import { datasetKMeans, readOnHost, rowWidth, voteOfNeighbours } from '@dc/pipelines'
import {
  leiden,
  type Matrix,
  matrix,
  type Neighbours,
  nearestNeighbours,
  type Products,
  spectralClustering,
  takeRows,
} from '@dc/spectral'
import type { Attempts } from '../run/attempts'
import { type BaselineName, baselineTitles } from './baseline-names'
import { type CommonSpace, graphOf, partOf, seenBy } from './common-space'

/** Labels of a method that every run is compared with. */
export interface Baseline {
  readonly labels: Int32Array
  readonly k: number
  readonly seconds: number
  /** How it was done. */
  readonly method: string
  /** Mean ARI with the labels of the same rows when only a part of them is clustered; null where there are too few. */
  readonly partAgreement: number | null
}

/** What a baseline is made of. */
export interface BaselineJob {
  readonly dataset: Dataset
  readonly k: number
  readonly seed: number
  /** Absent where it could not be made: then there is k-means alone. */
  readonly space?: CommonSpace
  readonly products: Products | null
  readonly attempts: Attempts
  readonly signal?: AbortSignal
}

/** Clusters that spectral clustering is not asked for: their eigenvectors would take longer than a training. */
export const mostSpectral = 500
/** n k² of eigenvectors that take some seconds. */
const affordable = 1e8
const [parts, shareOfPart, mostOfPart] = [2, 0.8, 3000]
/** Values of a part: of rows with thousands of columns it has fewer, but 500 at least. */
const valuesOfPart = 2 ** 24

/**
 * k-means on the rows as they are; spectral clustering and communities (Leiden, which finds its own number of clusters) on the graph of
 * nearest neighbours in the common space. Of many rows the graph has a part; the others get the label of most of their nearest in it.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function runBaselines(job: BaselineJob): Promise<Partial<Record<BaselineName, Baseline>>> {
  const { space, attempts, signal } = job
  const random = createRandom(job.seed).split('baseline')
  const found: Partial<Record<BaselineName, Baseline>> = {}
  const keep = async (name: BaselineName, make: () => Promise<Baseline | undefined>) => {
    await letEventsIn(signal)
    const baseline = await attempts.make(baselineTitles[name], make, undefined)
    if (baseline) found[name] = baseline
  }
  const seeded = { ...job, random }
  // Everything else stands beside it, so a run does not do without.
  found.kmeans = await kmeansBaseline(seeded)
  if (!space) return found
  const others = await nearestOfOthers(seeded, space)
  if (job.k <= mostSpectral) await keep('spectral', () => graphBaseline(seeded, space, others, 'spectral'))
  await keep('leiden', () => graphBaseline(seeded, space, others, 'leiden'))
  return found
}

interface SeededJob extends BaselineJob {
  readonly random: Random
}

async function kmeansBaseline({ dataset, k, random, products, signal, space }: SeededJob): Promise<Baseline> {
  const start = performance.now()
  const { labels, method } = await datasetKMeans(dataset, { k, random, products, signal })
  const seconds = since(start)
  const refit = async (part: Int32Array, own: Random) => {
    const few = subset(
      dataset,
      Array.from(part, (at) => space!.rows[at]),
    )
    return (await datasetKMeans(few, { k, random: own, products, nInit: 3, signal })).labels
  }
  const partAgreement = space ? await agreementOfParts(labels, space, k, refit, random.split('parts')) : null
  return { labels, k, seconds, method, partAgreement }
}

async function graphBaseline(
  { k, random, products, dataset }: SeededJob,
  space: CommonSpace,
  others: OtherRows | null,
  name: 'spectral' | 'leiden',
): Promise<Baseline> {
  const start = performance.now()
  const most = name === 'spectral' ? Math.max(3 * k, Math.floor(affordable / k ** 2)) : space.rows.length
  const few = space.rows.length > most
  const part = partOf(space.rows.length, most, random.split('graph'))
  const cluster = (neighbours: Neighbours, own: Random) =>
    name === 'spectral'
      ? spectralClustering(graphOf(neighbours), { k, random: own, products }).labels
      : leiden(graphOf(neighbours), { random: own }).labels
  const near = (points: Matrix, queries?: Matrix) =>
    nearestNeighbours(points, Math.min(space.neighbours.k, points.rows - 1), { products, ...(queries && { queries }) })
  const points = few ? takeRows(space.points, part) : space.points
  const own = cluster(few ? near(points) : space.neighbours, random.split(name))
  const sampled = few ? voteOfNeighbours(near(points, space.points), own) : own
  const labels = spread(sampled, space, others, dataset.size)
  const seconds = since(start) + space.seconds + (others?.seconds ?? 0)
  const refit = async (rows: Int32Array, split: Random) => cluster(near(takeRows(space.points, rows)), split)
  const partAgreement = few ? null : await agreementOfParts(labels, space, k, refit, random.split('parts'))
  const by = space.metric === 'cosine' ? 'by direction' : 'as the rows are'
  const on = part.length < dataset.size ? `, on ${part.length.toLocaleString('en-US')} rows drawn at random` : ''
  return {
    labels,
    k: 1 + labels.reduce((most, label) => Math.max(most, label), name === 'spectral' ? k - 1 : 0),
    seconds,
    method: `${space.neighbours.k} nearest neighbours ${by}${on}`,
    partAgreement,
  }
}

/** Rows outside of the common space, and their nearest rows in it. */
interface OtherRows {
  readonly rows: Int32Array
  readonly nearest: readonly Neighbours[]
  readonly seconds: number
}

async function nearestOfOthers(
  { dataset, products, signal }: SeededJob,
  { rows, points, neighbours, metric }: CommonSpace,
): Promise<OtherRows | null> {
  if (rows.length === dataset.size) return null
  const start = performance.now()
  const held = new Set(rows)
  const others = Int32Array.from({ length: dataset.size }, (_, row) => row).filter((row) => !held.has(row))
  const width = rowWidth(dataset)
  const nearest: Neighbours[] = []
  const shard = 2048
  for (let from = 0; from < others.length; from += shard) {
    await letEventsIn(signal)
    const part = others.subarray(from, from + shard)
    const queries = seenBy(metric, matrix(await readOnHost(dataset, part), part.length, width))
    nearest.push(nearestNeighbours(points, neighbours.k, { queries, products }))
  }
  return { rows: others, nearest, seconds: since(start) }
}

/** Labels of all rows, from those of the rows of the space. */
function spread(sampled: Int32Array, { rows }: CommonSpace, others: OtherRows | null, size: number): Int32Array {
  const labels = new Int32Array(size)
  rows.forEach((row, at) => {
    labels[row] = sampled[at]
  })
  let at = 0
  for (const near of others?.nearest ?? [])
    for (const label of voteOfNeighbours(near, sampled)) labels[others!.rows[at++]] = label
  return labels
}

/** Mean ARI between labels and those that a method gives to parts of the rows alone. */
async function agreementOfParts(
  labels: Int32Array,
  { rows, points }: CommonSpace,
  k: number,
  refit: (part: Int32Array, random: Random) => Promise<Int32Array>,
  random: Random,
): Promise<number | null> {
  const wide = Math.max(500, Math.floor(valuesOfPart / points.columns))
  const size = Math.min(mostOfPart, wide, Math.floor(shareOfPart * rows.length))
  if (size <= k || size < 3) return null
  let sum = 0
  for (let draw = 0; draw < parts; draw++) {
    const part = partOf(rows.length, size, random.split(`part ${draw}`))
    const again = await refit(part, random.split(`labels ${draw}`))
    sum += adjustedRandIndex(
      contingencyTable(
        Array.from(part, (at) => labels[rows[at]]),
        again,
      ),
    )
  }
  return sum / parts
}

const since = (start: number) => (performance.now() - start) / 1000
