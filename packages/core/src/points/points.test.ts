import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random'
import { centredRows, columnMeans, distanceError } from './centred-rows'
import { type Matrix, takeRows } from './matrix'
import { squaredDistance } from './squared-distance'
import { unitRows, zeroRows } from './unit-rows'

const rowsOf = (values: number[], columns: number, single = false): Matrix => ({
  values: single ? Float32Array.from(values) : Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('squaredDistance', () => {
  it('keeps the digits of near points anywhere', () => {
    const points = rowsOf([1748735999, 1748736001, 1748736029, 1748736031], 1)
    expect(squaredDistance(points, 0, points, 1)).toBe(4)
    expect(squaredDistance(points, 1, points, 2)).toBe(784)
    const single = rowsOf([10000, 10000.5, 7, 10001, 10002, 7], 3, true)
    expect(squaredDistance(single, 0, single, 1)).toBe(1 + 1.5 ** 2)
  })
})

describe('unitRows', () => {
  it('leaves a zero row zero, and gives every other one length 1, however short or long', () => {
    const rows = [3, 4, 0, 0, 3e-200, -4e-200, 5e307, 5e307, -0, 0, 5e-324, 0]
    const found = unitRows(rowsOf(rows, 2))
    for (const [at, value] of [0.6, 0.8, 0, 0, 0.6, -0.8, Math.SQRT1_2, Math.SQRT1_2, -0, 0, 1, 0].entries())
      expect(found.values[at]).toBeCloseTo(value, 15)
    expect(zeroRows(rowsOf(rows, 2))).toEqual([1, 4])
    expect(unitRows(rowsOf([3, 4], 2, true)).values).toEqual(Float32Array.of(0.6, 0.8))
  })
})

describe('takeRows', () => {
  it('keeps the precision', () => {
    const points = rowsOf([0, 0, 1, 0, 9, 9], 2, true)
    expect(takeRows(points, [2, 0, 2]).values).toEqual(Float32Array.of(9, 9, 0, 0, 9, 9))
  })
})

describe('distanceError', () => {
  /** `‖x‖² + ‖y‖² − 2 x·y`, each product and sum rounded to float32. */
  function expanded(x: Matrix, y: Matrix, origin: Float64Array) {
    const [a, b] = [centredRows(x, origin)!, centredRows(y, origin)!]
    let product = 0
    for (let j = 0; j < x.columns; j++) product = Math.fround(product + Math.fround(a.values[j] * b.values[j]))
    return { square: a.squares[0] + b.squares[0] - 2 * product, lengths: [a.lengths[0], b.lengths[0]] as const }
  }

  it.each(['certain', 'likely'] as const)('%s: holds for any offset, scale and width (property)', (bound) => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 300 }),
      fc.nat(),
      fc.constantFrom(0, 1, 1e4, 1e9, -3e12),
      fc.constantFrom(1e-30, 1e-6, 1, 1e6, 1e12),
    )
    fc.assert(
      fc.property(cases, ([d, seed, offset, scale]) => {
        const draw = (part: string) =>
          rowsOf(
            Array.from(createRandom(seed).split(part).normals(d), (v) => offset + scale * v),
            d,
          )
        const [x, y] = [draw('x'), draw('y')]
        const origin = columnMeans({ values: Float64Array.from([...x.values, ...y.values]), rows: 2, columns: d })
        const { square, lengths } = expanded(x, y, origin)
        expect(Math.abs(square - squaredDistance(x, 0, y, 0))).toBeLessThanOrEqual(distanceError(d, bound)(...lengths))
      }),
    )
  })

  it('is far below the distances of points at an offset, once they are centred', () => {
    const points = rowsOf([1e9, 1e9 + 1, 1e9 + 5, 1e9 + 9], 1)
    const { lengths } = centredRows(points, columnMeans(points))!
    expect(distanceError(1)(lengths[0], lengths[3])).toBeLessThan(1e-4)
    expect(centredRows(rowsOf([1e16, -1e16], 1), Float64Array.of(0))).toBeNull()
  })
})
