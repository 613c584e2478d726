import { createRandom } from '@dc/core'
import { adjustedRandIndex, contingencyTable } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { knnGraph } from '../graphs/knn-graph'
import { kmeans } from '../kmeans/kmeans'
import { matrix } from '../matrix'
import { neighbourCurve } from './neighbour-curve'
import { neighbourEmbedding } from './neighbour-embedding'
import { forceIndex, neighbourForces } from './neighbour-forces'

describe('neighbourCurve', () => {
  // umap-learn 0.5.12: umap.umap_.find_ab_params(1, min_dist).
  it.each([
    [0, 1.932808, 0.790495],
    [0.1, 1.576943, 0.895061],
    [0.5, 0.58303, 1.334167],
    [1, 0.115018, 1.929237],
  ])('is that of umap-learn for a least distance of %d', (minDistance, a, b) => {
    const found = neighbourCurve(minDistance)
    expect(found.a).toBeCloseTo(a, 4)
    expect(found.b).toBeCloseTo(b, 4)
  })
})

describe('neighbourForces', () => {
  it.each([0, 0.1, 1])('are near what they tabulate, for a least distance of %d', (minDistance) => {
    const { a, b } = neighbourCurve(minDistance)
    const { pull, push } = neighbourForces({ a, b })
    for (let s = 1e-9; s < 1e9; s *= 1.0137) {
      const at = forceIndex(s)
      expect(Math.abs(pull[at] / ((-2 * a * b * s ** (b - 1)) / (1 + a * s ** b)) - 1)).toBeLessThan(
        0.008 * Math.max(1, b),
      )
      expect(Math.abs(push[at] / ((2 * b) / ((0.001 + s) * (1 + a * s ** b))) - 1)).toBeLessThan(0.008 * Math.max(1, b))
    }
    for (const s of [Number.POSITIVE_INFINITY, Number.NaN])
      expect([pull[forceIndex(s)], push[forceIndex(s)]]).toEqual([0, 0])
  })
})

describe('neighbourEmbedding', () => {
  /** Two rings that are linked, each of 150 points: no plane parts them, neighbours do. */
  const rings = () => {
    const random = createRandom(0)
    const values = new Float32Array(900)
    for (let i = 0; i < 300; i++) {
      const angle = random.uniform() * 2 * Math.PI
      const [x, y] = [Math.cos(angle), Math.sin(angle)]
      values.set(i < 150 ? [x, y, 0] : [1 + x, 0, y], 3 * i)
    }
    return matrix(values, 300, 3)
  }
  const truth = Int32Array.from({ length: 300 }, (_, i) => (i < 150 ? 0 : 1))

  it('parts what k-means of the points cannot', async () => {
    const points = rings()
    const graph = knnGraph(points, { neighbours: 10, weight: 'fuzzy' })
    const laid = await neighbourEmbedding(graph, { minDistance: 0, random: createRandom(1) })
    const score = (of: typeof laid) =>
      adjustedRandIndex(contingencyTable(truth, kmeans(of, { k: 2, random: createRandom(0) }).labels))
    expect(score(points)).toBeLessThan(0.6)
    expect(score(laid)).toBe(1)
    expect(laid).toMatchObject({ rows: 300, columns: 2 })
  })

  it('keeps neighbours near and pushes others away', async () => {
    const random = createRandom(3)
    const points = matrix(random.normals(1200), 400, 3)
    const graph = knnGraph(points, { neighbours: 8, weight: 'fuzzy' })
    const { values } = await neighbourEmbedding(graph, { random, epochs: 200 })
    const distance = (a: number, b: number) =>
      Math.hypot(values[2 * a] - values[2 * b], values[2 * a + 1] - values[2 * b + 1])
    let [near, count, far] = [0, 0, 0]
    for (let i = 0; i < 400; i++)
      for (let at = graph.offsets[i]; at < graph.offsets[i + 1]; at++, count++) {
        near += distance(i, graph.indices[at])
        far += distance(i, (graph.indices[at] * 7 + i * 13) % 400)
      }
    expect(near / count).toBeLessThan((0.35 * far) / count)
  })

  it('gives the same for the same stream, and tells how far it is', async () => {
    const graph = knnGraph(rings(), { neighbours: 6, weight: 'fuzzy' })
    const told: number[] = []
    const lay = (seed: number) =>
      neighbourEmbedding(graph, { random: createRandom(seed), epochs: 20, onEpoch: (epoch) => told.push(epoch) })
    const first = await lay(4)
    expect(await lay(4)).toEqual(first)
    expect(await lay(5)).not.toEqual(first)
    expect(told.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })

  it.each([
    ['one point', 1, []],
    ['points without edges', 3, []],
    ['equal points', 4, [0, 1, 2, 3]],
  ] as const)('places %s', async (_, n, joined) => {
    const edges = joined.flatMap((a) => joined.filter((b) => b !== a).map((b) => [a, b]))
    const offsets = Int32Array.from({ length: n + 1 }, (_, i) => edges.filter(([a]) => a < i).length)
    const graph = {
      rows: n,
      columns: n,
      offsets,
      indices: Int32Array.from(edges, ([, b]) => b),
      values: new Float64Array(edges.length).fill(1),
    }
    const { values } = await neighbourEmbedding(graph, { dimensions: 3, random: createRandom(0), epochs: 10 })
    expect(values).toHaveLength(3 * n)
    expect(values.every(Number.isFinite)).toBe(true)
  })

  it('ends when it is told to, and refuses what cannot be', async () => {
    const graph = knnGraph(rings(), { neighbours: 6, weight: 'fuzzy' })
    const random = createRandom(0)
    const abort = new AbortController()
    const onEpoch = () => abort.abort()
    await expect(neighbourEmbedding(graph, { random, signal: abort.signal, onEpoch })).rejects.toThrow(/interrupted/i)
    await expect(neighbourEmbedding(graph, { random, dimensions: 0 })).rejects.toThrow('dimensions')
    await expect(neighbourEmbedding(graph, { random, minDistance: 2 })).rejects.toThrow('minDistance')
    await expect(neighbourEmbedding({ ...graph, columns: 5 }, { random })).rejects.toThrow()
  })
})
