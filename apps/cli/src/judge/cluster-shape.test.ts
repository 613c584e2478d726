import { createRandom } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { describe, expect, it } from 'vitest'
import { clusterFacts } from './cluster-facts'
import { clusterShapes } from './cluster-shape'
import { commonSpace } from './common-space'

/** Six round groups of 150 rows, as far apart as this; the first two are one cluster, and the last one is cut into 1 and 5. */
async function blobs(dimensions: number, apart: number, seed: number) {
  const random = createRandom(seed)
  const group = Int32Array.from({ length: 900 }, (_, row) => row % 6)
  const middle = (own: number, axis: number) => [apart * (own % 3), apart * Math.floor(own / 3)][axis] ?? 0
  const values = Float32Array.from(
    { length: 900 * dimensions },
    (_, at) => middle(group[Math.floor(at / dimensions)], at % dimensions) + random.normal(),
  )
  const labels = group.map((own, row) => {
    if (own === 0 || own === 1) return 0
    return own === 5 && values[row * dimensions + 1] < middle(5, 1) ? 1 : own
  })
  const space = await commonSpace(memoryDataset({ name: 'blobs', values, sampleShape: [dimensions] }), null)
  return { labels, space }
}

describe('clusterShapes', () => {
  it.each([
    [3, 7, 0],
    [8, 5, 1],
    [16, 6, 2],
    [16, 4, 3],
  ])('tell two in one and one in two, in %i dimensions, %i deviations apart', async (dimensions, apart, seed) => {
    const { labels, space } = await blobs(dimensions, apart, seed)
    const shapes = clusterShapes(labels, 6, space.neighbours)
    expect(shapes.map(({ looksLikeTwo }) => looksLikeTwo)).toEqual([true, false, false, false, false, false])
    expect(shapes.map(({ looksLikePartOf }) => looksLikePartOf)).toEqual([null, 5, null, null, null, 1])
  })

  it('say nothing of the round groups themselves, nor of a single one', async () => {
    const { space } = await blobs(8, 5, 4)
    const groups = Int32Array.from({ length: 900 }, (_, row) => row % 6)
    for (const labels of [groups, new Int32Array(900)])
      for (const shape of clusterShapes(labels, 6, space.neighbours))
        expect(shape).toMatchObject({ looksLikePartOf: null, ...(labels === groups && { looksLikeTwo: false }) })
  })

  it('say nothing of few rows, and are among the facts', async () => {
    const { labels, space } = await blobs(8, 5, 5)
    const few = labels.map((label, row) => (row < 12 ? 6 : label))
    expect(clusterShapes(few, 7, space.neighbours)[6].halves).toBeNull()
    const [two, part] = clusterFacts(labels, 6, space, {}, null)
    expect([two.looksLikeTwo, two.looksLikePartOf, part.looksLikeTwo, part.looksLikePartOf]).toEqual([
      true,
      undefined,
      undefined,
      5,
    ])
  })

  it('count links as chance has them', () => {
    // Two rows of each cluster; each row has one neighbour, in the other cluster: joined twice as much as by chance.
    const neighbours = { rows: 4, k: 1, indices: Int32Array.of(1, 0, 3, 2), distances: new Float64Array(4) }
    const shapes = clusterShapes(Int32Array.of(0, 1, 0, 1), 2, neighbours)
    expect(shapes.map(({ nearest }) => nearest)).toEqual([
      { cluster: 1, join: 2 },
      { cluster: 0, join: 2 },
    ])
  })
})
