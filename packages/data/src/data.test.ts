import { cpu, createRandom, initBackend, OptionError, tf } from '@dc/core'
import { expectNoLeaks, testAugmentation, testDataset } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { batchCount, batches, loadOptdigits, longTailRows, memoryDataset, splitByClass, subset } from './index'
import { featureNoise, imageAffine, resampleAffine } from './views'

const six = memoryDataset({
  name: 'six',
  values: Float32Array.from({ length: 12 }, (_, i) => i + 1),
  sampleShape: [2],
  labels: Int32Array.of(0, 0, 0, 1, 1, 2),
})

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const api = { describe, it }
testDataset(api, 'optdigits', loadOptdigits)
testDataset(api, 'in memory', () => six)
testDataset(api, 'subset', () => subset(six, [5, 0, 3]))
testAugmentation(api, 'feature-noise', () => featureNoise({ deviation: 0.01, mask: 0.1, views: 2 }), [7])
const affine = { rotation: 15, scale: 0.1, shear: 0.15, shift: 0.1, contrast: 0.2, noise: 0.05, views: 3 }
testAugmentation(api, 'image-affine', () => imageAffine(affine), [6, 5, 2])

describe('optdigits', () => {
  it('ships whole', async () => {
    const digits = await loadOptdigits()
    expect(digits.size).toBe(1797)
    expect(digits.sampleShape).toEqual([8, 8, 1])
    expect(Math.max(...digits.values)).toBe(1)
    expect(Array.from(digits.labels!.subarray(0, 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(digits.values[2] * 16).toBe(5)
  })
})

describe('memoryDataset', () => {
  it('refuses what cannot be a dataset', () => {
    const of = (values: number[], labels?: Int32Array) =>
      memoryDataset({ name: 'bad', values: Float32Array.from(values), sampleShape: [2], labels })
    expect(() => of([])).toThrow(/'bad' is empty/)
    expect(() => of([1, 2, 3])).toThrow(/a multiple of 2 values/)
    expect(() => of([1, Number.POSITIVE_INFINITY])).toThrow(/Infinity at row 0, column 1/)
    expect(() => of([1, 2], Int32Array.of(0, 1))).toThrow(/one label for each sample/)
    for (const label of [0.5, Number.NaN, -2])
      expect(() => of([1, 2], [label] as unknown as Int32Array)).toThrow(`has label ${label} in row 0`)
    const untyped = (values: unknown, sampleShape = [1]) => memoryDataset({ name: 'bad', values, sampleShape } as never)
    for (const [values, found] of [
      [[1, 2], 'Array'],
      [Int32Array.of(16777217, 16777216), 'Int32Array'],
      ['12', 'String'],
      [undefined, undefined],
    ])
      expect(() => untyped(values)).toThrow(
        new OptionError('values', found, 'a Float32Array, Float64Array, BigInt64Array or BigUint64Array'),
      )
    for (const side of [-1, 0.5, Number.NaN])
      expect(() => untyped(Float32Array.of(1, 2), [side])).toThrow(/^sampleShape: got/)
  })
})

describe('batches', () => {
  const collect = async (options: Parameters<typeof batches>[1]) => {
    const found = []
    for await (const batch of batches(six, options)) found.push(batch)
    return found
  }

  it('covers every row once, shuffled by the seed alone', async () => {
    const once = await collect({ batchSize: 4, random: createRandom(3) })
    const again = await collect({ batchSize: 4, random: createRandom(3) })
    expect(once).toEqual(again)
    expect(once.map((batch) => batch.rows.length)).toEqual([4, 2])
    expect(once.flatMap((batch) => [...batch.rows]).sort()).toEqual([0, 1, 2, 3, 4, 5])
    for (const { rows, values, labels } of once) {
      expect([...values]).toEqual([...rows].flatMap((row) => [2 * row + 1, 2 * row + 2]))
      expect([...labels!]).toEqual([...rows].map((row) => six.labels![row]))
    }
  })

  it('drops the last partial batch, and refuses batches larger than the data', async () => {
    expect(await collect({ batchSize: 4, dropLast: true })).toHaveLength(1)
    expect(() => batchCount(6, { batchSize: 7, dropLast: true })).toThrow(/batchSize: got 7; allowed: at most 6/)
    expect(() => batchCount(6, { batchSize: 0 })).toThrow(OptionError)
  })
})

describe('subsets', () => {
  it('keep the names and files of their rows', () => {
    const named = memoryDataset({
      name: 'named',
      values: Float32Array.of(1, 2, 3),
      sampleShape: [1],
      rowNames: ['a', 'b', 'c'],
      rowFiles: ['a', 'b', 'c'].map((path) => ({ path })),
    })
    const { rowNames, rowFiles } = subset(named, [2, 0, 2])
    expect([rowNames, rowFiles?.map(({ path }) => path)]).toEqual([
      ['c', 'a', 'c'],
      ['c', 'a', 'c'],
    ])
    expect(subset(six, [5, 0]).rowNames).toEqual(['5', '0'])
    expect(subset(subset(six, [5, 3, 0]), [1, 2]).rowNames).toEqual(['3', '0'])
    expect(() =>
      memoryDataset({ name: 'x', values: Float32Array.of(1, 2), sampleShape: [1], rowNames: ['a'] }),
    ).toThrow('rowNames has shape [1]; expected [2]')
  })

  it('keeps labels and values together', async () => {
    const few = subset(six, [5, 0])
    expect([...few.labels!]).toEqual([2, 0])
    expect([...(await few.read([0]))]).toEqual([11, 12])
    for (const bad of [6, -1, 1.5, Number.NaN, 2 ** 32]) {
      expect(() => subset(six, [bad])).toThrow(`Row ${bad} is outside`)
      await expect(six.read([bad])).rejects.toThrow(`Row ${bad} is outside`)
    }
  })

  it('thins classes by n·r^{c/(C−1)}', () => {
    const labels = Int32Array.from({ length: 300 }, (_, i) => i % 3)
    const rows = longTailRows(labels, { ratio: 0.01, random: createRandom(1) })
    const sizes = [0, 0, 0]
    for (const row of rows) sizes[labels[row]]++
    expect(sizes).toEqual([100, 10, 1])
    expect(longTailRows(labels, { ratio: 0.01, random: createRandom(1) })).toEqual(rows)
    expect(() => longTailRows(labels, { ratio: 0, random: createRandom(1) })).toThrow(/ratio: got 0/)
    // Unknown labels and classes without rows have no part.
    const gaps = labels.map((label) => (label === 1 ? 7 : label === 2 ? -1 : 0))
    expect(longTailRows(gaps, { ratio: 0.1, random: createRandom(1) })).toHaveLength(110)
    expect(() => longTailRows(gaps.fill(-1), { ratio: 0.1, random: createRandom(1) })).toThrow(/no class to thin/)
  })

  it('splits by class', () => {
    const { train, test } = splitByClass(six.labels!, 2)
    expect([...train]).toEqual([0, 1, 2, 3, 4])
    expect([...test]).toEqual([5])
    expect(() => splitByClass(six.labels!, 3)).toThrow(/some but not all of the 3 classes/)
  })
})

describe('feature-noise', () => {
  const batch = { rows: Int32Array.of(0), values: new Float32Array(20_000).fill(5), sampleShape: [20_000] }

  it('masks and disturbs by the rates given, two different views', async () => {
    const [a, b] = await expectNoLeaks(() =>
      featureNoise({ deviation: 0.01, mask: 0.1, views: 2 }).apply(batch, createRandom(0)),
    )
    const values = a.dataSync<'float32'>()
    const kept = values.filter((value) => value !== 0)
    expect(a.shape).toEqual([1, 20_000])
    expect(kept.length / values.length).toBeCloseTo(0.9, 2)
    // Neighbours are masked independently.
    const both = values.filter((value, i) => value === 0 && values[i + 1] === 0)
    expect(both.length / values.length).toBeCloseTo(0.01, 2)
    const variance = kept.reduce((sum, value) => sum + (value - 5) ** 2, 0) / kept.length
    expect(Math.sqrt(variance)).toBeCloseTo(0.01, 3)
    expect(b.dataSync()).not.toEqual(values)
    tf.dispose([a, b])
  })

  it('masks every entry, or none', () => {
    const masked = (mask: number) => featureNoise({ deviation: 0, mask, views: 1 }).apply(batch, createRandom(0))[0]
    const [all, none] = [masked(1), masked(0)]
    expect(all.dataSync().every((value) => value === 0)).toBe(true)
    expect(none.dataSync()).toEqual(batch.values)
    tf.dispose([all, none])
  })
})

describe('image-affine', () => {
  const shape = [5, 5, 1] as const
  const dot = (x: number, y: number) => Float32Array.from({ length: 25 }, (_, i) => (i === y * 5 + x ? 1 : 0))
  const still = { xx: 1, xy: 0, yx: 0, yy: 1, shiftX: 0, shiftY: 0 }
  const resample = (source: Float32Array, map: typeof still) => {
    const out = new Float32Array(25)
    resampleAffine(source, out, shape, map)
    return out
  }

  it('keeps, shifts and turns', () => {
    expect(resample(dot(1, 3), still)).toEqual(dot(1, 3))
    expect(resample(dot(1, 3), { ...still, shiftX: 2, shiftY: -1 })).toEqual(dot(3, 2))
    // A quarter turn clockwise on the screen: the dot right of the centre comes from above it.
    expect(resample(dot(2, 1), { ...still, xx: 0, xy: 1, yx: -1, yy: 0 })).toEqual(dot(3, 2))
    const half = resample(dot(2, 2), { ...still, shiftX: 0.5 })
    expect([half[12], half[13]]).toEqual([0.5, 0.5])
  })

  it('does nothing at zero ranges and keeps the seed', async () => {
    const zero = { rotation: 0, scale: 0, shear: 0, shift: 0, contrast: 0, noise: 0, views: 2 }
    const some = { ...zero, rotation: 20, noise: 0.1 }
    const batch = {
      rows: Int32Array.of(0, 1),
      values: Float32Array.from([...dot(1, 2), ...dot(4, 4)]),
      sampleShape: shape,
    }
    const [a, b] = await expectNoLeaks(() => imageAffine(zero).apply(batch, createRandom(0)))
    expect(a.dataSync()).toEqual(batch.values)
    expect(b.shape).toEqual([2, 5, 5, 1])
    const first = imageAffine(some).apply(batch, createRandom(1))
    const second = imageAffine(some).apply(batch, createRandom(1))
    expect(first[1].dataSync()).toEqual(second[1].dataSync())
    expect(first[0].dataSync()).not.toEqual(first[1].dataSync())
    tf.dispose([a, b, first, second])
  })

  it('asks for images', () => {
    const batch = { rows: Int32Array.of(0), values: new Float32Array(4), sampleShape: [4] }
    expect(() =>
      imageAffine({ rotation: 0, scale: 0, shear: 0, shift: 0, contrast: 0, noise: 0, views: 1 }).apply(
        batch,
        createRandom(0),
      ),
    ).toThrow(/batch.sampleShape has shape \[4\]; expected images/)
  })
})
