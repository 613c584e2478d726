import { type Affinity, createRandom } from '@dc/core/plugin'
import { testAffinity } from '@dc/core/testing'
import { describe, expect, it } from 'vitest'
import { asMatrix, matrix, squaredDistance } from '../matrix'
import { nearestNeighbours } from '../neighbours/nearest-neighbours'
import { plugins } from '../plugins'
import { isSymmetric } from '../sparse/sparse-rows'
import { cosineGraph } from './cosine-graph'
import { fuzzyWeights } from './fuzzy-weights'
import { gaussianGraph } from './gaussian-graph'
import { edgeWeights, knnGraph } from './knn-graph'
import { precomputedGraph } from './precomputed-graph'

const points = matrix(createRandom(4).normals(60 * 3), 60, 3)

describe('knnGraph', () => {
  it.each(edgeWeights)('%s: symmetric, no loops, weights in (0, 1]', (weight) => {
    const graph = knnGraph(points, { neighbours: 5, weight })
    expect(isSymmetric(graph)).toBe(true)
    for (let i = 0; i < 60; i++) expect(graph.indices.subarray(graph.offsets[i], graph.offsets[i + 1])).not.toContain(i)
    expect(graph.values.every((value) => value > 0 && value <= 1)).toBe(true)
  })

  it.each(edgeWeights)('%s: takes neighbours that are known, and gives the same graph', (weight) => {
    const known = nearestNeighbours(points, 5)
    const options = { neighbours: 5, weight } as const
    expect(knnGraph(points, { ...options, found: known })).toEqual(knnGraph(points, options))
    const other = { ...known, indices: known.indices.map((at) => (at + 1) % 60) }
    // Cosines are those of rows of length 1, whose neighbours are others.
    const differs = weight === 'cosine' ? expect(knnGraph(points, { ...options, found: other })) : undefined
    if (differs) differs.toEqual(knnGraph(points, options))
    else expect(knnGraph(points, { ...options, found: other })).not.toEqual(knnGraph(points, options))
  })

  it('refuses neighbours of other points', () => {
    const found = nearestNeighbours(points, 5)
    const refused = (known: typeof found) => expect(() => knnGraph(points, { neighbours: 5, found: known }))
    refused({ ...found, k: 4 }).toThrow('found has shape [60, 4]; expected [60, 5], the neighbours of each point')
    refused({ ...found, rows: 59 }).toThrow('found has shape [59, 5]')
    refused({ ...found, indices: new Int32Array(3) }).toThrow('found.indices has shape [3]')
    refused({ ...found, distances: new Float64Array(3) }).toThrow('found.distances has shape [3]')
  })

  it('joins both directions as asked', () => {
    const line = asMatrix([[0], [1], [3]])
    // 0 → 1, 1 → 0, 2 → 1
    expect([...knnGraph(line, { neighbours: 1 }).values]).toEqual([1, 1, 0.5, 0.5])
    expect([...knnGraph(line, { neighbours: 1, symmetrise: 'max' }).values]).toEqual([1, 1, 1, 1])
    expect([...knnGraph(line, { neighbours: 1, symmetrise: 'min' }).values]).toEqual([1, 1])
  })

  it('weighs edges by the formulas', () => {
    const line = asMatrix([[0], [1], [3]])
    expect(knnGraph(line, { neighbours: 2, weight: 'gaussian', gamma: 0.5 }).values[1]).toBeCloseTo(Math.exp(-4.5), 14)
    // Local scales with two neighbours: 3, 2, 3.
    expect(knnGraph(line, { neighbours: 2, weight: 'self-tuning' }).values[0]).toBeCloseTo(Math.exp(-1 / 6), 14)
    const rays = asMatrix([
      [2, 0],
      [3, 3],
      [0, 1],
    ])
    expect(knnGraph(rays, { neighbours: 1, weight: 'cosine', symmetrise: 'max' }).values[0]).toBeCloseTo(
      Math.SQRT1_2,
      12,
    )
  })
})

describe('weights by shared neighbours', () => {
  it('are the Jaccard index of neighbours and the points themselves, the same from both sides', () => {
    const line = asMatrix([[0], [1], [3], [6]])
    // N: {0, 1, 2}, {1, 0, 2}, {2, 1, 0}, {3, 2, 1}
    const graph = knnGraph(line, { neighbours: 2, weight: 'shared-neighbours' })
    expect([...graph.indices]).toEqual([1, 2, 0, 2, 3, 0, 1, 3, 1, 2])
    expect([...graph.values]).toEqual([1, 1, 1, 1, 0.5, 1, 1, 0.5, 0.5, 0.5])
    const mean = knnGraph(line, { neighbours: 2, weight: 'shared-neighbours', symmetrise: 'mean' })
    expect(mean.values[4]).toBe(0.25)
  })
})

describe('fuzzy weights', () => {
  it.each([1e-150, 1, 1e150])('add up to log₂ k at every point, the nearest counting 1, at a scale of %d', (size) => {
    const k = 8
    const found = nearestNeighbours(points, k)
    const weights = fuzzyWeights({ ...found, distances: found.distances.map((distance) => distance * size) })
    for (let i = 0; i < 60; i++) {
      const own = weights.subarray(i * k, (i + 1) * k)
      expect(own[0]).toBe(1)
      expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 4)
      // exp(−(d − ρ)/σ): logarithms are in proportion to distances beyond the nearest.
      const beyond = (j: number) => found.distances[i * k + j] - found.distances[i * k]
      expect(Math.log(own[7]) / Math.log(own[3])).toBeCloseTo(beyond(7) / beyond(3), 6)
    }
  })

  it('are joined by the probabilistic union unless told otherwise', () => {
    const directed = (symmetrise: 'max' | 'min' | 'union') =>
      knnGraph(points, { neighbours: 30, weight: 'fuzzy', symmetrise })
    const [most, union] = [directed('max'), directed('union')]
    expect(knnGraph(points, { neighbours: 30, weight: 'fuzzy' })).toEqual(union)
    const least = new Map<string, number>()
    const low = directed('min')
    for (let i = 0; i < 60; i++)
      for (let at = low.offsets[i]; at < low.offsets[i + 1]; at++) least.set(`${i} ${low.indices[at]}`, low.values[at])
    for (let i = 0; i < 60; i++)
      for (let at = most.offsets[i]; at < most.offsets[i + 1]; at++) {
        const [a, b] = [most.values[at], least.get(`${i} ${most.indices[at]}`) ?? 0]
        expect(union.values[at]).toBeCloseTo(a + b - a * b, 14)
      }
  })

  it('take points that coincide, and one neighbour', () => {
    const same = knnGraph(asMatrix([[1], [1], [1], [1], [5]]), { neighbours: 3, weight: 'fuzzy' })
    expect(same.values.every((value) => value > 0 && value <= 1)).toBe(true)
    expect(same.values[0]).toBe(1)
    expect([...knnGraph(asMatrix([[0], [1], [3]]), { neighbours: 1, weight: 'fuzzy' }).values]).toEqual([1, 1, 1, 1])
  })
})

describe('rows of zeros', () => {
  const rows = [
    [1, 0],
    [0, 0],
    [1, 1],
    [0, 2],
    [0, 0],
    [-1, 0.1],
  ]

  it('have no direction, so no edges by angle, and take no neighbour’s place', () => {
    const all = cosineGraph(asMatrix(rows))
    const near = knnGraph(asMatrix(rows), { neighbours: 3, weight: 'cosine', symmetrise: 'max' })
    for (const graph of [all, near]) {
      expect([1, 4].map((i) => graph.offsets[i + 1] - graph.offsets[i])).toEqual([0, 0])
      expect([...graph.indices].some((column) => column === 1 || column === 4)).toBe(false)
    }
    near.values.forEach((value, at) => {
      expect(value).toBeCloseTo(all.values[at], 12)
    })
    expect(near.indices).toEqual(all.indices)
  })

  it('may be all rows but one, or all', () => {
    const few = [
      [1, 0],
      [0, 0],
      [0, 0],
    ]
    for (const none of [few, few.slice(1)])
      expect(knnGraph(asMatrix(none), { neighbours: 1, weight: 'cosine' }).indices).toHaveLength(0)
  })
})

describe('graphs of all pairs', () => {
  it('gaussianGraph weighs by the kernel', () => {
    const graph = gaussianGraph(points, { gamma: 2 })
    expect(graph.indices.length).toBe(60 * 59)
    expect(graph.values[0]).toBeCloseTo(Math.exp(-2 * squaredDistance(points, 0, points, 1)), 14)
    expect(gaussianGraph(points, { gamma: 2, loops: true }).indices.length).toBe(60 * 60)
    expect(isSymmetric(gaussianGraph(points, { gamma: 'self-tuning' }))).toBe(true)
  })

  it('cosineGraph drops right angles and beyond', () => {
    const graph = cosineGraph(
      asMatrix([
        [1, 0],
        [1, 1],
        [0, 5],
        [-1, 0],
      ]),
    )
    expect([...graph.indices]).toEqual([1, 0, 2, 1])
    for (const value of graph.values) expect(value).toBeCloseTo(Math.SQRT1_2, 14)
  })

  it('precomputedGraph keeps what is a similarity and refuses what is not', () => {
    const graph = precomputedGraph(
      asMatrix([
        [0, 2],
        [2, 0],
      ]),
    )
    expect([...graph.values]).toEqual([2, 2])
    expect(precomputedGraph(graph)).toBe(graph)
    expect(() =>
      precomputedGraph(
        asMatrix([
          [0, 2],
          [1, 0],
        ]),
      ),
    ).toThrow('similarity is not symmetric')
    expect(() =>
      precomputedGraph(
        asMatrix([
          [0, -1],
          [-1, 0],
        ]),
      ),
    ).toThrow('similarity holds -1 at row 0, column 1')
    expect(() => precomputedGraph(asMatrix([[0, 1]]))).toThrow('similarity has shape [1, 2]')
  })

  it('say what is wrong with their input', () => {
    expect(() => cosineGraph(asMatrix([[1], [Number.NaN]]))).toThrow('points holds NaN at row 1')
    expect(() => knnGraph(asMatrix([[1], [Number.NaN]]), { neighbours: 1, weight: 'cosine' })).toThrow(
      'points holds NaN',
    )
    expect(() => gaussianGraph(points, { gamma: 0 })).toThrow('gamma: got 0')
    expect(() => gaussianGraph(matrix(new Float32Array(9000), 9000, 1), { gamma: 1 })).toThrow('use knnGraph')
    expect(() => knnGraph(points, { neighbours: 60 })).toThrow('neighbours: got 60; allowed: an integer from 1 to 59')
    expect(() => knnGraph(points, { weight: 'rbf' as never })).toThrow("weight: got 'rbf'")
  })
})

for (const plugin of plugins)
  for (const options of ['gaussian', 'cosine'].includes(plugin.name) ? [{}, { neighbours: 'all' }] : [{}])
    testAffinity({ describe, it }, `${plugin.name} ${JSON.stringify(options)}`, () =>
      plugin.create(plugin.options.parse(options) as never, {}),
    )

describe.each(plugins.map((plugin) => [plugin.name, plugin] as const))('affinity %s', (name, plugin) => {
  const make = (options = {}) => plugin.create(plugin.options.parse(options) as never, {}) as Affinity
  const values = points.values as Float32Array

  it('makes the same graph of neighbours that are known', async () => {
    const asked: number[] = []
    const nearest = async (k: number) => {
      asked.push(k)
      return nearestNeighbours(points, k)
    }
    const affinity = make({ neighbours: 7 })
    expect(await affinity.graph(values, 60, 3, { nearest })).toEqual(await affinity.graph(values, 60, 3))
    // Those by angle are others.
    expect(asked).toEqual(name === 'cosine' ? [] : [7])
    await expect(make({ neighbours: 60 }).graph(values, 60, 3, { nearest })).rejects.toThrow('neighbours: got 60')
  })
})
