import { createRandom, type Dataset } from '@dc/core'
import { datasetKMeans, rowWidth } from '@dc/pipelines'
import type { Products } from '@dc/spectral'
import { count, duration } from '../report/numbers'
import type { Narrator } from '../terminal/narrator'
import type { RunFolder } from './folder'
import { labelsCsv } from './labels-csv'

/** What is looked at while a run computes its own labels. */
export const firstLabelsFile = 'first-labels.csv'
/** k-means starts on so many rows: what it finds is there in seconds, whatever the number of rows. */
const startRows = 10_000

/** What first labels are made of. */
export interface FirstLabels {
  readonly dataset: Dataset
  readonly k: number
  readonly seed: number
  readonly products: Products | null
  readonly folder: RunFolder
  readonly narrator: Narrator
  readonly signal?: AbortSignal
}

/**
 * Writes labels that can be used at once, those of k-means from three starts, and says what they are; a run's own labels take longer.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function writeFirstLabels({
  dataset,
  k,
  seed,
  products,
  folder,
  narrator,
  signal,
}: FirstLabels): Promise<void> {
  const start = performance.now()
  const random = createRandom(seed).split('first labels')
  const most = startRows * rowWidth(dataset)
  const { labels } = await datasetKMeans(dataset, { k, random, products, nInit: 3, most, signal })
  const nowhere = new Float64Array(2 * dataset.size).fill(Number.NaN)
  const unsure = new Float64Array(dataset.size).fill(Number.NaN)
  await folder.write(firstLabelsFile, labelsCsv({ labels, certainty: unsure, map: nowhere }, dataset, {}))
  const sizes = new Int32Array(k)
  for (const label of labels) sizes[label]++
  narrator.note(
    `first labels, by k-means: ${k} clusters of ${count(Math.min(...sizes))} to ${count(Math.max(...sizes))} rows, in ${duration((performance.now() - start) / 1000)}: ${firstLabelsFile}`,
  )
}
