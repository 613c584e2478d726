// With lent products k-means does the same as without, draw for draw and round for round.
import { createRandom, type Random } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { beforeAll, describe, expect, it } from 'vitest'
import { asMatrix, type Matrix, matrix } from '../matrix'
import { nativeProducts } from '../native-products'
import { noisyProducts } from '../testing/noisy-products'
import { kmeans } from './kmeans'
import { miniBatchKMeans } from './mini-batch'
import { sizeConstrainedKMeans } from './size-constrained'

let products: Products
beforeAll(async () => {
  products = await nativeProducts()
})
const random = createRandom(3)

/** Values of n rows of d. */
const kinds: Record<string, (random: Random, n: number, d: number) => Float32Array | Float64Array> = {
  'around 0': (draws, n, d) => draws.normals(n * d),
  'float32 at 10⁴': (draws, n, d) => draws.normals(n * d, 1e4),
  'float64 at 10⁹': (draws, n, d) => Float64Array.from(draws.normals(n * d), (v) => 1e9 + v),
  'in tight groups far apart': (draws, n, d) =>
    Float64Array.from(draws.normals(n * d), (v, at) => 1e4 * (Math.floor(at / d) % 3) + 1e-3 * v),
  'each there several times': (draws, n, d) => Float32Array.from({ length: n * d }, () => draws.integer(3)),
  'too long for float32': (draws, n, d) => Float64Array.from(draws.normals(n * d), (v) => 1e30 * v),
}

describe('k-means with products', () => {
  it.each(Object.entries(kinds))('labels 400 small problems as without: points %s', (_, make) => {
    for (let seed = 0; seed < 400; seed++) {
      const draws = createRandom(seed)
      const [n, d, k] = [6 + draws.integer(40), 1 + draws.integer(6), 2 + draws.integer(4)]
      const points = matrix(make(draws, n, d), n, d)
      const weights = seed % 2 ? draws.uniforms(n) : undefined
      const [plain, fast] = [null, products].map((lent) =>
        kmeans(points, {
          k,
          nInit: 1,
          random: draws,
          products: lent,
          weights,
        }),
      )
      expect(fast.labels).toEqual(plain.labels)
      expect(fast.iterations).toBe(plain.iterations)
      expect(fast.centroids).toEqual(plain.centroids)
    }
  })

  it.each(Object.entries(kinds))('so do its relatives: points %s', (_, make) => {
    for (let seed = 0; seed < 10; seed++) {
      const points = matrix(make(createRandom(seed), 60, 5), 60, 5)
      for (const run of [
        (lent: Products | null) => sizeConstrainedKMeans(points, { k: 4, random, products: lent }).labels,
        (lent: Products | null) => miniBatchKMeans(points, { k: 4, random, batchSize: 16, products: lent }).labels,
      ])
        expect(run(products)).toEqual(run(null))
    }
  })

  it.each([2, 7])('gives the very same clusters of many columns, k = %d', (k) => {
    const points = matrix(createRandom(1).normals(900 * 40), 900, 40)
    const plain = kmeans(points, { k, random, nInit: 2 })
    const fast = kmeans(points, { k, random, nInit: 2, products })
    expect(fast.labels).toEqual(plain.labels)
    expect(fast.iterations).toBe(plain.iterations)
    expect(fast.predict(points)).toEqual(plain.labels)
  })

  it('takes products at their word only within their error', () => {
    for (const make of Object.values(kinds)) {
      const points = matrix(make(createRandom(8), 80, 6), 80, 6)
      const [plain, fast] = [null, noisyProducts].map((lent) =>
        kmeans(points, { k: 5, random, nInit: 3, products: lent }),
      )
      expect(fast.labels).toEqual(plain.labels)
    }
  })
})

describe('k-means far from 0', () => {
  const both = (points: Matrix, options: object = {}) =>
    [null, products].map((lent) => kmeans(points, { k: 2, random, products: lent, ...options }))

  it('finds the two pairs of four times in seconds', () => {
    for (const fit of both(asMatrix([[1748735999], [1748736001], [1748736029], [1748736031]]))) {
      expect(fit.labels[0]).toBe(fit.labels[1])
      expect(fit.labels[2]).toBe(fit.labels[3])
      expect(fit.labels[0]).not.toBe(fit.labels[2])
      expect(fit.inertia).toBe(4)
      expect([...fit.centroids.values].sort()).toEqual([1748736000, 1748736030])
    }
  })

  it('tells near points in groups far apart', () => {
    for (const fit of both(asMatrix([[0], [0.001], [1e4], [1e4 + 0.001]]), { k: 4 })) expect(fit.inertia).toBe(0)
    for (const fit of both(matrix(Float32Array.of(0, 0.001, 1e4, 1e4 + 0.001), 4, 1), { k: 4 }))
      expect(fit.inertia).toBe(0)
  })

  it.each([1e4, 1e9, 1e12])('does as near 0: offset %d', (offset) => {
    // Multiples of what float64 holds at the offset, so that moving the points changes no distance.
    const unit = Math.max(2 ** -20, offset * 2 ** -48)
    const values = Float64Array.from(createRandom(5).normals(3000 * 3), (v) => Math.round(v / unit) * unit)
    const near = kmeans(matrix(values, 3000, 3), { k: 6, random, nInit: 2 })
    const far = matrix(
      values.map((value) => value + offset),
      3000,
      3,
    )
    for (const fit of both(far, { k: 6, nInit: 2 })) {
      let different = 0
      for (let i = 0; i < 3000; i++) if (fit.labels[i] !== near.labels[i]) different++
      // Centroids are rounded to float64 there.
      expect(different).toBeLessThanOrEqual(offset < 1e12 ? 0 : 3)
      expect(Math.abs(fit.inertia - near.inertia)).toBeLessThan(1e-5 * near.inertia)
      for (let at = 0; at < 18; at++)
        expect(Math.abs(fit.centroids.values[at] - offset - near.centroids.values[at])).toBeLessThan(
          offset < 1e12 ? 4 * offset * 2 ** -52 : 0.05,
        )
    }
  })
})
