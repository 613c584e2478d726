import { createRandom } from '@dc/core/random'
import { describe, expect, it } from 'vitest'
import { plainProducts } from '../testing/plain-products'
import { sampleOfClusters } from './sample-of-clusters'
import { calinskiHarabasz, daviesBouldin, dunn } from './separation'
import { silhouette, silhouetteSamples } from './silhouette'

const n = 90
const d = 7
const random = createRandom(1)
const labels = Array.from({ length: n }, (_, i) => i % 4)
const features = random.normals(n * d).map((value, at) => value + 3 * (labels[Math.floor(at / d)] ?? 0))

const products = plainProducts

const distance = (i: number, j: number) =>
  Math.hypot(...Array.from({ length: d }, (_, c) => features[i * d + c] - features[j * d + c]))

describe('silhouette', () => {
  it('is what the definition gives, sample by sample', () => {
    const expected = labels.map((own, i) => {
      const mean = (k: number) => {
        const others = labels.flatMap((label, j) => (label === k && j !== i ? [distance(i, j)] : []))
        return others.reduce((a, b) => a + b, 0) / others.length
      }
      const within = mean(own)
      const between = Math.min(...[0, 1, 2, 3].filter((k) => k !== own).map(mean))
      return (between - within) / Math.max(within, between)
    })
    const found = silhouetteSamples({ values: features, shape: [n, d] }, labels)
    for (let i = 0; i < n; i++) expect(found[i]).toBeCloseTo(expected[i], 12)
  })

  it('takes a matrix product from outside', () => {
    const shifted = features.map((value) => value + 50)
    expect(silhouette({ values: shifted, shape: [n, d] }, labels, { products })).toBeCloseTo(
      silhouette({ values: shifted, shape: [n, d] }, labels),
      4,
    )
  })

  it('scores a seeded sample', () => {
    const sampled = silhouette({ values: features, shape: [n, d] }, labels, { sample: 60, random: createRandom(2) })
    expect(sampled).toBe(
      silhouette({ values: features, shape: [n, d] }, labels, { sample: 60, random: createRandom(2) }),
    )
    expect(Math.abs(sampled - silhouette({ values: features, shape: [n, d] }, labels))).toBeLessThan(0.1)
    expect(() => silhouette({ values: features, shape: [n, d] }, labels, { sample: 60 })).toThrow(
      'random: got undefined',
    )
    expect(() => silhouette({ values: features, shape: [n, d] }, labels, { sample: 1000, random })).toThrow(
      'sample: got 1000',
    )
  })
  it('samples every cluster, however small', () => {
    // One row of 2,000 is a cluster of its own: a plain sample of 20 misses it.
    const rare = Int32Array.from({ length: 2000 }, (_, row) => (row === 1234 ? 1 : 0))
    const line = Float64Array.from(rare, (label, row) => 100 * label + (row % 7) / 7)
    for (const seed of [0, 1, 2])
      expect(
        silhouette({ values: line, shape: [2000, 1] }, rare, { sample: 20, random: createRandom(seed) }),
      ).toBeGreaterThan(0.9)
    for (const size of [4, 6, 21, 50, 100]) {
      const many = Int32Array.from({ length: 100 }, (_, row) => (row < 97 ? 0 : row))
      const rows = sampleOfClusters(many, size + (size === 4 ? 1 : 0), createRandom(size))
      expect(new Set(Array.from(rows, (row) => many[row])).size).toBe(4)
      expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b))
    }
    const pairs = sampleOfClusters([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], 4, createRandom(0))
    expect(Array.from(pairs, (row) => (row < 6 ? 0 : 1))).toEqual([0, 0, 1, 1])
    expect(() => sampleOfClusters([0, 1, 2, 3, 3], 4, createRandom(0))).toThrow(
      'sample: got 4; allowed: more than 4, the number of clusters, or all 5 samples',
    )
    expect(() => sampleOfClusters([0, 1], 3, createRandom(0))).toThrow(
      'sample: got 3; allowed: an integer from 1 to n = 2',
    )
  })
})

describe('far from 0, and of near points in groups far apart', () => {
  const plain = (rows: ArrayLike<number>) => {
    const of = (i: number, j: number) =>
      Math.hypot(...Array.from({ length: d }, (_, c) => rows[i * d + c] - rows[j * d + c]))
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
    const members = [0, 1, 2, 3].map((k) => labels.flatMap((label, i) => (label === k ? [i] : [])))
    const silhouettes = labels.map((own, i) => {
      const to = members.map((rowsOf, k) => mean(rowsOf.filter((j) => k !== own || j !== i).map((j) => of(i, j))))
      const between = Math.min(...to.filter((_, k) => k !== own))
      return (between - to[own]) / Math.max(between, to[own])
    })
    const pairs = labels.flatMap((_, i) =>
      labels.slice(0, i).map((_, j) => ({ same: labels[i] === labels[j], far: of(i, j) })),
    )
    const nearest = Math.min(...pairs.filter(({ same }) => !same).map(({ far }) => far))
    return { silhouettes, dunn: nearest / Math.max(...pairs.filter(({ same }) => same).map(({ far }) => far)) }
  }
  /** A row less the first: what the scores must see, since only differences count. */
  const near = (rows: Float64Array) => rows.map((value, at) => value - rows[at % d])

  it.each([
    ['at 10⁴', 1e4, 1, 1],
    ['at 10⁹', 1e9, 1, 1],
    ['at 10¹²', 1e12, 1, 1],
    ['in tight groups of single clusters', 0, 1e4, 1e-2],
    ['in tight groups of all clusters', 0, 1e6, 1e-2],
  ])('scores are those of plain loops: points %s', (name, offset, apart, tight) => {
    const group = name.endsWith('all clusters') ? (i: number) => Math.floor(i / 4) % 3 : (i: number) => labels[i]
    const space = Float64Array.from(features, (value, at) => offset + apart * group(Math.floor(at / d)) + tight * value)
    const expected = plain(space)
    const lent = silhouetteSamples({ values: space, shape: [n, d] }, labels, { products })
    const own = silhouetteSamples({ values: space, shape: [n, d] }, labels)
    expected.silhouettes.forEach((value, i) => {
      expect(own[i]).toBeCloseTo(value, 10)
      expect(Math.abs(lent[i] - value)).toBeLessThan(1e-4)
    })
    expect(dunn({ values: space, shape: [n, d] }, labels) / expected.dunn).toBeCloseTo(1, 12)
    expect(dunn({ values: space, shape: [n, d] }, labels, { products })).toBe(
      dunn({ values: space, shape: [n, d] }, labels),
    )
    for (const score of [daviesBouldin, calinskiHarabasz]) {
      const value = score({ values: near(space), shape: [n, d] }, labels)
      expect(Math.abs(score({ values: space, shape: [n, d] }, labels) - value)).toBeLessThanOrEqual(1e-9 * value)
    }
  })

  it('float32 features are scored as what they are', () => {
    const single = Float32Array.from(features, (value) => value + 1e4)
    const expected = plain(single)
    for (const lent of [null, products])
      silhouetteSamples({ values: single, shape: [n, d] }, labels, { products: lent }).forEach((value, i) => {
        expect(Math.abs(value - expected.silhouettes[i])).toBeLessThan(lent ? 1e-4 : 1e-10)
      })
  })
})

describe('dunn', () => {
  it('is the smallest distance between clusters over the largest within', () => {
    let [nearest, widest] = [Number.POSITIVE_INFINITY, 0]
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++)
        if (labels[i] === labels[j]) widest = Math.max(widest, distance(i, j))
        else nearest = Math.min(nearest, distance(i, j))
    expect(dunn({ values: features, shape: [n, d] }, labels)).toBeCloseTo(nearest / widest, 12)
    expect(dunn({ values: features, shape: [n, d] }, labels, { products })).toBeCloseTo(nearest / widest, 4)
  })
  it('is infinite for clusters that are points', () =>
    expect(dunn({ values: [0, 0, 5], shape: [3, 1] }, [0, 0, 1])).toBe(Infinity))
})

describe('bad input to internal scores', () => {
  it.each([silhouette, daviesBouldin, calinskiHarabasz, dunn])('%o names it', (score) => {
    expect(() => score({ values: [1, 2, 3], shape: [3, 2] }, [0, 0, 1])).toThrow(
      'features.values has shape [3]; expected [3 × 2] numbers',
    )
    expect(() => score({ values: [1, 2, Number.NaN, 4, 5, 6], shape: [3, 2] }, [0, 0, 1])).toThrow(
      'features[1, 0] is NaN',
    )
    expect(() => score({ values: [1, 2, 3], shape: [3, 1] }, [0, 1])).toThrow('labels has shape [2]; expected [3]')
    expect(() => score({ values: [1, 2, 3], shape: [3, 1] }, [0, 0, 0])).toThrow(
      'labels has 1 distinct cluster for 3 samples',
    )
    expect(() => score({ values: [1, 2, 3], shape: [3, 1] }, [0, 1, 2])).toThrow(
      'labels has 3 distinct clusters for 3 samples',
    )
    expect(() => score({ values: [], shape: [0, 1] }, [])).toThrow('features has shape [0, 1]')
  })
})
