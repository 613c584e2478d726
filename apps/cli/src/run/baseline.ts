import { type Dataset, letEventsIn, type Random } from '@dc/core'
import { allRows, interruptibleKMeans, readOnHost, rowWidth } from '@dc/pipelines'
import {
  finishPartials,
  kmeansPartial,
  type Matrix,
  matrix,
  mergePartials,
  type Products,
  predictNearest,
} from '@dc/spectral'

/** Rows are held in memory up to these many values (64 MiB as float32); beyond, k-means passes over them. */
const mostValues = 2 ** 24

/** k-means on the input. */
export interface Baseline {
  readonly labels: Int32Array
  /** How it was done, for the report. */
  readonly method: string
}

/** How it is made. */
export interface BaselineOptions {
  readonly k: number
  readonly random: Random
  readonly products: Products | null
  readonly signal?: AbortSignal
  /** Values that may be held. */
  readonly most?: number
}

const starts = 10
const passes = 5

/**
 * k-means on the input: what anyone would try first. Data that fit are held in memory: the best of 10 starts. Larger ones
 * are never whole in memory: 10 starts on a random part, then passes over all rows, one shard after the other.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function kmeansBaseline(
  dataset: Dataset,
  { k, random, products, signal, most = mostValues }: BaselineOptions,
): Promise<Baseline> {
  const width = rowWidth(dataset)
  const held = Math.max(k, Math.floor(most / width))
  const all = held >= dataset.size
  const rows = all ? allRows(dataset) : random.split('part').permutation(dataset.size).slice(0, held).sort()
  const space = await readOnHost(dataset, rows)
  const points = matrix(space, rows.length, width)
  const first = await interruptibleKMeans(points, { k, nInit: starts, random, products }, signal)
  if (all) return { labels: first.labels, method: `best of ${starts} starts` }

  const shards = () => shardsOf(dataset, width, Math.max(1, Math.floor(held / 4)))
  let { centroids }: { centroids: Matrix } = first
  for (let pass = 0; pass < passes; pass++) {
    let sums: ReturnType<typeof kmeansPartial> | undefined
    for await (const { points } of shards()) {
      await letEventsIn(signal)
      const part = kmeansPartial(points, centroids, { products })
      sums = sums ? mergePartials(sums, part) : part
    }
    ;({ centroids } = finishPartials(sums!, centroids))
  }
  const labels = new Int32Array(dataset.size)
  for await (const { points, start } of shards()) {
    await letEventsIn(signal)
    labels.set(predictNearest(points, centroids, products), start)
  }
  const method = `${starts} starts on ${rows.length.toLocaleString('en-US')} rows, ${passes} passes over all`
  return { labels, method }
}

/** All rows in order, some at a time. */
async function* shardsOf(dataset: Dataset, width: number, most: number) {
  for (let start = 0; start < dataset.size; start += most) {
    const rows = Int32Array.from({ length: Math.min(most, dataset.size - start) }, (_, at) => start + at)
    yield { start, points: matrix(await readOnHost(dataset, rows), rows.length, width) }
  }
}
