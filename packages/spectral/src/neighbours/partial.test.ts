import { createRandom } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { type Matrix, takeRows } from '../matrix'
import { nativeProducts } from '../native-products'
import { nearestNeighbours } from './nearest-neighbours'
import { finishNeighbours, mergeNeighbours, neighboursPartial } from './partial'

const random = createRandom(3)
const whole = (values: Float32Array | Float64Array, columns: number): Matrix => ({
  values,
  rows: values.length / columns,
  columns,
})

function inBlocks(
  points: Matrix,
  cuts: readonly number[],
  k: number,
  products: Parameters<typeof neighboursPartial>[3]['products'],
) {
  const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, at) => from + at)
  const blocks = cuts.slice(1).map((to, at) => takeRows(points, range(cuts[at], to)))
  return blocks.map((queries) =>
    finishNeighbours(
      blocks
        .map((block, at) => neighboursPartial(queries, block, k, { start: cuts[at], products }))
        .reduce((a, b) => mergeNeighbours(a, b, k)),
    ),
  )
}

describe('neighbours by pairs of blocks', () => {
  const kinds = {
    float32: whole(random.normals(97 * 5), 5),
    float64: whole(Float64Array.from(random.normals(97 * 5)), 5),
    // Many are equal, and many distances too.
    copies: whole(
      Float32Array.from({ length: 97 * 2 }, () => random.integer(4)),
      2,
    ),
  }
  it.each(Object.entries(kinds))('are those of all rows at once: %s', async (_, points) => {
    for (const products of [null, await nativeProducts()])
      for (const cuts of [
        [0, 97],
        [0, 40, 97],
        [0, 1, 3, 60, 61, 97],
      ]) {
        const expected = nearestNeighbours(points, 9)
        const found = inBlocks(points, cuts, 9, products)
        expect(found.flatMap(({ indices }) => [...indices])).toEqual([...expected.indices])
        expect(found.flatMap(({ distances }) => [...distances])).toEqual([...expected.distances])
      }
  })

  it('does not merge those of other rows', () => {
    const [a, b] = [kinds.float32, takeRows(kinds.float32, [0, 1])]
    const parts = [a, b].map((points) => neighboursPartial(points, points, 1, { start: 0 }))
    expect(() => mergeNeighbours(parts[0], parts[1], 1)).toThrow('neighbours of 97 rows')
  })
})
