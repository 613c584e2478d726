import { createRandom } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { describe, expect, it } from 'vitest'
import { asMatrix, type Matrix, matrix, squaredDistance, takeRows } from '../matrix'
import { nativeProducts } from '../native-products'
import { noisyProducts } from '../testing/noisy-products'
import { nearestNeighbours } from './nearest-neighbours'
import { fewBytes } from './ruler'

function normals(n: number, d: number, seed: number, mean = 0): Matrix {
  return matrix(createRandom(seed).normals(n * d, mean), n, d)
}

/** All distances, sorted by distance and then row: the definition. */
function bruteForce(points: Matrix, k: number, queries = points): number[] {
  return Array.from({ length: queries.rows }, (_, i) =>
    Array.from({ length: points.rows }, (_, j) => [squaredDistance(queries, i, points, j), j])
      .filter(([, j]) => queries !== points || j !== i)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1])
      .slice(0, k)
      .map(([, j]) => j),
  ).flat()
}

describe('nearestNeighbours', () => {
  it('finds the definition, nearest first', () => {
    const points = normals(80, 5, 1)
    const found = nearestNeighbours(points, 4)
    expect([...found.indices]).toEqual(bruteForce(points, 4))
    expect(found.distances[0]).toBe(Math.sqrt(squaredDistance(points, 0, points, found.indices[0])))
  })

  it.each([
    ['well scaled', normals(700, 40, 2)],
    ['far from the origin', normals(300, 12, 3, 5000)],
    [
      'at 10⁹ in float64',
      matrix(
        Float64Array.from(normals(300, 5, 13).values, (v) => 1e9 + v),
        300,
        5,
      ),
    ],
    [
      'in pairs at 0 and 10⁹',
      matrix(
        Float64Array.from(normals(300, 3, 15).values, (v, at) => 1e9 * (Math.floor(at / 3) % 2) + 1e-6 * v),
        300,
        3,
      ),
    ],
    [
      'with an outlier',
      matrix(
        normals(300, 6, 4).values.map((v, at) => (at === 7 ? 1e6 : v)),
        300,
        6,
      ),
    ],
    [
      'too large for float32',
      matrix(
        Float64Array.from(normals(60, 3, 5).values, (v) => v * 1e30),
        60,
        3,
      ),
    ],
    [
      'tiny',
      matrix(
        Float64Array.from(normals(60, 3, 6).values, (v) => v * 1e-30),
        60,
        3,
      ),
    ],
    [
      'so large that their float32 squares overflow',
      matrix(
        normals(60, 3, 10).values.map((v) => v * 1e30),
        60,
        3,
      ),
    ],
    [
      'in tight clusters',
      matrix(
        normals(300, 9, 11).values.map((v, at) => 100 * (Math.floor(at / 9) % 4) + 1e-3 * v),
        300,
        9,
      ),
    ],
    [
      'each there three times',
      takeRows(
        normals(50, 7, 12),
        [...Array(150).keys()].map((i) => i % 50),
      ),
    ],
    ['of equal rows', matrix(new Float32Array(200).fill(3), 100, 2)],
    ['on a grid of ties', asMatrix(Array.from({ length: 400 }, (_, i) => [i % 20, Math.floor(i / 20)]))],
  ])('products change nothing: points %s', async (_, points) => {
    const products = await nativeProducts()
    const plain = nearestNeighbours(points, 5)
    expect([...plain.indices]).toEqual(bruteForce(points, 5))
    const found = nearestNeighbours(points, 5, { products })
    expect(found.indices).toEqual(plain.indices)
    expect(found.distances).toEqual(plain.distances)
    const floatsOnly: Products = { name: 'floats', timesTransposed: products.timesTransposed }
    expect(nearestNeighbours(points, 5, { products: floatsOnly }).indices).toEqual(plain.indices)
  })

  it('takes products at their word only within their error', () => {
    const points = normals(150, 8, 7)
    expect(nearestNeighbours(points, 6, { products: noisyProducts }).indices).toEqual(
      nearestNeighbours(points, 6).indices,
    )
  })

  it('searches for other rows, which may find themselves', async () => {
    const [points, queries] = [normals(90, 4, 8), normals(30, 4, 9)]
    const products = await nativeProducts()
    expect([...nearestNeighbours(points, 3, { queries, products }).indices]).toEqual(bruteForce(points, 3, queries))
    const copy = { ...points }
    expect(nearestNeighbours(points, 1, { queries: copy }).distances.every((distance) => distance === 0)).toBe(true)
  })

  it('searches more rows than one block of integers holds, of mixed precision', async () => {
    const products = await nativeProducts()
    const [points, single] = [normals(17_000, 5, 13), normals(40, 5, 14)]
    const queries = { ...single, values: Float64Array.from(single.values) }
    const found = nearestNeighbours(points, 4, { queries, products })
    expect(found).toEqual(nearestNeighbours(points, 4, { queries }))
    expect(found.indices.some((row) => row > 16_384)).toBe(true)
    expect([...found.indices]).toEqual(bruteForce(points, 4, queries))
  }, 120_000)

  it('searches points that are too many to be measured in one place', async () => {
    const [n, d] = [42, 200_003]
    const values = Float64Array.from({ length: n * d }, (_, at) => ((at * 7919) % 1013) + (at % n))
    const points = matrix(values, n, d)
    expect(values.byteLength).toBeGreaterThan(fewBytes)
    const expected = bruteForce(points, 3)
    expect([...nearestNeighbours(points, 3).indices]).toEqual(expected)
    expect([...nearestNeighbours(points, 3, { products: await nativeProducts() }).indices]).toEqual(expected)
  }, 120_000)

  it('says what is wrong with its input', () => {
    const points = asMatrix([[0], [1], [5]])
    expect(() => nearestNeighbours(points, 3)).toThrow(
      'k: got 3; allowed: an integer from 1 to 2 (there are 3 points).',
    )
    expect(() => nearestNeighbours(points, 1, { queries: asMatrix([[1, 2]]) })).toThrow('queries has shape [1, 2]')
    expect(() => nearestNeighbours(asMatrix([[Number.POSITIVE_INFINITY], [0]]), 1)).toThrow('points holds Infinity')
  })
})
