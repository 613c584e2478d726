import { cpu, createRandom, type Dataset, InterruptedError, initBackend } from '@dc/core'
import { unitRows } from '@dc/core/points'
import { memoryDataset } from '@dc/data/rows'
import { matrix, type Neighbours, nearestNeighbours } from '@dc/spectral'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { datasetNeighbours, type NeighboursWanted, shareNeighbours } from './dataset-neighbours'
import { fit } from './fitting/fit'

/** How often rows were searched for neighbours of their own. */
const searches = vi.hoisted(() => ({ count: 0 }))
vi.mock('@dc/spectral', async (original) => {
  const real = await original<typeof import('@dc/spectral')>()
  const counted: typeof nearestNeighbours = (rows, k, options) => {
    if (options?.queries === undefined) searches.count++
    return real.nearestNeighbours(rows, k, options)
  }
  return { ...real, nearestNeighbours: counted }
})

const [n, width, k] = [120, 6, 3]
const noise = createRandom(5).normals(n * width)
const values = Float32Array.from(noise, (value, at) => value / 2 + (at % width === Math.floor(at / width) % k ? 4 : 0))
// Equal rows: their order must be the same in every list.
values.copyWithin(50 * width, 10 * width, 20 * width)
const points = matrix(values, n, width)
const rows = () => memoryDataset({ name: 'rows', values, sampleShape: [width] })

/** Asks for neighbours, and counts how often rows are searched. */
function asking(dataset: Dataset, found = points) {
  const asked = vi.fn(() => found)
  const ask = (k: number, by: NeighboursWanted['by'] = 'distance') =>
    datasetNeighbours(dataset, { k, by, points: asked })
  return { ask, asked }
}

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

describe('datasetNeighbours', () => {
  it('are those of a search, however long the list is that they are taken from', async () => {
    const { ask, asked } = asking(rows())
    for (const wanted of [15, 20, 1, 30]) expect(await ask(wanted)).toMatchObject(nearestNeighbours(points, wanted))
    expect(asked).toHaveBeenCalledTimes(1)
    for (const wanted of [40, n - 1, 35]) expect(await ask(wanted)).toMatchObject(nearestNeighbours(points, wanted))
    expect(asked).toHaveBeenCalledTimes(3)
  })

  it('are the same where the rows are read in blocks', async () => {
    const same = (found: Neighbours, expected: Neighbours) => {
      expect(found.k).toBe(expected.k)
      expect(found.indices).toEqual(expected.indices)
      expect(found.distances).toEqual(expected.distances)
    }
    for (const by of ['distance', 'direction', 'direction in float32'] as const) {
      const expected = nearestNeighbours(by === 'distance' ? points : unitRows(points), 40)
      // Blocks of 50 rows, the last of 20; and one block.
      for (const most of [50 * 8 * width, 8 * n * width])
        same(await datasetNeighbours(rows(), { k: 40, by, points: null, most }), expected)
    }
    // Blocks of two rows, the last of one.
    const few = () => memoryDataset({ name: 'few', values: values.slice(0, 5 * width), sampleShape: [width] })
    const pairs = { k: 3, by: 'distance', points: null, most: 1 } as const
    same(await datasetNeighbours(few(), pairs), nearestNeighbours(matrix(values.slice(0, 5 * width), 5, width), 3))
    const stopped = datasetNeighbours(few(), { ...pairs, signal: AbortSignal.abort() })
    await expect(stopped).rejects.toThrow(InterruptedError)
  })

  it('are searched once by whoever asks at the same time', async () => {
    const { ask, asked } = asking(rows())
    const all = await Promise.all([ask(10), ask(20), ask(10)])
    expect(asked).toHaveBeenCalledTimes(1)
    expect(all[0]).toEqual(all[2])
  })

  it('differ by data set, and by what is compared', async () => {
    const one = rows()
    const { ask, asked } = asking(one)
    await ask(10)
    await ask(10, 'direction')
    await ask(10, 'direction in float32')
    // Directions of rows that have no float64 are those of float32.
    expect(asked).toHaveBeenCalledTimes(2)
    const exact = asking({ ...one, readExact: async (at) => Float64Array.from(await one.read(at)) })
    await exact.ask(10, 'direction')
    await exact.ask(10, 'direction in float32')
    expect(exact.asked).toHaveBeenCalledTimes(2)
    const labelled = { ...one, labels: new Int32Array(n) }
    const other = asking(labelled)
    shareNeighbours(one, labelled)
    await other.ask(12)
    expect(other.asked).not.toHaveBeenCalled()
  })

  it('are not kept of a search that failed, or where they are very many', async () => {
    const dataset = rows()
    const bad = asking(dataset, matrix(new Float32Array(n * width).fill(Number.NaN), n, width))
    await expect(bad.ask(5)).rejects.toThrow('NaN')
    expect(await asking(dataset).ask(5)).toMatchObject(nearestNeighbours(points, 5))
    await expect(asking(rows()).ask(n)).rejects.toThrow(/k: got 120/)
    const many = asking({ ...rows(), size: 2 ** 20 })
    await many.ask(5)
    await many.ask(5)
    expect(many.asked).toHaveBeenCalledTimes(2)
  })

  it('are found once for graphs, the semantic term, views and seeds', async () => {
    const backbone = { name: 'mlp', options: { widths: [8] } }
    const training = { epochs: 1, batchSize: 60 }
    const assign = { name: 'sp2ot', options: { batches: 2, weight: 10 } }
    const before = searches.count
    const dataset = rows()
    await fit(dataset, { method: 'leiden' })
    await fit(dataset, { method: 'spectral', k })
    const affinities = ['knn', 'gaussian', 'shared-neighbours', 'fuzzy']
    const found = async (data: Dataset, neighbours: string) =>
      (
        await fit(data, {
          method: 'sp2ot',
          k,
          training,
          options: { backbone, assign, neighbours, views: 'feature-noise' },
          labels: 'prototypes',
        })
      ).labels
    const shared: Int32Array[] = []
    for (const affinity of affinities) shared.push(await found(dataset, affinity))
    expect(searches.count - before).toBe(1)
    for (const [at, affinity] of affinities.entries()) expect(await found(rows(), affinity)).toEqual(shared[at])
    const again = searches.count
    const views = { method: 'bootsc', k, training, options: { backbone, views: 'neighbours' }, labels: 'prototypes' }
    for (const seed of [0, 1]) await fit(dataset, { ...views, seed })
    await fit(dataset, { method: 'leiden', options: { normalize: true } })
    expect(searches.count - again).toBe(1)
    expect(unitRows(points).values).not.toEqual(values)
  })
})
