import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createRandom } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { type Matrix, matrix, squaredDistance } from '../matrix'
import { eachBatch, withKernels } from './memory'

const normals = (n: number, d: number, seed: number): Matrix =>
  matrix(Float64Array.from(createRandom(seed).normals(n * d)), n, d)
const roots = fileURLToPath(new URL('../../../..', import.meta.url))

describe('kernels', () => {
  it('are what assembly/ compiles to', () => {
    const check = ['scripts/build-kernels.mjs', 'packages/spectral', '--check']
    expect(() => execFileSync(process.execPath, check, { cwd: roots, stdio: 'pipe' })).not.toThrow()
  }, 120_000)

  it.each([1, 2, 3, 4, 7, 8, 33])('squared distances of %i columns to the bit', (columns) => {
    const points = normals(6, columns, 1)
    const singles = matrix(Float32Array.from(points.values), 6, columns)
    withKernels(({ kernels, floats, floats32, integers }) => {
      const [x, y, rows] = [floats(6 * columns), floats32(6 * columns), integers(5)]
      const [squares, squares32] = [floats(5), floats(5)]
      x.values.set(points.values)
      y.values.set(singles.values)
      rows.values.set([5, 0, 3, 3, 1])
      // An even and an odd number of rows, from the second one.
      for (const count of [4, 5]) {
        kernels.squaredDistances(x.pointer + 8 * columns, x.pointer, rows.pointer, count, columns, squares.pointer)
        kernels.squaredDistances32(y.pointer + 4 * columns, y.pointer, rows.pointer, count, columns, squares32.pointer)
        for (let at = 0; at < count; at++) {
          expect(squares.values[at]).toBe(squaredDistance(points, 1, points, rows.values[at]))
          expect(squares32.values[at]).toBe(squaredDistance(singles, 1, singles, rows.values[at]))
        }
      }
    })
  })

  it.each([1, 2, 5, 9, 16])('see what is not finite anywhere in %i values', (count) => {
    withKernels((lender) => {
      const x = lender.floats(count)
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
        for (let at = 0; at < count; at++) {
          x.values.fill(Number.MAX_VALUE)
          expect(lender.kernels.zeroIfFinite(x.pointer, count)).toBe(0)
          x.values[at] = bad
          expect(lender.kernels.zeroIfFinite(x.pointer, count)).toBeNaN()
        }
    })
  })

  it.each([1, 2, 5, 8])('sum deviations of %i columns, of one weighted row and of many', (columns) => {
    const points = normals(6, columns, 9)
    withKernels(({ kernels, floats, floats32 }) => {
      const [x, totals, sums] = [floats(6 * columns), floats(columns), floats(columns)]
      const [single, totals32] = [floats32(columns), floats(columns)]
      x.values.set(points.values)
      // Draws are float32, so that both kernels see the same row.
      single.values.set(points.values.subarray(columns, 2 * columns))
      totals.values.fill(1)
      totals32.values.fill(1)
      sums.values.fill(0)
      kernels.addDeviation(x.pointer + 8 * columns, x.pointer, columns, -2.5, totals.pointer)
      kernels.addDeviation32(single.pointer, x.pointer, columns, -2.5, totals32.pointer)
      expect(totals32.values).toEqual(totals.values)
      const squares = kernels.addDeviations(x.pointer, 6, columns, x.pointer, sums.pointer)
      let expected = 0
      for (let j = 0; j < columns; j++) {
        const deviations = Array.from({ length: 6 }, (_, i) => points.values[i * columns + j] - points.values[j])
        expect(totals.values[j]).toBe(1 - 2.5 * (points.values[columns + j] - points.values[j]))
        expect(sums.values[j]).toBeCloseTo(
          deviations.reduce((sum, d) => sum + d, 0),
          12,
        )
        expected += deviations.reduce((sum, d) => sum + d * d, 0)
      }
      expect(squares).toBeCloseTo(expected, 12)
    })
  })

  it.each([1, 3, 4, 6, 9])('round %i columns to integers, and know what rounding took', (columns) => {
    const points = normals(5, columns, 3)
    const column = (j: number) => Array.from({ length: 5 }, (_, i) => points.values[i * columns + j])
    withKernels((lender) => {
      const [x, lows, highs] = [lender.floats(5 * columns), lender.floats(columns), lender.floats(columns)]
      x.values.set(points.values)
      lows.values.fill(Number.POSITIVE_INFINITY)
      highs.values.fill(Number.NEGATIVE_INFINITY)
      lender.kernels.widenRanges(x.pointer, 5, columns, lows.pointer, highs.pointer)
      for (let j = 0; j < columns; j++) {
        expect(lows.values[j]).toBe(Math.min(...column(j)))
        expect(highs.values[j]).toBe(Math.max(...column(j)))
      }
      // A step that makes the largest values fall out of 0 … 127.
      const perStep = 60
      const [integers, norms, errors] = [lender.bytes(5 * columns), lender.integers(5), lender.floats(5)]
      lender.kernels.quantise(
        x.pointer,
        5,
        columns,
        lows.pointer,
        perStep,
        integers.pointer,
        norms.pointer,
        errors.pointer,
      )
      for (let i = 0; i < 5; i++) {
        let [norm, error] = [0, 0]
        for (let j = 0; j < columns; j++) {
          const exact = (points.values[i * columns + j] - lows.values[j]) * perStep
          const rounded = integers.values[i * columns + j]
          expect(Math.abs(exact - rounded)).toBeLessThanOrEqual(Math.max(0.5, exact - 127))
          norm += rounded ** 2
          error += (exact - rounded) ** 2
        }
        expect(norms.values[i]).toBe(norm)
        expect(errors.values[i]).toBeCloseTo(error, 10)
      }
    })
  })

  it.each([
    [1, 1, 3],
    [3, 5, 4],
    [8, 16, 11],
    [9, 17, 6],
  ])('multiply blocks of %i and %i columns and %i rows', (p, q, rows) => {
    const [x, y, c] = [normals(rows, p, 4), normals(rows, q, 5), normals(p, q, 6)]
    withKernels(({ kernels, floats }) => {
      const lent = [x, y, c].map(({ values }) => {
        const block = floats(values.length)
        block.values.set(values)
        return block.pointer
      })
      const [gram, product] = [floats(p * q), floats(rows * q)]
      gram.values.fill(0)
      kernels.transposedTimes(lent[0], p, lent[1], q, rows, gram.pointer)
      kernels.timesSmall(lent[0], p, lent[2], q, rows, product.pointer)
      for (let b = 0; b < q; b++) {
        for (let a = 0; a < p; a++) {
          let sum = 0
          for (let i = 0; i < rows; i++) sum += x.values[i * p + a] * y.values[i * q + b]
          expect(gram.values[a * q + b]).toBeCloseTo(sum, 12)
        }
        for (let i = 0; i < rows; i++) {
          let sum = 0
          for (let a = 0; a < p; a++) sum += x.values[i * p + a] * c.values[a * q + b]
          expect(product.values[i * q + b]).toBeCloseTo(sum, 12)
        }
      }
    })
  })
})

describe('withKernels', () => {
  it('keeps what was lent while the memory grows, and takes it back', () => {
    const first = withKernels(({ floats }) => {
      const outer = floats(3)
      outer.values.set([1, 2, 3])
      withKernels((inner) => inner.floats(2 ** 20).values.fill(7))
      expect([...outer.values]).toEqual([1, 2, 3])
      return outer.pointer
    })
    expect(() =>
      withKernels(() => {
        throw new Error('inside')
      }),
    ).toThrow('inside')
    expect(withKernels(({ bytes }) => bytes(1).pointer)).toBe(first)
    expect(() => withKernels(({ floats }) => floats(2 ** 30))).toThrow('more than 4 GiB')
  })

  it('brings every row, in order, also rows longer than a batch', () => {
    for (const points of [normals(700, 200, 7), normals(2, 70_000, 8)]) {
      const seen: number[] = []
      withKernels((lender) => {
        const [norms, zero] = [lender.floats(points.rows), lender.floats(points.columns)]
        const places = lender.integers(points.rows)
        const origin = matrix(new Float64Array(points.columns), 1, points.columns)
        zero.values.set(origin.values)
        places.values.set(Array.from({ length: points.rows }, (_, i) => i))
        eachBatch(points, lender, (x, from, count) => {
          const out = norms.pointer + 8 * from
          lender.kernels.squaredDistances(zero.pointer, x, places.pointer, count, points.columns, out)
          seen.push(from, count)
        })
        for (let i = 0; i < points.rows; i++) expect(norms.values[i]).toBe(squaredDistance(points, i, origin, 0))
      })
      expect(seen.length).toBeGreaterThan(2)
    }
  })
})
