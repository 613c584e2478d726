import { memoryDataset } from '@dc/data'
import { silhouetteSamples } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { clusterFacts } from './cluster-facts'
import { commonSpace } from './common-space'

const numbers = [0, 1, 2, 10, 11, 12, 20, 21, 22]
const labels = Int32Array.of(0, 0, 0, 1, 1, 2, 2, 2, 2)
const space = () =>
  commonSpace(memoryDataset({ name: 'line', values: Float32Array.from(numbers), sampleShape: [1] }), null)

describe('clusterFacts', () => {
  it('are what the definitions give', async () => {
    const other = Int32Array.of(5, 5, 5, 7, 7, 7, 7, 7, 7)
    const found = clusterFacts(labels, 4, await space(), { other }, null)
    expect(found.map(({ size }) => size)).toEqual([3, 2, 4, 0])
    const samples = silhouetteSamples(
      numbers.map((number) => [number]),
      labels,
    )
    const mean = (of: number) => {
      const own = [...samples].filter((_, row) => labels[row] === of)
      return own.reduce((sum, value) => sum + value, 0) / own.length
    }
    for (const cluster of [0, 1, 2]) expect(found[cluster].silhouette).toBeCloseTo(mean(cluster), 12)
    expect(found[3]).toEqual({
      size: 0,
      silhouette: null,
      neighbourAgreement: null,
      nearest: [],
      overlap: { other: 0 },
    })
    // All other 8 rows are neighbours of each row.
    expect(found[0].neighbourAgreement).toBeCloseTo(2 / 8, 12)
    expect(found[0].nearest).toEqual([
      { cluster: 2, share: 4 / 8 },
      { cluster: 1, share: 2 / 8 },
    ])
    expect(found.map(({ overlap }) => overlap.other)).toEqual([1, 2 / 6, 4 / 6, 0])
  })

  it('do without a space, and of a single cluster without a silhouette', async () => {
    const [none] = clusterFacts(labels, 3, undefined, {}, null)
    expect(none).toEqual({ size: 3, silhouette: null, neighbourAgreement: null, nearest: [], overlap: {} })
    const [one] = clusterFacts(new Int32Array(9), 1, await space(), {}, null)
    expect(one).toMatchObject({ size: 9, silhouette: null, neighbourAgreement: 1, nearest: [] })
  })
})
