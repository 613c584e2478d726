import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync, gzipSync } from 'node:zlib'
import { DcError } from '@dc/core/plugin'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { loadCifar10, loadIdx, loadNpy, loadNpz, readIdx, readMat, readNpy, readNpz, unpackTar } from './index'
import { idx, npy, tar, zip } from './testing/bytes'
import { mutated } from './testing/mutations'

const folder = mkdtempSync(join(tmpdir(), 'dc-fuzz-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fixture = (name: string) => readFileSync(fileURLToPath(new URL(`./formats/fixtures/${name}`, import.meta.url)))

const array = npy(
  '<f4',
  '(3, 4)',
  Float32Array.from({ length: 12 }, (_, i) => i),
)
const arrays = [
  array,
  npy('>f2', '(2, 2, 3)', new Uint16Array(12), 'True'),
  npy(
    '<U3',
    '(4,)',
    Uint32Array.from({ length: 12 }, (_, i) => 65 + i),
  ),
  npy('<i8', '(4, 1)', BigInt64Array.of(1n, 2n, 2n ** 53n, -1n)),
]
const images = idx(
  8,
  [4, 2, 3],
  Array.from({ length: 24 }, (_, i) => i * 10),
)
const members = { name: 'x.npy', data: array }
const labels = { name: 'y.npy', data: npy('|u1', '(3,)', Uint8Array.of(0, 1, 0)) }
const archive = tar([
  { name: 'set/a', text: 'alpha'.repeat(200) },
  { name: 'set/b', text: 'b' },
])
const record = new Uint8Array(3073).fill(7)

/** A reader, good files for it, and how many bytes it made of what it read. */
const readers: [name: string, good: Uint8Array[], read: (path: string) => Promise<number>][] = [
  ['.npy', arrays, async (path) => bytesOf((await readNpy(path)).values)],
  ['.npy as data', arrays, async (path) => bytesOf((await loadNpy(path)).values)],
  ['.npy.gz', arrays.map((bytes) => gzipSync(bytes)), async (path) => bytesOf((await readNpy(path)).values)],
  [
    '.npz',
    [
      zip([members, labels]),
      zip([{ ...members, method: 8 }, labels]),
      zip([members], { long: true }),
      fixture('deflated.npz'),
    ],
    async (path) => Object.values(await readNpz(path)).reduce((sum, { values }) => sum + bytesOf(values), 0),
  ],
  [
    '.npz as data',
    [zip([members, labels]), fixture('deflated.npz')],
    async (path) => bytesOf((await loadNpz(path)).values),
  ],
  ['IDX', [images], async (path) => bytesOf((await readIdx(path)).values)],
  ['IDX as data', [images, gzipSync(images)], async (path) => bytesOf((await loadIdx(path)).values)],
  [
    '.mat',
    [fixture('uncompressed.mat'), fixture('kinds.mat'), packedMat()],
    async (path) => JSON.stringify(await readMat(path)).length,
  ],
  ['tar', [archive, gzipSync(archive)], unpack],
  ['CIFAR', [Buffer.concat([record, record])], cifar],
]

describe('a file after an accident gives data or an error of its own, in memory of its size', () => {
  it.each(readers)('%s', async (name, good, read) => {
    const path = join(folder, name.replace(/\W/g, '-'))
    let [whole, refused] = [0, 0]
    await fc.assert(
      fc.asyncProperty(mutated(good), async (bytes) => {
        writeFileSync(path, bytes)
        try {
          // DEFLATE makes at most 1,032 bytes of one; numbers of one byte may become eight, or text.
          expect(await read(path)).toBeLessThanOrEqual(1032 * 30 * bytes.length)
          whole++
        } catch (error) {
          if (!DcError.isInstance(error)) throw error
          expect(error.message).not.toMatch(/\p{Control}/u)
          refused++
        }
      }),
      { numRuns: 200 },
    )
    // Some of both, or the test would try one side only.
    expect(whole).toBeGreaterThan(0)
    expect(refused).toBeGreaterThan(0)
  })
})

function bytesOf(values: ArrayLike<unknown>): number {
  return ArrayBuffer.isView(values) ? values.byteLength : values.length
}

function packedMat(): Uint8Array {
  const file = fixture('uncompressed.mat')
  const packed = deflateSync(file.subarray(128))
  const tag = Buffer.alloc(8)
  tag.writeUInt32LE(15, 0)
  tag.writeUInt32LE(packed.length, 4)
  return Buffer.concat([file.subarray(0, 128), tag, packed])
}

let count = 0
async function unpack(path: string): Promise<number> {
  const target = join(folder, `tar-${count++}`)
  try {
    const written = await unpackTar(path, target)
    expect(
      readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
    ).toHaveLength(written.length)
    return written.length
  } catch (error) {
    expect(readdirSync(target)).toEqual([])
    throw error
  }
}

async function cifar(path: string): Promise<number> {
  const at = join(folder, 'test_batch.bin')
  writeFileSync(at, readFileSync(path))
  const dataset = await loadCifar10(folder, 'test', { partial: true })
  return bytesOf(await dataset.read([0]))
}
