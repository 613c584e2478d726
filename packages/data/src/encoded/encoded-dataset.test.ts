import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dataset, PictureEncoder, TextEncoder } from '@dc/core/plugin'
import { testEncoder } from '@dc/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { encodedDataset } from '../encoded'
import { memoryDataset } from '../memory-dataset'

const cache = mkdtempSync(join(tmpdir(), 'dc-encoded-'))
afterAll(() => rmSync(cache, { recursive: true }))

/** The mean of each channel, and how often it was asked. */
function means(side: number, channels: 1 | 3 = 3, more: Partial<PictureEncoder> = {}) {
  let asked = 0
  const encoder: PictureEncoder = {
    name: 'means',
    features: channels,
    checksum: 'a'.repeat(64),
    input: { of: 'pictures', height: side, width: side, channels, fit: 'crop' },
    batchSize: 2,
    encode: async (rows) => {
      asked++
      const n = rows.length / (side * side * channels)
      const out = new Float32Array(n * channels)
      rows.forEach((value, at) => {
        out[Math.floor(at / (side * side * channels)) * channels + (at % channels)] += value / side ** 2
      })
      return out
    },
    ...more,
  }
  return { encoder, asked: () => asked }
}
const lengths: TextEncoder = {
  name: 'lengths',
  features: 1,
  checksum: 'b'.repeat(64),
  input: { of: 'texts' },
  batchSize: 8,
  encode: async (rows) => Float32Array.from(rows, ({ length }) => length),
}
testEncoder({ describe, it }, 'of means', () => means(4).encoder)
testEncoder({ describe, it }, 'of lengths', () => lengths)

/** Five pictures of one colour, 6 × 4; picture r has (r, 2r, 3r) of `high`. */
function pictures(high: number, more: Partial<Dataset> = {}): Dataset {
  const values = Float32Array.from({ length: 5 * 72 }, (_, at) => (high * Math.floor(at / 72) * ((at % 3) + 1)) / 12)
  return {
    ...memoryDataset({
      name: 'five',
      values,
      sampleShape: [6, 4, 3],
      labels: Int32Array.of(0, 1, 0, 1, -1),
      rowNames: ['a', 'b', 'c', 'd', 'e'],
      image: { height: 6, width: 4, channels: 3, range: [0, high] },
    }),
    ...more,
  }
}
const expected = [0, 0, 0, 1, 2, 3, 2, 4, 6, 3, 6, 9, 4, 8, 12].map((value) => value / 12)

describe('an encoded data set', () => {
  it('has the features of pictures of any size and range, and what belongs to the rows', async () => {
    for (const high of [1, 255]) {
      const dataset = pictures(high)
      const done: number[] = []
      const found = await encodedDataset(dataset, means(9).encoder, { cache: false, onProgress: (at) => done.push(at) })
      expect(found.sampleShape).toEqual([3])
      found.values.forEach((value, at) => {
        expect(value).toBeCloseTo(expected[at], 2)
      })
      expect(done).toEqual([2, 4, 5])
      expect(found).toMatchObject({ labels: dataset.labels, rowNames: dataset.rowNames, seen: dataset })
      expect(found.image).toBeUndefined()
    }
  })

  it('makes colour of grey and grey of colour', async () => {
    const grey = memoryDataset({
      name: 'grey',
      values: Float32Array.from({ length: 2 * 16 }, (_, at) => (at < 16 ? 0.25 : 1)),
      sampleShape: [4, 4, 1],
      image: { height: 4, width: 4, channels: 1, range: [0, 1] },
    })
    const colour = await encodedDataset(grey, means(4).encoder, { cache: false })
    for (const [at, value] of [0.25, 0.25, 0.25, 1, 1, 1].entries()) expect(colour.values[at]).toBeCloseTo(value, 2)
    const { values } = await encodedDataset(pictures(1), means(4, 1).encoder, { cache: false })
    expect(values[0]).toBe(0)
    expect(values[4]).toBeGreaterThan(values[1])
  })

  it('is kept on disk, by the encoder and the rows, and made again where the file is damaged', async () => {
    const { encoder, asked } = means(4)
    const first = await encodedDataset(pictures(1), encoder, { cache })
    expect(asked()).toBe(3)
    const again = await encodedDataset(pictures(1), encoder, { cache })
    expect(asked()).toBe(3)
    expect(again.values).toEqual(first.values)
    await encodedDataset(pictures(1), { ...encoder, checksum: 'c'.repeat(64) }, { cache })
    await encodedDataset(pictures(2, { name: 'five' }), encoder, { cache })
    expect(asked()).toBe(9)
    for (const file of readdirSync(cache)) writeFileSync(join(cache, file), 'damaged')
    expect((await encodedDataset(pictures(1), encoder, { cache })).values).toEqual(first.values)
    expect(asked()).toBe(12)
  })

  it('goes on without a cache that cannot be written, and says so', async () => {
    const file = join(cache, 'a file')
    writeFileSync(file, '')
    const { notices } = await encodedDataset(pictures(1), means(4).encoder, { cache: file })
    expect(notices?.join()).toMatch(/features are not kept, and will be computed again: Cannot write/)
  })

  it('is of texts where the encoder reads texts', async () => {
    const texts: Dataset = {
      name: 'words',
      size: 3,
      sampleShape: [0],
      texts: ['a', 'bb', 'cccc'],
      read: async () => new Float32Array(0),
    }
    const found = await encodedDataset(texts, lengths, { cache })
    expect([...found.values]).toEqual([1, 2, 4])
    expect(found.seen?.texts).toEqual(texts.texts)
    await expect(encodedDataset(texts, means(4).encoder, { cache })).rejects.toThrow(/'means'.*describes texts/)
    await expect(encodedDataset(pictures(1), lengths, { cache })).rejects.toThrow(/'lengths'.*describes pictures/)
  })

  it('tells rows that are no pictures, features that are none, and an interruption', async () => {
    const numbers = memoryDataset({ name: 'numbers', values: Float32Array.of(1, 2), sampleShape: [1] })
    await expect(encodedDataset(numbers, means(4).encoder, { cache })).rejects.toThrow(/'numbers'.*pictures/)
    const nan = means(4, 3, { encode: async (rows) => new Float32Array(rows.length / 16).fill(Number.NaN) })
    await expect(encodedDataset(pictures(1), nan.encoder, { cache: false })).rejects.toThrow(/gives NaN for row 0/)
    const few = means(4, 3, { encode: async () => new Float32Array(1) })
    await expect(encodedDataset(pictures(1), few.encoder, { cache: false })).rejects.toThrow(/1 values for 2 rows/)
    const signal = AbortSignal.abort()
    const stopped = encodedDataset(pictures(1), means(4).encoder, { cache: false, signal })
    await expect(stopped).rejects.toMatchObject({ name: 'InterruptedError' })
  })
})
