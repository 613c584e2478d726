import { createRandom } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { cosineSilhouette, silhouette } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { commonSpace } from '../judge/common-space'
import { score } from './scores'

const scored = async (labels: number[], truth: number[] | undefined, values: number[], k = 1 + Math.max(...labels)) => {
  const width = values.length / labels.length
  const dataset = memoryDataset({ name: 'rows', values: Float32Array.from(values), sampleShape: [width] })
  return score({
    labels: Int32Array.from(labels),
    k,
    truth: truth && Int32Array.from(truth),
    space: await commonSpace(dataset, null),
    products: null,
  })
}

describe('scores', () => {
  it('are what the metrics say', async () => {
    const found = await scored([0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 10, 11])
    expect(found).toMatchObject({ acc: 1, nmi: 1, ari: 1, purity: 1, f1: 1, meanClassAcc: 1, sizes: [2, 2] })
    expect(found.silhouette).toBeCloseTo(silhouette({ values: [0, 1, 10, 11], shape: [4, 1] }, [0, 0, 1, 1]), 12)
    // Each row's three nearest are all the others, one of which is in its cluster.
    expect(found).toMatchObject({ neighbourAgreement: 1 / 3, sizeBalance: 1 })
  })

  it('of embeddings go by direction', async () => {
    const random = createRandom(3)
    const labels = Array.from({ length: 40 }, (_, row) => row % 2)
    // Rows of one direction and of any length.
    const rows = labels.map((label) =>
      Array.from(random.normals(32), (v, at) => 5 ** (random.uniform() * 4) * (v + (at % 2 === label ? 3 : 0))),
    )
    const found = await scored(labels, undefined, rows.flat())
    expect(found.silhouette).toBeCloseTo(
      cosineSilhouette(
        rows.map((row) => Array.from(Float32Array.from(row))),
        labels,
      ),
      6,
    )
    expect(found.neighbourAgreement).toBeGreaterThan(0.8)
  })

  it('of a single cluster have no silhouette, and say why', async () => {
    const found = await scored([0, 0, 0], undefined, [1, 2, 3], 2)
    expect(found).toEqual({
      ...{ silhouette: null, neighbourAgreement: 1, sizeBalance: 0, sizes: [3, 0] },
      undefinedScores: { silhouette: 'a single cluster' },
    })
  })

  it('of n = k have none either', async () => {
    const { silhouette: found, undefinedScores } = await scored([0, 1, 2], [0, 1, 1], [1, 2, 3])
    expect(found).toBeNull()
    expect(undefinedScores?.silhouette).toBe('every row is a cluster of its own')
  })

  it('of few classes have no groups, and say why', async () => {
    const one = await scored([0, 1, 0], [0, 0, 0], [1, 2, 3])
    expect(one.groups).toEqual({ head: null, medium: expect.any(Number), tail: null })
    expect(one.undefinedScores).toMatchObject({ 'groups.head': 'a single class leaves none for this group' })
    const two = await scored([0, 1, 0, 1], [0, 1, 0, 1], [1, 2, 3, 4])
    expect(two.groups).toEqual({ head: 1, medium: null, tail: 1 })
    expect(two.undefinedScores).toEqual({ 'groups.medium': '2 classes leave none for this group' })
    for (const value of Object.values({ ...one, ...two, groups: null, sizes: null, undefinedScores: null }))
      expect(value === null || Number.isFinite(value)).toBe(true)
  })

  it('leave out rows whose class is not known', async () => {
    const found = await scored([0, 0, 1, 1, 0], [0, 0, 1, 1, -1], [0, 1, 10, 11, 30])
    expect(found).toMatchObject({ acc: 1, nmi: 1, sizes: [3, 2] })
    expect(await scored([0, 0, 1, 1], [-1, -1, -1, -1], [0, 1, 10, 11])).not.toHaveProperty('acc')
  })

  it('are of the same rows for every labeling, drawn from many', async () => {
    const n = 1200
    const random = createRandom(0)
    const values = Float32Array.from({ length: n }, (_, row) => 100 * (row % 2) + random.normal())
    const dataset = memoryDataset({ name: 'rows', values, sampleShape: [1] })
    const space = await commonSpace(dataset, null, { most: 1000 })
    expect([space.rows.length, space.paired.length]).toEqual([1000, 1000])
    expect(space.rows).toEqual((await commonSpace(dataset, null, { most: 1000 })).rows)
    expect(space.description).toBe('the rows as they are, 1,000 drawn at random')
    const labels = Int32Array.from({ length: n }, (_, row) => row % 2)
    const found = score({ labels, k: 2, space, products: null })
    expect(found.silhouette).toBeGreaterThan(0.95)
    expect(found.neighbourAgreement).toBe(1)
  })

  it('are lost neither where there is no space to score in', () => {
    const labels = Int32Array.of(0, 0, 1, 1)
    const asked = [{ name: 'shape', metric: { higherIsBetter: true, needs: 'features' as const, compute: () => 1 } }]
    const space = 'Error: photo 3 is gone'
    const found = score({ labels, k: 2, truth: labels, space, products: null, asked })
    expect(found).toMatchObject({ acc: 1, silhouette: null, neighbourAgreement: null, scores: { shape: null } })
    expect(found.undefinedScores).toMatchObject({ silhouette: space, neighbourAgreement: space, 'scores.shape': space })
  })
})
