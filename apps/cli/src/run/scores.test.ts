import { createRandom } from '@dc/core'
import { silhouette } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { heldSpace, score } from './scores'

const scored = (labels: number[], truth: number[] | undefined, space: number[], k = 1 + Math.max(...labels)) =>
  score({
    labels: Int32Array.from(labels),
    k,
    truth: truth && Int32Array.from(truth),
    space: heldSpace(Float32Array.from(space), space.length / labels.length),
    products: null,
  })

describe('scores', () => {
  it('are what the metrics say', async () => {
    const found = await scored([0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 10, 11])
    expect(found).toMatchObject({ acc: 1, nmi: 1, ari: 1, purity: 1, f1: 1, meanClassAcc: 1, sizes: [2, 2] })
    expect(found.silhouette).toBeCloseTo(silhouette({ values: [0, 1, 10, 11], shape: [4, 1] }, [0, 0, 1, 1]), 12)
  })

  it('of a single cluster have no silhouette, and say why', async () => {
    const found = await scored([0, 0, 0], undefined, [1, 2, 3], 2)
    expect(found).toEqual({ silhouette: null, sizes: [3, 0], undefinedScores: { silhouette: 'a single cluster' } })
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

  it('never throw: of an embedding that is no number there is no silhouette', async () => {
    const found = await scored([0, 0, 1, 1], [0, 0, 1, 1], [0, 1, Number.NaN, 11])
    expect(found).toMatchObject({ acc: 1, silhouette: null })
    expect(found.undefinedScores?.silhouette).toMatch(/features\[2, 0\] is NaN/)
  })

  it('sample at most 4,000 rows, some of each cluster', async () => {
    const n = 20_000
    const random = createRandom(0)
    // Two rows of 20,000 are a cluster of their own.
    const labels = Array.from({ length: n }, (_, row) => (row === 777 || row === 12_345 ? 2 : row % 2))
    const values = Float32Array.from(labels, (label) => 100 * label + random.normal())
    let asked = 0
    const space = {
      width: 1,
      read: async (rows: Int32Array) => {
        asked = rows.length
        expect(new Set(Array.from(rows, (row) => labels[row])).size).toBe(3)
        return Float32Array.from(rows, (row) => values[row])
      },
    }
    const found = await score({ labels: Int32Array.from(labels), k: 3, space, products: null })
    expect(asked).toBe(4000)
    expect(found.silhouette).toBeGreaterThan(0.95)
  })

  it('are lost neither where the rows cannot be read again', async () => {
    const gone = { width: 1, read: () => Promise.reject(new Error('photo 3 is gone')) }
    const labels = Int32Array.of(0, 0, 1, 1)
    const asked = [{ name: 'shape', metric: { higherIsBetter: true, needs: 'features' as const, compute: () => 1 } }]
    const found = await score({ labels, k: 2, truth: labels, space: gone, products: null, asked })
    expect(found).toMatchObject({ acc: 1, silhouette: null, scores: { shape: null } })
    expect(found.undefinedScores).toMatchObject({
      silhouette: 'Error: photo 3 is gone',
      'scores.shape': 'Error: photo 3 is gone',
    })
  })

  it('of more clusters than a sample has rows have no silhouette', async () => {
    const labels = Int32Array.from({ length: 9000 }, (_, row) => row >> 1)
    const never = { width: 1, read: () => Promise.reject(new Error('read')) }
    const { silhouette: found, undefinedScores } = await score({ labels, k: 4500, space: never, products: null })
    expect(found).toBeNull()
    expect(undefinedScores).toEqual({ silhouette: '4500 clusters are too many for a sample of 4000 rows' })
  })
})
