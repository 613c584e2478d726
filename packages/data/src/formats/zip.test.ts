import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { readParts } from '../files'
import { type ZipMember, zip } from '../testing/bytes'
import { crc32 } from './crc32'
import { readZipDirectory, unzip } from './zip'

const folder = mkdtempSync(join(tmpdir(), 'dc-zip-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0

async function contents(bytes: Uint8Array): Promise<Record<string, string>> {
  const path = join(folder, `${count++}.zip`)
  writeFileSync(path, bytes)
  return readParts(path, async (file) => {
    const found: Record<string, string> = {}
    for (const entry of await readZipDirectory(file)) {
      const parts: Uint8Array[] = []
      for await (const part of unzip(file, entry)) parts.push(part)
      found[entry.name] = Buffer.concat(parts).toString()
    }
    return found
  })
}

const utf8 = new TextEncoder()
const a: ZipMember = { name: 'a', data: utf8.encode('alpha') }
const b: ZipMember = { name: 'b', data: utf8.encode('beta '.repeat(30_000)), method: 8 }
const both = { a: 'alpha', b: 'beta '.repeat(30_000) }

describe('ZIP archives', () => {
  it('have a checksum', () => {
    expect(crc32(utf8.encode('123456789'))).toBe(0xcbf43926)
    expect(crc32(utf8.encode('6789'), crc32(utf8.encode('12345')))).toBe(0xcbf43926)
    expect(crc32(new Uint8Array(0))).toBe(0)
  })

  it('are read, stored or deflated, with a comment, ZIP64, by another writer', async () => {
    expect(await contents(zip([a, b]))).toEqual(both)
    expect(await contents(zip([b, a], { comment: 'PK\x05\x06 is no end' }))).toEqual(both)
    expect(await contents(zip([a, b], { long: true }))).toEqual(both)
    expect(await contents(zipSync({ a: a.data, b: b.data, empty: new Uint8Array(0) }))).toEqual({ ...both, empty: '' })
    expect(await contents(zip([]))).toEqual({})
  })

  it('are refused where their directory is not true', async () => {
    const bad: [RegExp, Uint8Array][] = [
      [/is not a ZIP archive, or is cut/, zip([a, b]).subarray(0, -1)],
      [/is not a ZIP archive/, Buffer.concat([zip([a]), Buffer.from('more')])],
      [/is not a ZIP archive/, new Uint8Array(10)],
      [/is encrypted/, zip([{ ...a, flags: 1 }])],
      [/is encrypted/, zip([{ ...a, flags: 0x40 }])],
      [/two files have the name 'a'/, zip([a, { ...b, name: 'a' }])],
      [/two files begin at one place/, zip([a, { ...a, name: 'c', offset: 0 }])],
      [/overlaps/, zip([{ ...b, packedSize: 10_000 }, a])],
      [/overlaps/, zip([a, { ...b, name: 'c', offset: 3 }])],
      [/overlaps/, zip([{ ...a, offset: 4_000_000_000 }])],
      [/is stored in two sizes/, zip([{ ...a, size: 500 }])],
      [/cannot become/, zip([{ ...b, size: 4_000_000_000 }])],
      [/do not fit into/, zip([a], { count: 60_000 })],
      [/an entry is cut/, zip([a, { ...b, name: 'n'.repeat(200) }], { count: 3 })],
    ]
    for (const [what, bytes] of bad) await expect(contents(bytes), String(what)).rejects.toThrow(what)
  })

  it('are refused where a file is not what the directory says', async () => {
    const bad: [RegExp, ZipMember][] = [
      [/its checksum is wrong/, { ...a, crc: 1 }],
      [/its checksum is wrong/, { ...b, packed: deflateRawSync(Buffer.from('bete '.repeat(30_000))) }],
      [/becomes more than the 10 bytes/, { ...b, size: 10 }],
      [/becomes 150000 bytes; the directory says 150001/, { ...b, size: 150_001 }],
      [/broken file 'b'/, { ...b, packed: new Uint8Array(300).fill(0xff) }],
      [/broken file 'b'/, { ...b, packed: deflateRawSync(b.data).subarray(0, -3) }],
      [/its two headers differ/, { ...a, localName: 'c' }],
      [/packed by method 93/, { ...b, method: 93, packed: new Uint8Array(300) }],
    ]
    for (const [what, member] of bad) await expect(contents(zip([member])), String(what)).rejects.toThrow(what)
    const moved = zip([a])
    moved[0] = 0
    await expect(contents(moved)).rejects.toThrow(/not where the directory says/)
  })

  it('say hostile names without control characters', async () => {
    await expect(contents(zip([{ ...a, name: 'a\x1b[31m', crc: 1 }]))).rejects.toThrow(/'a\\x1b\[31m'/)
  })
})
