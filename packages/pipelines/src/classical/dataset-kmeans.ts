import { type Dataset, letEventsIn, type Random } from '@dc/core'
import { unitRows } from '@dc/core/points'
import {
  finishPartials,
  kmeansPartial,
  type Matrix,
  matrix,
  mergePartials,
  type Products,
  predictNearest,
} from '@dc/spectral'
import { allRows, readOnHost, rowWidth } from '../host-rows'
import { interruptibleKMeans } from '../interruptible-kmeans'
import { mostValues, shardsOf } from './shards'

/** k-means of the rows of a data set. */
export interface DatasetKMeans {
  readonly labels: Int32Array
  /** `[k, Π sampleShape]`, float64. */
  readonly centroids: Matrix
  /** How it was done, for people. */
  readonly method: string
}

/** How it is made. */
export interface DatasetKMeansOptions {
  readonly k: number
  readonly random: Random
  readonly products: Products | null
  /** Starts; the one of lowest inertia wins. Default 10. */
  readonly nInit?: number
  /** Compares rows by direction: each is scaled to length 1 first. */
  readonly normalize?: boolean
  readonly signal?: AbortSignal
  /** Values that may be held. */
  readonly most?: number
}

const passes = 5

/**
 * k-means on rows as they are. Data that fit are held in memory: the best of all starts. Larger ones are never whole in
 * memory: the starts are on a random part, then passes go over all rows, one shard after the other.
 *
 * @throws InterruptedError once the signal is aborted
 * @example
 * const { labels } = await datasetKMeans(dataset, { k: 3, random: createRandom(0), products: null })
 */
export async function datasetKMeans(
  dataset: Dataset,
  { k, random, products, nInit = 10, normalize = false, signal, most = mostValues }: DatasetKMeansOptions,
): Promise<DatasetKMeans> {
  const seen = (points: Matrix) => (normalize ? unitRows(points) : points)
  const width = rowWidth(dataset)
  const held = Math.max(k, Math.floor(most / width))
  const all = held >= dataset.size
  const rows = all ? allRows(dataset) : random.split('part').permutation(dataset.size).slice(0, held).sort()
  const points = seen(matrix(await readOnHost(dataset, rows), rows.length, width))
  const first = await interruptibleKMeans(points, { k, nInit, random, products }, signal)
  const starts = nInit === 1 ? '1 start' : `${nInit} starts`
  if (all) {
    const { labels, centroids } = first
    return { labels, centroids, method: nInit === 1 ? starts : `best of ${starts}` }
  }
  const shards = () => shardsOf(dataset, Math.max(1, Math.floor(held / 4)))
  let { centroids }: { centroids: Matrix } = first
  for (let pass = 0; pass < passes; pass++) {
    let sums: ReturnType<typeof kmeansPartial> | undefined
    for await (const { points } of shards()) {
      await letEventsIn(signal)
      const part = kmeansPartial(seen(points), centroids, { products })
      sums = sums ? mergePartials(sums, part) : part
    }
    ;({ centroids } = finishPartials(sums!, centroids))
  }
  const labels = new Int32Array(dataset.size)
  for await (const { points, start } of shards()) {
    await letEventsIn(signal)
    labels.set(predictNearest(seen(points), centroids, products), start)
  }
  const method = `${starts} on ${rows.length.toLocaleString('en-US')} rows, ${passes} passes over all`
  return { labels, centroids, method }
}
