import { describe, expect, it } from 'vitest'
import { datasetChecksum, rowsChecksum, rowsHash } from './cache'
import type { Dataset } from './kinds'

const width = 3
const dataset = (values: number[], more: Partial<Dataset> = {}): Dataset => ({
  name: 'x',
  size: values.length / width,
  sampleShape: [width],
  read: async (rows) =>
    Float32Array.from(
      { length: rows.length * width },
      (_, i) => values[rows[Math.floor(i / width)] * width + (i % width)],
    ),
  ...more,
})
const base = [1, 2, 3, 4, 5, 6]
const labels = Int32Array.of(0, -1)

describe('datasetChecksum', () => {
  it('is that of the content, whatever its name', async () => {
    const one = await datasetChecksum(dataset(base, { labels, classNames: ['a'] }))
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    const other = dataset(base, { name: 'y', labels, classNames: ['a'], metadata: { a: 1 }, notices: ['b'] })
    expect(await datasetChecksum(other)).toBe(one)
  })

  it('differs with every value, their order and shape, labels and names of classes', async () => {
    const all = [
      dataset(base),
      ...base.map((_, i) => dataset(base.map((value, at) => (at === i ? value + 1e-6 : value)))),
      dataset([4, 5, 6, 1, 2, 3]),
      dataset(base, { sampleShape: [1, 3] }),
      dataset(base, { sampleShape: [2], size: 3 }),
      dataset([...base, 7, 8, 9]),
      dataset(base, { labels }),
      dataset(base, { labels: Int32Array.of(0, 0) }),
      dataset(base, { labels, classNames: ['a'] }),
      dataset(base, { readExact: async () => Float64Array.from(base) }),
      dataset(base, { readExact: async () => Float64Array.from([1, 2, 3, 4, 5, 6 + 1e-12]) }),
    ]
    const found = await Promise.all(all.map(datasetChecksum))
    expect(new Set(found).size).toBe(all.length)
  })

  it('is by its fingerprint where a set has one, and then no row is read', async () => {
    const unread = (fingerprint: string, more: Partial<Dataset> = {}) =>
      dataset(base, { fingerprint: async () => fingerprint, read: () => expect.unreachable(), ...more })
    const one = await datasetChecksum(unread('a'))
    expect(await datasetChecksum(unread('a', { name: 'y' }))).toBe(one)
    for (const other of [unread('b'), unread('a', { labels }), unread('a', { sampleShape: [1, 3] }), dataset(base)])
      expect(await datasetChecksum(other)).not.toBe(one)
  })

  it('reads all rows of a large set, in blocks that leave no trace', async () => {
    const size = (2 ** 20 / 4) * 2 + 1
    const large: Dataset = {
      name: 'large',
      size,
      sampleShape: [4],
      read: async (rows) => Float32Array.from({ length: rows.length * 4 }, (_, i) => rows[i >> 2]),
    }
    const hash = rowsHash(large)
    const half = 2 ** 17
    const rows = Int32Array.from({ length: size }, (_, i) => i)
    for (let start = 0; start < size; start += half) hash.add(await large.read(rows.subarray(start, start + half)))
    expect(await rowsChecksum(large)).toBe(hash.digest())
    const last = {
      ...large,
      read: async (asked: ArrayLike<number>) => (await large.read(asked)).map((v) => (v === size - 1 ? 0 : v)),
    }
    expect(await rowsChecksum(last)).not.toBe(await rowsChecksum(large))
  })
})
