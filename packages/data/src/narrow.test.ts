import { createRandom } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { type MemoryDataset, memoryDataset } from './memory-dataset'
import { subset } from './subset'

const rows = (width: number, values: number[], columns?: string[]) =>
  memoryDataset({ name: 'numbers', values: Float64Array.from(values), sampleShape: [width], columns })

const distinct = (values: ArrayLike<number>) => new Set(Array.from(values)).size
const best = async (dataset: MemoryDataset) => {
  const all = Array.from({ length: dataset.size }, (_, row) => row)
  return dataset.readExact ? dataset.readExact(all) : dataset.read(all)
}
const sumOfSquares = (values: number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

describe('numbers that do not fit float32', () => {
  it('leaves alone what fits', () => {
    const values = Float32Array.of(0, 1, 2, 3)
    const dataset = memoryDataset({ name: 'fits', values, sampleShape: [2] })
    expect(dataset.values).toBe(values)
    for (const plain of [dataset, rows(2, [0.1, 5, 0.2, 5, 0.3, 5])])
      expect([plain.mapping, plain.readExact, plain.notices]).toEqual([undefined, undefined, undefined])
    const random = createRandom(0)
    for (const normal of [random.normals(64 * 50), random.normals(20_000 * 3)])
      expect(
        rows(
          normal.length === 3200 ? 64 : 3,
          Array.from(normal, (value) => value / 3),
        ).notices,
      ).toBeUndefined()
  })

  it('shifts a column that lies far from 0: time stamps in two clusters, inertia 4', async () => {
    const dataset = rows(1, [1748735999, 1748736001, 1748736029, 1748736031], ['time'])
    expect(distinct(dataset.values)).toBe(4)
    const [a, b, c, d] = dataset.values
    expect(sumOfSquares([a, b]) + sumOfSquares([c, d])).toBe(4)
    expect(dataset.mapping).toEqual({ offset: Float64Array.of(1748736001), scale: 1 })
    expect(dataset.readExact).toBeUndefined()
    expect(dataset.notices).toEqual([
      "subtracted its middle value from column 'time': float32 would make different values equal, or blur their differences",
    ])
  })

  it('shifts the columns that need it, and no other', () => {
    const dataset = rows(3, [0.5, 1e9, 3, 1.5, 1e9 + 1, 4, 2.5, 1e9 + 2, 5])
    expect([...dataset.mapping!.offset]).toEqual([0, 1e9 + 1, 0])
    expect([...dataset.values]).toEqual([0.5, -1, 3, 1.5, 0, 4, 2.5, 1, 5])
  })

  it('shifts what float32 would keep apart but move too far', () => {
    const values = Array.from({ length: 50 }, (_, i) => 20_000 + i / 97)
    const dataset = rows(1, values)
    for (let i = 0; i < 50; i++)
      expect(Math.abs(dataset.values[i] + dataset.mapping!.offset[0] - values[i])).toBeLessThan((49 / 97) * 2 ** -20)
  })

  it('keeps float64 where a shift does not help', async () => {
    const values = [1e9, 1e9 + 1, 3e9, 3e9 + 1]
    const dataset = rows(1, values)
    const exact = await dataset.readExact!([0, 1, 2, 3])
    expect(distinct(exact)).toBe(4)
    expect([exact[1] - exact[0], exact[3] - exact[2], exact[2] - exact[0]]).toEqual([1, 1, 2e9])
    expect(dataset.notices![0]).toMatch(/kept the rows in float64 too/)
    expect([...(await subset(dataset, [3, 0]).readExact!([1, 0]))]).toEqual([exact[0], exact[3]])
    await expect(dataset.readExact!([4])).rejects.toThrow(/Row 4 is outside dataset 'numbers' of 4/)
  })

  it('keeps fine structure beside an outlier', async () => {
    const dataset = rows(1, [0, 1e9, 1e9 + 1, 1e9 + 2])
    expect(distinct(await best(dataset))).toBe(4)
    const many = Array.from({ length: 1000 }, (_, i) => 1e12 + (i % 10) + (i === 7 ? 1e15 : 0))
    expect(distinct(await best(rows(1, many)))).toBe(distinct(many))
  })

  it('does not let values become 0 or infinite', async () => {
    for (const values of [
      [1e-50, 2e-50, 9e-50, 9.5e-50],
      [1e39, 2e39, 9e39, 1],
      [0, 1e-50, 1, 2],
      [-1.7e308, 1.7e308, 1, 2],
    ]) {
      const dataset = rows(1, values)
      expect(dataset.values.every(Number.isFinite), String(values)).toBe(true)
      const kept = await best(dataset)
      expect(kept.every(Number.isFinite), String(values)).toBe(true)
      expect(distinct(kept), String(values)).toBe(4)
    }
  })

  it('scales all columns alike, so that squares of distances stay in float32', () => {
    for (const values of [Float64Array.of(1e39, 1, 3e39, 2), Float32Array.of(1e30, 1, 3e30, 2)]) {
      const { mapping, values: read, notices } = memoryDataset({ name: 'large', values, sampleShape: [2] })
      expect(read[2] / read[0]).toBeCloseTo(3, 6)
      expect(Math.fround((read[2] - read[0]) ** 2)).toBeLessThan(1e30)
      expect(Number.isInteger(Math.log2(mapping!.scale))).toBe(true)
      expect(notices![0]).toMatch(/multiplied all values by 2\^-\d+/)
    }
    const { values: small } = memoryDataset({ name: 's', values: Float32Array.of(1e-30, 3e-30), sampleShape: [1] })
    expect(Math.fround((small[1] - small[0]) ** 2)).toBeGreaterThan(1e-10)
  })

  it('keeps 64-bit integers apart', () => {
    const nanoseconds = 1748735999000000001n
    const values = BigInt64Array.of(nanoseconds, nanoseconds + 1n, nanoseconds + 30n, 5n)
    const { values: read } = memoryDataset({ name: 'big', values: values.subarray(0, 3), sampleShape: [1] })
    expect([read[1] - read[0], read[2] - read[0]]).toEqual([1, 30])
    expect(distinct(memoryDataset({ name: 'big', values, sampleShape: [1] }).values)).toBeGreaterThan(1)
    const unsigned = BigUint64Array.of(2n ** 64n - 1n, 2n ** 64n - 3n)
    expect(distinct(memoryDataset({ name: 'big', values: unsigned, sampleShape: [1] }).values)).toBe(2)
    const far = BigInt64Array.of(2n ** 62n + 1n, 2n ** 62n + 2n, -(2n ** 62n) - 1n, -(2n ** 62n) - 2n, -(2n ** 62n))
    expect(() => memoryDataset({ name: 'far', values: far, sampleShape: [1] })).toThrow(/too long to be kept apart/)
  })

  it('does not shift pixels, and scales the range they are drawn in', () => {
    const image = { height: 1, width: 2, channels: 1, range: [0, 1e40] } as const
    const dataset = memoryDataset({
      name: 'i',
      values: Float64Array.of(0, 1e40, 1e40, 1e40),
      sampleShape: [1, 2, 1],
      image,
    })
    expect([...dataset.mapping!.offset]).toEqual([0, 0])
    expect(dataset.image!.range[1]).toBeCloseTo(dataset.values[1], 5)
  })

  it('names the row and the column of what is not finite', () => {
    expect(() => rows(2, [1, 2, 3, Number.NaN], ['a', 'b'])).toThrow(/NaN at row 1, column 'b'/)
  })
})
