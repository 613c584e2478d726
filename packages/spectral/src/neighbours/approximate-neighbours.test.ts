import { createRandom } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { knnGraph } from '../graphs/knn-graph'
import { asMatrix, matrix } from '../matrix'
import { nativeProducts } from '../native-products'
import { approximateNeighbours } from './approximate-neighbours'
import { type Neighbours, nearestNeighbours } from './nearest-neighbours'

/** Points on a curved surface in ten dimensions, as data is: few directions matter near any point. */
const surface = (n: number) => {
  const random = createRandom(1)
  const rows = Array.from({ length: n }, () => {
    const [u, v] = [3 * random.uniform(), 3 * random.uniform()]
    return Array.from({ length: 10 }, (_, j) => Math.sin(u * (j + 1) * 0.4) + Math.cos(v * (j + 2) * 0.3))
  })
  return asMatrix(rows)
}

function recall(found: Neighbours, exact: Neighbours): number {
  let hits = 0
  for (let i = 0; i < exact.rows; i++) {
    const truth = new Set(exact.indices.subarray(i * exact.k, (i + 1) * exact.k))
    for (const row of found.indices.subarray(i * exact.k, (i + 1) * exact.k)) if (truth.has(row)) hits++
  }
  return hits / exact.indices.length
}

describe('approximateNeighbours', () => {
  const points = surface(2000)
  const exact = nearestNeighbours(points, 10)

  it('finds nearly all neighbours, with and without products, the same for the same stream', async () => {
    const options = { random: createRandom(2), leaf: 128 }
    const found = approximateNeighbours(points, 10, options)
    expect(recall(found, exact)).toBeGreaterThan(0.95)
    expect(approximateNeighbours(points, 10, options).indices).toEqual(found.indices)
    const products = await nativeProducts()
    expect(recall(approximateNeighbours(points, 10, options, products), exact)).toBeGreaterThan(0.95)
  })

  it('finds more with more trees, by common neighbours, and all in one leaf', () => {
    const random = createRandom(3)
    const found = (trees: number, rounds: number) =>
      recall(approximateNeighbours(points, 10, { random, leaf: 64, trees, rounds }), exact)
    expect(found(12, 0)).toBeGreaterThan(found(2, 0) + 0.05)
    expect(found(2, 1)).toBeGreaterThan(found(2, 0) + 0.05)
    expect(approximateNeighbours(points, 10, { random, leaf: 2000, trees: 1 })).toEqual(exact)
  })

  it.each([
    ['on a surface', surface(600)],
    ['at 10⁴ in float32', matrix(createRandom(7).normals(600 * 4, 1e4), 600, 4)],
    [
      'at 10⁹',
      matrix(
        Float64Array.from(createRandom(8).normals(600 * 4), (v) => 1e9 + v),
        600,
        4,
      ),
    ],
    [
      'in tight groups far apart',
      matrix(
        Float64Array.from(createRandom(9).normals(600 * 3), (v, at) => 1e6 * (Math.floor(at / 3) % 5) + 1e-4 * v),
        600,
        3,
      ),
    ],
    ['on a grid of ties', asMatrix(Array.from({ length: 600 }, (_, i) => [i % 25, Math.floor(i / 25)]))],
    [
      'too long for float32',
      matrix(
        Float64Array.from(createRandom(6).normals(600 * 3), (v) => 1e30 * v),
        600,
        3,
      ),
    ],
  ])('finds the same with products as without: points %s', async (_, far) => {
    const products = await nativeProducts()
    const options = { random: createRandom(2), leaf: 64, trees: 4 }
    const plain = approximateNeighbours(far, 8, options)
    expect(approximateNeighbours(far, 8, options, products)).toEqual(plain)
    expect(recall(plain, nearestNeighbours(far, 8))).toBeGreaterThan(0.7)
  })

  it('copes with equal points', () => {
    const found = approximateNeighbours(matrix(new Float32Array(600).fill(2), 300, 2), 3, {
      random: createRandom(4),
      leaf: 16,
    })
    expect(found.distances.every((distance) => distance === 0)).toBe(true)
    for (let i = 0; i < 300; i++) {
      const own = [...found.indices.subarray(3 * i, 3 * i + 3)]
      expect(new Set(own).size).toBe(3)
      expect(own).not.toContain(i)
    }
  })

  it('serves a graph', () => {
    const random = createRandom(5)
    const graph = knnGraph(points, { neighbours: 5, approximate: { random, leaf: 2000, trees: 1 } })
    expect(graph).toEqual(knnGraph(points, { neighbours: 5 }))
  })

  it('says what is wrong with its options', () => {
    const random = createRandom(6)
    expect(() => approximateNeighbours(points, 10, { random, leaf: 20 })).toThrow(
      'leaf: got 20; allowed: an integer from 22',
    )
    expect(() => approximateNeighbours(points, 10, { random, trees: 0 })).toThrow('trees: got 0')
    expect(() => approximateNeighbours(points, 2000, { random })).toThrow('k: got 2000')
  })
})
