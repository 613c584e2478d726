import { createRandom, type Dataset } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { adjustedRandIndex, contingencyTable } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { createAttempts } from '../run/attempts'
import { agreementOf, meanAgreement } from './agreement'
import { mostSpectral, runBaselines } from './baselines'
import { commonSpace } from './common-space'
import { type JudgedMethod, verdict } from './verdict'

/** Rows of one of k directions, of any length. */
function rays(n: number, k: number, width = 32): { dataset: Dataset; truth: Int32Array } {
  const random = createRandom(5)
  const centres = random.normals(k * width)
  const truth = Int32Array.from({ length: n }, (_, row) => row % k)
  const values = new Float32Array(n * width)
  for (let row = 0; row < n; row++) {
    const scale = 0.2 + random.uniform()
    for (let c = 0; c < width; c++)
      values[row * width + c] = scale * (centres[truth[row] * width + c] + 0.3 * random.normal())
  }
  return { dataset: memoryDataset({ name: 'rays', values, sampleShape: [width] }), truth }
}

const baselinesOf = async (dataset: Dataset, k: number, most = 10_000) => {
  const told: string[] = []
  const attempts = createAttempts({ note: (line) => void told.push(line) })
  const space = await commonSpace(dataset, null, { most })
  const found = await runBaselines({ dataset, k, seed: 0, space, products: null, attempts })
  expect(told).toEqual([])
  return found
}

describe('baselines', () => {
  it('are k-means, spectral clustering and Leiden, and find what is there', async () => {
    const { dataset, truth } = rays(300, 4)
    const found = await baselinesOf(dataset, 4)
    expect(Object.keys(found)).toEqual(['kmeans', 'spectral', 'leiden'])
    for (const { labels, k, partAgreement } of [found.spectral!, found.leiden!]) {
      expect(adjustedRandIndex(contingencyTable(truth, labels))).toBe(1)
      expect(k).toBe(4)
      expect(partAgreement).toBe(1)
    }
    expect((await baselinesOf(dataset, 4)).kmeans!.labels).toEqual(found.kmeans!.labels)
  })

  it('give the rows outside of the graph the label of their nearest in it', async () => {
    const { dataset, truth } = rays(2600, 3)
    const { spectral, leiden } = await baselinesOf(dataset, 3, 300)
    for (const { labels, method } of [spectral!, leiden!]) {
      expect(labels).toHaveLength(2600)
      expect(adjustedRandIndex(contingencyTable(truth, labels))).toBe(1)
      expect(method).toContain('on 300 rows drawn at random')
    }
  })

  it.each([
    [2, 2],
    [3, 3],
    [5, 2],
    [40, 39],
  ])('of %i rows in %i clusters are there too', async (n, k) => {
    const { dataset } = rays(n, k)
    const found = await baselinesOf(dataset, k)
    expect(Object.keys(found)).toEqual(['kmeans', 'spectral', 'leiden'])
    for (const { labels, k: clusters } of Object.values(found))
      expect(labels.every((label) => label >= 0 && label < clusters)).toBe(true)
  })

  it('of rows that are all alike are there too', async () => {
    const values = new Float32Array(30 * 4).fill(1)
    const found = await baselinesOf(memoryDataset({ name: 'alike', values, sampleShape: [4] }), 3)
    expect(Object.keys(found)).toEqual(['kmeans', 'spectral', 'leiden'])
  })

  it('are no spectral clustering of very many clusters', async () => {
    const { dataset } = rays(mostSpectral + 10, mostSpectral + 1)
    expect(Object.keys(await baselinesOf(dataset, mostSpectral + 1))).toEqual(['kmeans', 'leiden'])
  }, 60_000)
})

describe('agreement', () => {
  it('is the ARI and the NMI of every two labelings', () => {
    const [a, b] = [Int32Array.of(0, 0, 1, 1), Int32Array.of(1, 1, 0, 2)]
    const { methods, ari, nmi } = agreementOf([
      ['a', a],
      ['b', b],
      ['a again', a],
    ])
    expect(methods).toEqual(['a', 'b', 'a again'])
    const one = adjustedRandIndex(contingencyTable(a, b))
    expect(ari).toEqual([
      [1, one, 1],
      [one, 1, one],
      [1, one, 1],
    ])
    expect(nmi[0][1]).toBeCloseTo(0.8, 1)
    expect(meanAgreement([a, b, a])).toBeCloseTo((1 + 2 * one) / 3, 12)
    expect(meanAgreement([a])).toBeNull()
  })
})

describe('verdict', () => {
  const method = (name: string, more: Partial<JudgedMethod>): JudgedMethod => ({
    ...{ name, ari: null, silhouette: 0.2, neighbourAgreement: 0.8, sizes: [50, 50] },
    ...more,
  })
  const alike = (value: number) => ({
    methods: ['a', 'k-means', 'Leiden'],
    ari: [
      [1, value, value],
      [value, 1, value],
      [value, value, 1],
    ],
    nmi: [],
  })
  const of = (methods: readonly JudgedMethod[], ari = 0.3) => verdict(methods, alike(ari))

  it('goes by the true classes where they are known', () => {
    const three = (own: number) => [
      method('a', { ari: own }),
      method('k-means', { ari: 0.5 }),
      method('Leiden', { ari: 0.4 }),
    ]
    expect(of(three(0.6))).toBe(
      'By the true classes a (ARI 0.600) is the best of those compared, ahead of k-means (0.500).',
    )
    expect(of(three(0.505))).toContain('are level')
    expect(of(three(0.3))).toBe('By the true classes a (ARI 0.300) is behind k-means (0.500) and Leiden (0.400).')
  })

  it('says of a collapse that it is one, whatever its scores are', () => {
    const collapsed = method('a', { sizes: [99, 1], neighbourAgreement: 1 })
    expect(of([collapsed, method('k-means', {}), method('Leiden', {})])).toBe(
      '99 of 100 rows are in one of 2 clusters, so a has found nothing: take the labels of k-means or Leiden.',
    )
  })

  it('says whether methods agree, and of what the indices are a hint', () => {
    const three = [method('a', { silhouette: 0.1 }), method('k-means', {}), method('Leiden', { silhouette: 0.3 })]
    expect(of(three, 0.9)).toMatch(
      /^a finds nearly the same clusters as k-means and Leiden .*; silhouette favours Leiden, a hint and no proof\.$/,
    )
    expect(of(three, 0.6)).toMatch(/agrees in part with k-means and Leiden/)
    const split = [
      method('a', { silhouette: 0.5 }),
      method('k-means', { neighbourAgreement: 0.9 }),
      method('Leiden', {}),
    ]
    expect(of(split)).toBe(
      'a disagrees with k-means and Leiden (ARI 0.300), so look at the clusters before you trust any of them; silhouette favours a, neighbour agreement k-means, so the indices do not decide.',
    )
    expect(of([method('a', {}), method('k-means', {}), method('Leiden', {})])).toContain('see no difference')
  })

  it('does not call two leaders level with a run that is behind both', () => {
    const behind = [
      method('a', { silhouette: 0.05, neighbourAgreement: 0.4 }),
      method('k-means', {}),
      method('Leiden', {}),
    ]
    expect(of(behind)).toMatch(/; silhouette and neighbour agreement favour k-means and Leiden, a hint and no proof\.$/)
    const level = [
      method('a', {}),
      method('k-means', {}),
      method('Leiden', { silhouette: 0.1, neighbourAgreement: 0.7 }),
    ]
    expect(of(level)).toMatch(/favour a and k-means, a hint/)
  })

  it('takes agreement on a cluster for each row for what it is', () => {
    const sizes = Array<number>(60).fill(1)
    const each = (name: string) => method(name, { sizes })
    expect(of([each('a'), each('k-means'), each('Leiden')], 1)).toBe(
      '60 clusters of 60 rows are nearly one for each row: methods agree on that whatever the rows are.',
    )
  })

  it('does not hold few clusters for better ones', () => {
    const coarse = method('Leiden', { sizes: [100, 0], silhouette: 0.9, neighbourAgreement: 1 })
    expect(of([method('a', { silhouette: 0.3 }), method('k-means', {}), coarse])).not.toContain('favours Leiden')
  })
})
