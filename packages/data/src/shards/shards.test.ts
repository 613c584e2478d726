import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checksum, datasetChecksum } from '@dc/core/cache'
import { createRegistry } from '@dc/core/plugin'
import { testDataset } from '@dc/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { plugins } from '..'
import { parseData } from '../data-reference'
import { npyBytes } from '../testing/npy'
import { loadShards } from './shards'

const root = mkdtempSync(join(tmpdir(), 'dc-shards-'))
afterAll(() => rmSync(root, { recursive: true }))

function folder(name: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  const path = join(root, name)
  mkdirSync(path)
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content)
  return path
}
const rows = (from: number, count: number, type = Float32Array) =>
  npyBytes(
    type.from({ length: 3 * count }, (_, at) => 3 * from + at + 0.5),
    [count, 3],
  )
const three = { 'a.npy': rows(0, 4), 'b.npy': rows(4, 1), 'c.npy': rows(5, 3) }

testDataset({ describe, it }, 'shards', () => loadShards(folder(`conformance-${Math.random()}`, three)))

describe('a folder of shards', () => {
  it('is the rows of its files in their order', async () => {
    const dataset = await loadShards(folder('plain', { ...three, 'notes.txt': 'x' }))
    expect([dataset.size, dataset.sampleShape, dataset.parts.map(({ start }) => start)]).toEqual([8, [3], [0, 4, 5]])
    expect(await dataset.read([7, 0, 3, 4, 5, 6])).toEqual(
      Float32Array.from([7, 0, 3, 4, 5, 6].flatMap((row) => [3 * row + 0.5, 3 * row + 1.5, 3 * row + 2.5])),
    )
    expect(dataset.readExact).toBeUndefined()
    for (const row of [-1, 8, 0.5]) await expect(dataset.read([row])).rejects.toThrow('is outside the shards')
  })

  it('keeps float64 and integers as they are', async () => {
    const doubles = folder('doubles', {
      'a.npy': npyBytes(Float64Array.of(1e9 + 0.25, 1e9 + 0.5), [1, 2]),
      'b.npy': npyBytes(Float64Array.of(0.1, 0.2), [1, 2]),
    })
    expect(await (await loadShards(doubles)).readExact!([1, 0])).toEqual(
      Float64Array.of(0.1, 0.2, 1e9 + 0.25, 1e9 + 0.5),
    )
    const integers = folder('integers', { 'a.npy': npyBytes(Int32Array.of(2 ** 31 - 1, -5), [1, 2]) })
    expect(await (await loadShards(integers)).readExact!([0])).toEqual(Float64Array.of(2 ** 31 - 1, -5))
  })

  it('has the order, names and classes of its manifest', async () => {
    const names = (from: number, count: number) =>
      `row,name,class\n${Array.from({ length: count }, (_, at) => `${at},p${from + at},${at === 0 ? '' : 'dog'}\n`).join('')}`
    const part = (file: string, count: number, names: string) => ({
      ...{ file, rows: count, sha256: checksum(three[file as keyof typeof three]) },
      names: { file: names },
    })
    const manifest = {
      ...{ format: 'dclust-shards', version: 1, classNames: ['cat', 'dog'] },
      parts: [part('c.npy', 3, 'c.csv'), part('a.npy', 4, 'a.csv')],
    }
    const files = { ...three, 'c.csv': names(0, 3), 'a.csv': names(3, 4), 'manifest.json': JSON.stringify(manifest) }
    const path = folder('manifest', files)
    const dataset = await loadShards(path)
    expect(dataset.size).toBe(7)
    expect(dataset.rowNames).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6'])
    expect([dataset.classNames, dataset.labels]).toEqual([['cat', 'dog'], Int32Array.of(-1, 1, 1, -1, 1, 1, 1)])
    expect((await dataset.read([0]))[0]).toBe(15.5)
    const registry = createRegistry([plugins])
    expect(parseData(path, registry)).toEqual({ name: 'shards', options: { path } })
    expect(parseData(`shards:${path}`, registry)).toEqual({ name: 'shards', options: { path } })
    // What stands for the rows changes with them.
    const before = await datasetChecksum(dataset)
    expect(await datasetChecksum(await loadShards(path, { check: 'read' }))).toBe(before)
    writeFileSync(join(path, 'a.npy'), rows(100, 4))
    expect(await datasetChecksum(await loadShards(path, { check: 'read' }))).not.toBe(before)
    await expect(loadShards(path)).rejects.toThrow(/a\.npy' is not the file that the manifest of .* names/)
    writeFileSync(join(path, 'a.npy'), rows(0, 3))
    await expect(loadShards(path)).rejects.toThrow("a.npy' has 3 rows; the manifest says 4")
    writeFileSync(join(path, 'manifest.json'), JSON.stringify({ ...manifest, parts: [{ file: '../x.npy', rows: 1 }] }))
    await expect(loadShards(path)).rejects.toThrow('is no manifest of shards: parts.0.file')
  })

  it('refuses what is not alike, not finite, or no rows, and names the file', async () => {
    const bad = async (name: string, file: Uint8Array | string, told: string | RegExp) =>
      await expect(loadShards(folder(name, { ...three, 'd.npy': file })), name).rejects.toThrow(told)
    await bad(
      'wide',
      npyBytes(Float32Array.of(1, 2, 3, 4), [1, 4]),
      /d\.npy' has 4 columns, 'a\.npy' has 3; all shards/,
    )
    await bad('type', rows(0, 1, Float64Array as never), /d\.npy' holds 'f8', 'a\.npy' 'f4'/)
    await bad('rank', npyBytes(Float32Array.of(1, 2, 3), [3]), 'each shard is [rows, columns]')
    await bad('none', npyBytes(new Float32Array(0), [0, 3]), 'has no values')
    await bad('text', 'no array', 'is not a .npy file')
    await bad('short', rows(0, 2).subarray(0, -1), 'its header asks for')
    await bad('long', Buffer.concat([rows(0, 2), Buffer.of(0)]), 'its header asks for')
    await bad(
      'nan',
      npyBytes(Float32Array.of(1, 2, 3, 4, Number.NaN, 6), [2, 3]),
      "'d.npy' holds NaN at row 1, column 1",
    )
    const nan = await loadShards(join(root, 'nan'), { check: 'read' })
    expect(await nan.read([8])).toEqual(Float32Array.of(1, 2, 3))
    await expect(nan.read([9])).rejects.toThrow('holds NaN at row 1, column 1')
    await expect(loadShards(folder('nothing', { 'x.txt': '' }))).rejects.toThrow(
      "holds no shards (.npy, .parquet). It holds 'x.txt'",
    )
    await expect(loadShards(join(root, 'absent'))).rejects.toThrow('it does not exist')
  })
})
