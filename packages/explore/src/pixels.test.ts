import { createRandom } from '@dc/core'
import { expect, it } from 'vitest'
import { type Points, paint, type Target } from './pixels'

const white = (): Target => ({ data: new Uint8ClampedArray(4 * 9 * 9).fill(255), width: 9, height: 9 })
const points = (...of: [x: number, y: number, shade: number, cover: number][]): Points => ({
  x: Float32Array.from(of, ([x]) => x),
  y: Float32Array.from(of, ([, y]) => y),
  shades: Int32Array.from(of, ([, , shade]) => shade),
  cover: Float32Array.from(of, ([, , , cover]) => cover),
})
const at = ({ data }: Target, x: number, y: number) => [...data.subarray(4 * (9 * y + x), 4 * (9 * y + x) + 3)]

it('paints discs over each other, and what is faint lightly', () => {
  const target = white()
  paint(
    target,
    points([4.5, 4.5, 0, 1], [4.5, 4.5, 1, 0.5]),
    [
      [200, 0, 0],
      [0, 100, 0],
    ],
    2.5,
  )
  expect(at(target, 4, 4)).toEqual([100, 50, 0])
  expect(at(target, 2, 4)).toEqual([100, 50, 0])
  // Outside of the disc, in the corner of its square.
  expect(at(target, 2, 2)).not.toEqual([100, 50, 0])
  expect(at(target, 0, 0)).toEqual([255, 255, 255])
  const painted = target.data.filter((value, index) => index % 4 === 0 && value < 255).length
  expect(painted).toBeGreaterThan(12)
  expect(painted).toBeLessThanOrEqual(25)
})

it('paints of points at an edge what is inside, and nothing of those outside or nowhere', () => {
  const target = white()
  paint(target, points([0, 0, 0, 1], [-50, 3, 0, 1], [3, 900, 0, 1], [Number.NaN, 2, 0, 1]), [[0, 0, 0]], 2)
  expect(at(target, 0, 0)).toEqual([0, 0, 0])
  expect(target.data.filter((value, index) => index % 4 === 0 && value < 255).length).toBeLessThanOrEqual(4)
  // A row without a value is grey.
  paint(target, points([6.5, 6.5, -1, 1]), [[0, 0, 0]], 0.5)
  expect(at(target, 6, 6)).toEqual([148, 152, 160])
})

it('mixes each colour as if alone, to the nearest step', () => {
  const random = createRandom(5)
  const draw = () => Math.floor(256 * random.uniform())
  for (let round = 0; round < 300; round++) {
    const target = { data: new Uint8ClampedArray(4).fill(255), width: 1, height: 1 }
    const below = [draw(), draw(), draw()]
    const ink = [draw(), draw(), draw()] as const
    target.data.set(below)
    const cover = Math.round(256 * random.uniform()) / 256
    paint(target, points([0.5, 0.5, 0, cover]), [ink], 0.5)
    expect([...target.data]).toEqual([
      ...below.map((value, c) => Math.floor(value + cover * (ink[c] - value) + 0.5)),
      255,
    ])
  }
})
