import { describe, expect, it } from 'vitest'
import type { SeedResult } from '../report/run-result'
import { example } from '../report/testing/example-run'
import { type Judged, sizeWarnings, warningsOf } from './warnings'

const truth = Int32Array.from({ length: 300 }, (_, row) => row % 3)
const seed = (change: Partial<SeedResult> = {}): SeedResult => ({
  ...example().run.seeds[0],
  ...{ epochs: 20, history: Array.from({ length: 20 }, (_, epoch) => ({ loss: 3 - 0.1 * epoch })) },
  ...{ ari: 0.9, sizes: [100, 100, 100] },
  ...change,
})
const healthy: Judged = {
  pipeline: 'bootsc',
  seeds: [seed()],
  baselines: { kmeans: { ...example().run.baselines.kmeans, ari: 0.8 } },
  dataset: { labels: truth, classNames: ['red', 'green', 'blue'] },
  labels: truth,
  steps: { rows: 300, batchSize: 32, dropLast: true },
  askedK: 3,
}
const codes = (change: Partial<Judged>) => warningsOf({ ...healthy, ...change }).map(({ code }) => code)
const told = (change: Partial<Judged>) => warningsOf({ ...healthy, ...change }).map(({ message }) => message)

describe('warnings', () => {
  it('are silent on a healthy run', () => {
    expect(warningsOf(healthy)).toEqual([])
    expect(codes({ steps: null, seeds: [seed({ history: [], epochs: 0 })] })).toEqual([])
    expect(codes({ dataset: {}, baselines: { kmeans: { ...healthy.baselines.kmeans, ari: undefined } } })).toEqual([])
  })

  it('tell another number of clusters than was asked for', () => {
    expect(told({ pipeline: 'leiden', askedK: 2 })).toEqual(['leiden found 3 clusters where 2 were asked for.'])
    expect(codes({ pipeline: 'leiden', askedK: null })).toEqual([])
  })

  it('tell a loss that never moved', () => {
    const still = Array.from({ length: 20 }, (_, epoch) => ({ loss: 2.31 + 1e-5 * (epoch % 3) }))
    expect(told({ seeds: [seed({ history: still })] })[0]).toMatch(/^The loss never moved: it was 2\.310 .* 20 epochs/)
    // One that moves little but moves, one that is 0.01 and falls, and one of too few epochs.
    const slow = Array.from({ length: 20 }, (_, epoch) => ({ loss: 2.3 - 0.001 * epoch }))
    const small = [{ loss: 0.01 }, { loss: 0.009 }, { loss: 0.0085 }]
    for (const history of [slow, small, still.slice(0, 2)]) expect(codes({ seeds: [seed({ history })] })).toEqual([])
  })

  it('tell few steps that leave out rows', () => {
    const steps = { rows: 680, batchSize: 256, dropLast: true }
    const [message] = told({ steps })
    expect(message).toBe(
      'An epoch has 2 steps of 256 rows and leaves out 168 of 680 rows (25 %), drawn anew each time. --batch-size 170 would leave out fewer.',
    )
    expect(told({ steps, seeds: [seed({ epochs: 1, history: [] })] })[0]).toContain(
      'after 1 epoch about 168 were never seen',
    )
    expect(codes({ steps: { ...steps, dropLast: false } })).toEqual([])
    expect(codes({ steps: { ...steps, rows: 530 } })).toEqual([])
    expect(codes({ steps: { ...steps, batchSize: 64 } })).toEqual([])
    expect(codes({ steps: { ...steps, batchSize: 680 } })).toEqual([])
  })

  it('tell a collapse, and clusters that died', () => {
    expect(codes({ seeds: [seed({ sizes: [300, 0, 0] })] })).toEqual(['collapsed', 'empty-clusters'])
    expect(told({ seeds: [seed({ sizes: [290, 6, 4] })] })).toEqual([
      '290 of 300 rows are in one of 3 clusters: the clustering has collapsed, and its scores mean nothing.',
    ])
    expect(told({ seeds: [seed({ sizes: [150, 150, 0] })] })[0]).toMatch(/^1 of 3 clusters has no row/)
    expect(codes({ seeds: [seed({ sizes: [200, 60, 40] })] })).toEqual([])
  })

  it('hold no collapse for one where the classes are so', () => {
    const mostlyOne = Int32Array.from({ length: 300 }, (_, row) => (row < 280 ? 0 : 1))
    expect(sizeWarnings([275, 25], mostlyOne)).toEqual([])
    expect(sizeWarnings([275, 25])).toHaveLength(1)
    expect(sizeWarnings([30])[0].message).toContain('All 30 rows are in a single cluster')
    expect(sizeWarnings([30], new Int32Array(30))).toEqual([])
  })

  it('tell which seeds they are about', () => {
    const seeds = [seed(), seed({ seed: 4, sizes: [300, 0, 0] }), seed({ seed: 7, sizes: [300, 0, 0] })]
    expect(told({ seeds })[0]).toMatch(/^Seed 4, 7: All 300 rows are in one of 3 clusters/)
    expect(told({ seeds: seeds.slice(1) })[0]).toMatch(/^All 300 rows/)
  })

  it('tell labels that are worse than those of k-means', () => {
    expect(told({ seeds: [seed({ ari: 0.5 }), seed({ seed: 1, ari: 0.7 })] })).toEqual([
      'By the true classes bootsc is worse than k-means on the rows as they are: ARI 0.600 against 0.800.',
    ])
    expect(codes({ seeds: [seed({ ari: 0.795 })] })).toEqual([])
    expect(codes({ pipeline: 'kmeans', seeds: [seed({ ari: 0.5 })] })).toEqual([])
  })

  it('tell a cluster whose class is a small part of it', () => {
    // 100 rows each of red and green, of which cluster 2 has 43 and 42, beside all 15 that are blue.
    const known = Int32Array.from({ length: 215 }, (_, row) => (row < 100 ? 0 : row < 200 ? 1 : 2))
    const labels = known.map((label, row) => (row % 100 < 43 - label && label < 2 ? 2 : label))
    const [message] = told({ labels, dataset: { labels: known, classNames: ['red', 'green', 'blue'] } })
    expect(message).toBe(
      'One cluster matches a class that makes less than a third of it, and is not called by it: 15 % of cluster 2 is “blue”.',
    )
  })
})
