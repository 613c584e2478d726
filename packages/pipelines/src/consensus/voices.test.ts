import { createRandom } from '@dc/core'
import { matrix, nearestNeighbours } from '@dc/spectral'
import { describe, expect, it } from 'vitest'
import { communityVoices } from './voices'

/** Groups of rows that touch, each around a centre of its own. */
function groups(count: number, each: number) {
  const random = createRandom(2)
  const width = 12
  const centres = random.normals(count * width)
  const rows = count * each
  const values = Float32Array.from({ length: rows * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width]
    return centres[(row % count) * width + column] + 0.5 * random.normal()
  })
  return matrix(values, rows, width)
}

describe('communityVoices', () => {
  // Modularity finds fewer communities than many small groups, and more than a few large ones.
  it.each([
    [60, 10, 60],
    [12, 50, 3],
    [12, 50, 12],
  ])('of %d groups of %d rows have about %d communities, if so many are wanted', async (count, each, k) => {
    const points = groups(count, each)
    const found = nearestNeighbours(points, 8)
    const random = createRandom(0)
    const [fewer, unit, more] = await communityVoices(points, found, [0.7, 1, 2], { k, random })
    const number = (labels: Int32Array) => new Set(labels).size
    expect(number(unit)).toBeGreaterThanOrEqual(0.6 * k)
    expect(number(unit)).toBeLessThanOrEqual(1.8 * k)
    expect(number(fewer)).toBeLessThanOrEqual(number(unit))
    expect(number(more)).toBeGreaterThanOrEqual(number(unit))
    const again = await communityVoices(points, found, [0.7, 1, 2], { k, random: createRandom(0) })
    expect(again).toEqual([fewer, unit, more])
  })
})
