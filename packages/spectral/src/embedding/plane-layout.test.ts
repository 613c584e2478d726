import { createRandom } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { matrix } from '../matrix'
import { planeLayout } from './plane-layout'

const [n, width] = [90, 4]
const values = Float32Array.from(createRandom(0).normals(n * width), (value, at) =>
  at % width === Math.floor(at / width) % 3 ? value + 12 : value,
)
const points = matrix(values, n, width)
const distance = (map: Float64Array, other: Float64Array) =>
  map.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0) / map.length

describe('a layout that goes on', () => {
  it('stays near where the rows were, and a new one does not', async () => {
    const first = (await planeLayout(points, { random: createRandom(1), epochs: 60 })).map
    const mirrored = first.map((value, at) => (at % 2 === 0 ? 1 - value : value))
    const on = (start: Float64Array) => planeLayout(points, { random: createRandom(2), epochs: 8, start })
    expect(distance((await on(first)).map, first)).toBeLessThan(0.12)
    expect(distance((await on(mirrored)).map, mirrored)).toBeLessThan(0.12)
    expect(distance((await on(mirrored)).map, first)).toBeGreaterThan(0.2)
  })

  it('keeps a row at the edge there', async () => {
    const first = (await planeLayout(points, { random: createRandom(1), epochs: 60 })).map
    const [left] = Array.from({ length: n }, (_, row) => row).sort((a, b) => first[2 * a] - first[2 * b])
    expect(first[2 * left]).toBe(0)
    const { map } = await planeLayout(points, { random: createRandom(2), epochs: 1, start: first })
    expect(map[2 * left]).toBeLessThan(0.1)
  })

  it('takes rows without a place in the middle', async () => {
    const { map } = await planeLayout(points, {
      random: createRandom(2),
      epochs: 5,
      start: new Float64Array(2 * n).fill(Number.NaN),
    })
    expect(map.every((value) => value >= 0 && value <= 1)).toBe(true)
  })
})
