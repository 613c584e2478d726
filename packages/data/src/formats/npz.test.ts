import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { npy, npyFile, zip } from '../testing/bytes'
import { crc32 } from './crc32'
import { readNpz } from './npz'

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dc-npz-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
function file(content: string | Uint8Array): string {
  const path = join(folder, `${count++}.npz`)
  writeFileSync(path, content)
  return path
}
const good = npy('<f4', '(2, 2)', Float32Array.of(1, 2, 3, 4))

describe('readNpz', () => {
  it.each(['stored.npz', 'deflated.npz'])('reads what NumPy wrote: %s', async (name) => {
    const { x, y } = await readNpz(fixture(name))
    expect(x).toEqual({ dtype: '<f4', shape: [3, 2], values: Float32Array.of(0, 1, 2, 3, 4, 5) })
    expect(y.values).toEqual(BigInt64Array.of(2n, 0n, 2n))
  })

  it('says what is absent or broken', async () => {
    await expect(readNpz(fixture('stored.npz'), ['z'])).rejects.toThrow(/no array 'z'; it has 'x', 'y'/)
    await expect(readNpz(file('This is no archive at all, though long enough.'))).rejects.toThrow(/not a ZIP archive/)
    await expect(readNpz(file(zip([{ name: 'x.npy', data: good, method: 8, crc: 1 }])))).rejects.toThrow(/checksum/)
    await expect(readNpz(file(zip([{ name: 'x.npy', data: npyFile('{', good) }])))).rejects.toThrow(
      /npz:x' has an unreadable header/,
    )
  })

  it('reads only what is asked for', async () => {
    const path = file(
      zip([
        { name: 'x.npy', data: good, method: 8 },
        { name: 'object.npy', data: npy('|O', '(1,)', new Uint8Array(5)) },
        { name: 'broken.npy', data: Uint8Array.of(1, 2, 3), crc: 1 },
        { name: 'notes.txt', data: Uint8Array.of(1) },
        { name: '__proto__.npy', data: good },
      ]),
    )
    expect(Object.keys(await readNpz(path, ['x']))).toEqual(['x'])
    await expect(readNpz(path, ['object'])).rejects.toThrow(/Python objects/)
    await expect(readNpz(path, ['notes.txt'])).rejects.toThrow(
      /no array 'notes.txt'; it has 'x', 'object', 'broken', '__proto__'/,
    )
    expect(Object.keys(await readNpz(path, ['__proto__']))).toEqual(['__proto__'])
  })

  it('becomes no more than an array asks for, nor than the limit', async () => {
    // 20 KB of ZIP that hold 20 MB, whose array has 16 bytes.
    const zeros = new Uint8Array(20_000_000)
    zeros.set(good)
    const packed = deflateRawSync(zeros, { level: 9 })
    const bomb = { name: 'x.npy', data: good, method: 8, packed, crc: crc32(zeros) }
    await expect(readNpz(file(zip([{ ...bomb, size: zeros.length }])))).rejects.toThrow(/goes on after its values/)
    await expect(readNpz(file(zip([{ ...bomb, size: good.length }])))).rejects.toThrow(/becomes more than/)
    const path = file(zip([{ name: 'x.npy', data: good, method: 8 }]))
    await expect(readNpz(path, ['x'], { maxUnpackedBytes: good.length - 1 })).rejects.toThrow(/give 'maxUnpackedBytes'/)
    await expect(readNpz(path, ['x'], { maxUnpackedBytes: good.length })).resolves.toBeDefined()
  })

  it('takes no time for a hostile header', async () => {
    // Today's patterns took 11.6 s for 967 bytes.
    const text = `{'descr': ${"'shape': (".repeat(990)}`
    const path = file(zip([{ name: 'x.npy', data: npyFile(text, new ArrayBuffer(0)), method: 8 }]))
    await expect(readNpz(path)).rejects.toThrow(/has an unreadable header/)
  })
})
