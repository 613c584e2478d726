import { createRandom, DataError, InterruptedError, OptionError } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { adjustedRandIndex, contingencyTable } from '@dc/metrics'
import { knnGraph, leiden as leidenCommunities, matrix } from '@dc/spectral'
import { describe, expect, it } from 'vitest'
import { fit } from '../fitting/fit'
import { load } from '../model/load'
import { voteOfNeighbours } from './vote'

const method = 'leiden'
const [n, width, groups] = [300, 4, 6]
const truth = Int32Array.from({ length: n }, (_, row) => row % groups)
const noise = createRandom(1)
const values = Float32Array.from({ length: n * width }, (_, at) => {
  const [row, column] = [Math.floor(at / width), at % width]
  const [first, second] = [truth[row] % width, (truth[row] + 1 + Math.floor(truth[row] / width)) % width]
  return (column === first || column === second ? 6 : 0) + noise.normal()
})
const rows = { values, shape: [n, width] }
const labelled = memoryDataset({ name: 'groups', values, sampleShape: [width], labels: truth })
const blobs = (size: number, at: number) =>
  Array.from({ length: size }, () => [at + noise.normal() / 9, noise.normal() / 9])
const ari = (labels: Int32Array, known = truth) => adjustedRandIndex(contingencyTable(known, labels))

describe('leiden', () => {
  it('finds the clusters and their number, whatever labels there are', async () => {
    for (const data of [rows, labelled]) {
      const { labels, k, notes } = await fit(data, { method })
      expect([k, ari(labels), notes]).toEqual([groups, 1, []])
    }
    const other = memoryDataset({ name: 'two', values, sampleShape: [width], labels: truth.map((label) => label % 2) })
    expect((await fit(other, { method })).k).toBe(groups)
  })

  it('is @dc/spectral’s on the graph of neighbours', async () => {
    const graph = knnGraph(matrix(values, n, width), { neighbours: 8, weight: 'fuzzy' })
    const random = createRandom(3).split('baseline').split('leiden')
    const expected = leidenCommunities(graph, { random, quality: 'cpm', resolution: 0.05 })
    const options = { neighbours: 8, weights: 'fuzzy', quality: 'cpm', resolution: 0.05 }
    const found = await fit(rows, { method, seed: 3, options })
    expect(found.k).toBe(expected.k)
    expect([...found.labels]).toEqual([...expected.labels])
    for (const [option, other] of Object.entries({ neighbours: 4, weights: 'connectivity', resolution: 0.5 }))
      expect((await fit(rows, { method, seed: 3, options: { ...options, [option]: other } })).labels).not.toEqual(
        found.labels,
      )
  })

  it('searches a resolution for a number that is given, and says which', async () => {
    // So many neighbours join the groups.
    const neighbours = 70
    for (const k of [2, 3, 9, 20]) {
      const found = await fit(rows, { method, k, options: { neighbours } })
      expect([found.k, new Set(found.labels).size]).toEqual([k, k])
      expect(found.notes).toEqual([expect.stringMatching(/^leiden finds \d+ clusters at resolution [\d.]+\.$/)])
      const resolution = Number(found.notes[0].match(/resolution ([\d.]+)\.$/)?.[1])
      expect((await fit(rows, { method, options: { resolution, neighbours } })).k).toBe(k)
    }
    // The number that is found by itself is the same clustering.
    expect((await fit(rows, { method, k: groups })).labels).toEqual((await fit(rows, { method })).labels)
  })

  it('says where no resolution has the number', async () => {
    // Far groups of 20: the graph of 5 neighbours falls into three parts, and communities are connected.
    const far = [...blobs(20, 0), ...blobs(20, 100), ...blobs(20, 200)]
    const found = await fit(far, { method, k: 2, options: { neighbours: 5 } })
    expect([found.k, new Set(found.labels).size]).toEqual([3, 3])
    expect(found.notes).toEqual([
      'The graph of neighbours falls into 3 parts, and leiden joins none: these are 3 clusters, not 2. More neighbours may join parts.',
    ])
    const again = await load(await found.toBytes())
    expect([again.k, await again.predict(far)]).toEqual([3, found.labels])
  })

  it('labels fitted rows as the fit did, and new ones by the vote of the nearest', async () => {
    const found = await fit(rows, { method })
    const order = createRandom(2).permutation(n)
    const turned = Float32Array.from(
      { length: n * width },
      (_, at) => values[order[Math.floor(at / width)] * width + (at % width)],
    )
    expect(await found.predict({ values: turned, shape: [n, width] })).toEqual(order.map((row) => found.labels[row]))
    const near = values.map((value, at) => value + (at % 2 ? 0.05 : -0.05))
    expect(ari(await found.predict({ values: near, shape: [n, width] }))).toBeGreaterThan(0.99)
    expect([...(await found.predict([[6, 6, 0, 0]]))]).toEqual([found.labels[0]])
  })

  it('gives equal rows one label, and every number a row', async () => {
    const copies = [...blobs(3, 0), ...blobs(3, 50)].flatMap((row) => Array.from({ length: 25 }, () => row))
    const found = await fit(copies, { method, options: { neighbours: 3, resolution: 3 } })
    expect(new Set(found.labels).size).toBe(found.k)
    for (let row = 0; row < copies.length; row++) expect(found.labels[row]).toBe(found.labels[row - (row % 25)])
    expect(await found.predict(copies)).toEqual(found.labels)
  })

  it('compares rows by direction where it is told to', async () => {
    const spokes = Array.from({ length: 120 }, (_, row) => {
      const [angle, length] = [(row % 3) * 2 + noise.normal() / 50, 1 + row]
      return [length * Math.cos(angle), length * Math.sin(angle)]
    })
    const known = Int32Array.from(spokes, (_, row) => row % 3)
    const found = await fit(spokes, { method, options: { normalize: true, resolution: 0.3 } })
    expect(ari(found.labels, known)).toBe(1)
    expect(await found.predict(spokes.map(([x, y]) => [7 * x, 7 * y]))).toEqual(found.labels)
    expect(ari((await fit(spokes, { method, options: { resolution: 0.3 } })).labels, known)).toBeLessThan(0.9)
  })

  it('takes rows of many numbers by direction, and other rows and pixels as they are', async () => {
    const labelsOf = async (columns: number, normalize?: boolean, image = false) => {
      const random = createRandom(4)
      const long = Float32Array.from({ length: 90 * columns }, (_, at) => {
        const [row, column] = [Math.floor(at / columns), at % columns]
        return (1 + row) * ((column === row % 3 ? 2 : 0) + random.normal() / 4)
      })
      const shape = image ? [columns, 1, 1] : [columns]
      const facts = { height: columns, width: 1, channels: 1, range: [0, 1] } as const
      const dataset = memoryDataset({ name: 'long', values: long, sampleShape: shape, ...(image && { image: facts }) })
      const found = await fit(dataset, { method, ...(normalize !== undefined && { options: { normalize } }) })
      // A model knows by what it compares, whatever rows it is given.
      const again = await load(await found.toBytes())
      expect(await again.predict({ values: long, shape: [90, ...shape] })).toEqual(found.labels)
      return [...found.labels]
    }
    for (const [columns, image, by] of [
      [32, false, true],
      [31, false, false],
      [32, true, false],
    ] as const) {
      expect(await labelsOf(columns, undefined, image)).toEqual(await labelsOf(columns, by, image))
      expect(await labelsOf(columns, undefined, image)).not.toEqual(await labelsOf(columns, !by, image))
    }
  })

  it('takes few rows and rows that are all the same; one is too few', async () => {
    for (const few of [
      [[0], [1]],
      [[0], [1], [2]],
      [
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ]) {
      const found = await fit(few, { method })
      expect(new Set(found.labels).size).toBe(found.k)
      expect(await (await load(await found.toBytes())).predict(few)).toEqual(found.labels)
    }
    await expect(fit([[1, 2]], { method })).rejects.toThrow(DataError)
    await expect(fit([[1, 2]], { method })).rejects.toThrow('leiden needs two rows at least; there is 1.')
  })

  it('refuses options that cannot be', async () => {
    const refused: [object, RegExp][] = [
      [{ k: 1 }, /k: got 1; allowed: an integer from 2 to 300/],
      [{ k: 301 }, /k: got 301/],
      [{ options: { resolution: -1 } }, /resolution/],
      [{ options: { neighbours: 0 } }, /neighbours/],
      [{ options: { quality: 'louvain' } }, /quality/],
      [{ options: { weights: 'cosine' } }, /weights/],
    ]
    for (const [options, message] of refused) {
      const failed = fit(rows, { method, ...options })
      await expect(failed).rejects.toThrow(OptionError)
      await expect(failed).rejects.toThrow(message)
    }
    await expect(fit(rows, { method: 'kmeans' })).rejects.toThrow(/or a method that finds it: leiden/)
  })

  it('ends where it is asked to, in the middle of a search', async () => {
    // How often the signal is looked at does not depend on the clock, as events of the loop would.
    const abortedFrom = (look: number) => {
      const { signal } = new AbortController()
      const looked = { times: 0 }
      Object.defineProperty(signal, 'aborted', { get: () => ++looked.times >= look })
      return { signal, looked }
    }
    const whole = abortedFrom(Number.POSITIVE_INFINITY)
    await fit(labelled, { method, k: 299, signal: whole.signal })
    const once = abortedFrom(Number.POSITIVE_INFINITY)
    await fit(labelled, { method, signal: once.signal })
    // A look for each resolution that is tried.
    expect(whole.looked.times).toBeGreaterThan(once.looked.times + 5)
    const { signal, looked } = abortedFrom(once.looked.times + 3)
    await expect(fit(labelled, { method, k: 299, signal })).rejects.toThrow(InterruptedError)
    expect(looked.times).toBe(once.looked.times + 3)
  })
})

describe('voteOfNeighbours', () => {
  const labels = Int32Array.of(0, 1, 1, 2, 2)
  const vote = (indices: number[], distances = indices.map((_, at) => 1 + at)) =>
    voteOfNeighbours(
      { rows: 1, k: indices.length, indices: Int32Array.from(indices), distances: Float64Array.from(distances) },
      labels,
    )[0]

  it('goes by most, then by the nearest; a row that is there has its own', () => {
    expect(vote([0, 1, 2])).toBe(1)
    expect(vote([3, 1, 2, 4])).toBe(2)
    expect(vote([1, 3, 4, 2])).toBe(1)
    expect(vote([0, 3, 1])).toBe(0)
    expect(vote([0, 1, 2], [0, 1, 2])).toBe(0)
  })
})
