import { createRandom } from '@dc/core'
import { describe, expect, it } from 'vitest'
import { placeNames } from './place-names'

const map = { width: 520, height: 520 }

const apart = (places: readonly (readonly [number, number])[], sizes: readonly { width: number; height: number }[]) =>
  places.every(([x, y], i) =>
    places.every(
      ([u, v], j) =>
        j >= i ||
        Math.abs(x - u) >= (sizes[i].width + sizes[j].width) / 2 ||
        Math.abs(y - v) >= (sizes[i].height + sizes[j].height) / 2,
    ),
  )

describe('names on a map', () => {
  it('stand where they belong if there is room', () => {
    expect(placeNames([{ x: 100, y: 200, width: 60, height: 12 }], map)).toEqual([[100, 200]])
  })

  it('are cut off nowhere', () => {
    const corners = [0, 520].flatMap((x) => [0, 520].map((y) => ({ x, y, width: 140, height: 14 })))
    for (const [x, y] of placeNames(corners, map)) {
      expect(x - 70 >= 3 && x + 70 <= 517).toBe(true)
      expect(y - 7 >= 3 && y + 7 <= 517).toBe(true)
    }
  })

  it.each([2, 12, 60, 100])('do not lie over each other, %i of them from one place', (count) => {
    const random = createRandom(count)
    const names = Array.from({ length: count }, () => ({
      x: 260,
      y: 255,
      width: 20 + 80 * random.uniform(),
      height: 13,
    }))
    const places = placeNames(names, map)
    expect(apart(places, names)).toBe(true)
  })

  it('are inside a map that is no square', () => {
    const names = Array.from({ length: 12 }, () => ({ x: 350, y: 190, width: 90, height: 13 }))
    const places = placeNames(names, { width: 360, height: 200 })
    for (const [x, y] of places) expect(x - 45 >= 3 && x + 45 <= 357 && y - 6.5 >= 3 && y + 6.5 <= 197).toBe(true)
    expect(apart(places, names)).toBe(true)
  })

  it('have a place each even where there is no room for all', () => {
    const names = Array.from({ length: 30 }, () => ({ x: 10, y: 10, width: 300, height: 100 }))
    for (const [x, y] of placeNames(names, map)) expect(x >= 0 && x <= 520 && y >= 0 && y <= 520).toBe(true)
    expect(placeNames([{ x: 5, y: 5, width: 900, height: 10 }], map)[0][0]).toBeGreaterThan(0)
  })
})
