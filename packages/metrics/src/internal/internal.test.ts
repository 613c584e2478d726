import { createRandom } from '@dc/core/random'
import { describe, expect, it } from 'vitest'
import type { BlockProduct } from './features'
import { sampleOfClusters } from './sample-of-clusters'
import { calinskiHarabasz, daviesBouldin, dunn } from './separation'
import { silhouette, silhouetteSamples } from './silhouette'

const n = 90
const d = 7
const random = createRandom(1)
const labels = Array.from({ length: n }, (_, i) => i % 4)
const features = random.normals(n * d).map((value, at) => value + 3 * (labels[Math.floor(at / d)] ?? 0))

/** A plain float64 `a · bᵀ`. */
const product: BlockProduct = (a, b, rows, columns, width) => {
  const out = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      for (let c = 0; c < width; c++) out[i * columns + j] += a[i * width + c] * b[j * width + c]
  return out
}

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
    const found = silhouetteSamples(features, n, d, labels)
    for (let i = 0; i < n; i++) expect(found[i]).toBeCloseTo(expected[i], 12)
  })

  it('takes a matrix product from outside', () => {
    const shifted = features.map((value) => value + 50)
    expect(silhouette(shifted, n, d, labels, { product })).toBeCloseTo(silhouette(shifted, n, d, labels), 4)
  })

  it('scores a seeded sample', () => {
    const sampled = silhouette(features, n, d, labels, { sample: 60, random: createRandom(2) })
    expect(sampled).toBe(silhouette(features, n, d, labels, { sample: 60, random: createRandom(2) }))
    expect(Math.abs(sampled - silhouette(features, n, d, labels))).toBeLessThan(0.1)
    expect(() => silhouette(features, n, d, labels, { sample: 60 })).toThrow('random: got undefined')
    expect(() => silhouette(features, n, d, labels, { sample: 1000, random })).toThrow('sample: got 1000')
  })
  it('samples every cluster, however small', () => {
    // One row of 2,000 is a cluster of its own: a plain sample of 20 misses it.
    const rare = Int32Array.from({ length: 2000 }, (_, row) => (row === 1234 ? 1 : 0))
    const line = Float64Array.from(rare, (label, row) => 100 * label + (row % 7) / 7)
    for (const seed of [0, 1, 2])
      expect(silhouette(line, 2000, 1, rare, { sample: 20, random: createRandom(seed) })).toBeGreaterThan(0.9)
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

describe('dunn', () => {
  it('is the smallest distance between clusters over the largest within', () => {
    let [nearest, widest] = [Number.POSITIVE_INFINITY, 0]
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++)
        if (labels[i] === labels[j]) widest = Math.max(widest, distance(i, j))
        else nearest = Math.min(nearest, distance(i, j))
    expect(dunn(features, n, d, labels)).toBeCloseTo(nearest / widest, 12)
    expect(dunn(features, n, d, labels, { product })).toBeCloseTo(nearest / widest, 4)
  })
  it('is infinite for clusters that are points', () => expect(dunn([0, 0, 5], 3, 1, [0, 0, 1])).toBe(Infinity))
})

describe('bad input to internal scores', () => {
  it.each([silhouette, daviesBouldin, calinskiHarabasz, dunn])('%o names it', (score) => {
    expect(() => score([1, 2, 3], 3, 2, [0, 0, 1])).toThrow('features has shape [3]; expected [3 × 2] values')
    expect(() => score([1, 2, Number.NaN, 4, 5, 6], 3, 2, [0, 0, 1])).toThrow('features[1, 0] is NaN')
    expect(() => score([1, 2, 3], 3, 1, [0, 1])).toThrow('labels has shape [2]; expected [3]')
    expect(() => score([1, 2, 3], 3, 1, [0, 0, 0])).toThrow('labels has 1 distinct cluster for 3 samples')
    expect(() => score([1, 2, 3], 3, 1, [0, 1, 2])).toThrow('labels has 3 distinct clusters for 3 samples')
    expect(() => score([], 0, 1, [])).toThrow('n: got 0')
  })
})
