import { createRandom, type Dataset } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { accuracy, contingencyTable } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { datasetKMeans } from './dataset-kmeans'

const [n, width] = [200, 4]
const truth = Int32Array.from({ length: n }, (_, row) => row % 4)
const noise = createRandom(3)
const values = Float32Array.from({ length: n * width }, (_, at) => {
  const row = Math.floor(at / width)
  return (truth[row] === at % width ? 5 : 0) + noise.normal()
})
/** Counts how many rows are asked for at once. */
function watched(): { dataset: Dataset; largest: () => number; asked: () => number } {
  const inner = memoryDataset({ name: 'blobs', values, sampleShape: [2, 2, 1], labels: truth })
  let [largest, asked] = [0, 0]
  const read: Dataset['read'] = (rows) => {
    largest = Math.max(largest, rows.length)
    asked += rows.length
    return inner.read(rows)
  }
  return { dataset: { ...inner, read }, largest: () => largest, asked: () => asked }
}
const settings = { k: 4, random: createRandom(0), products: null }

describe('datasetKMeans', () => {
  it('holds data that fit', async () => {
    const { dataset, asked } = watched()
    const { labels, method } = await datasetKMeans(dataset, settings)
    expect(asked()).toBe(n)
    expect(method).toBe('best of 10 starts')
    expect(accuracy(contingencyTable(truth, labels))).toBeGreaterThan(0.95)
  })

  it('never holds more than it may, and finds the same clusters', async () => {
    const { dataset, largest, asked } = watched()
    const found = await datasetKMeans(dataset, { ...settings, most: 40 * width })
    expect(largest()).toBe(40)
    // The part once, then five passes and one for the labels.
    expect(asked()).toBe(40 + 6 * n)
    expect(found.method).toBe('10 starts on 40 rows, 5 passes over all')
    const whole = await datasetKMeans(watched().dataset, settings)
    expect(accuracy(contingencyTable(whole.labels, found.labels))).toBeGreaterThan(0.98)
    expect(found.labels).toHaveLength(n)
  })

  it('computes in float64 where the data set has it', async () => {
    const seconds = [1748735999, 1748736001, 1748736029, 1748736031]
    const exact: Dataset = {
      name: 'times',
      size: 4,
      sampleShape: [1],
      read: async (rows) => Float32Array.from(rows, (row) => seconds[row]),
      readExact: async (rows) => Float64Array.from(rows, (row) => seconds[row]),
    }
    for (const most of [undefined, 2]) {
      const { labels } = await datasetKMeans(exact, { ...settings, k: 2, ...(most && { most }) })
      expect(labels[0]).toBe(labels[1])
      expect(labels[2]).toBe(labels[3])
      expect(labels[0]).not.toBe(labels[2])
    }
  })
})
