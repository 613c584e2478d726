import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DataError } from '@dc/core/plugin'
import { afterAll, describe, expect, it } from 'vitest'
import { readBytes, readJson, readParts, readStream } from './files'
import { tooLarge, unpackingLimit } from './unpacking'

const folder = mkdtempSync(join(tmpdir(), 'dc-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const text = async (path: string, options = {}) => new TextDecoder().decode(await readBytes(path, options))
const long = 'abcdefg'.repeat(100_000)

describe('readBytes', () => {
  it('reads plain files and gzip, of one member or several, with zeros after them', async () => {
    expect(await text(file('plain', long))).toBe(long)
    expect(await text(file('one.gz', gzipSync(long)))).toBe(long)
    expect(await text(file('two.gz', Buffer.concat([gzipSync(long), gzipSync('end')])))).toBe(`${long}end`)
    expect(await text(file('zeros.gz', Buffer.concat([gzipSync('a'), Buffer.alloc(100)])))).toBe('a')
    expect(await text(file('nothing.gz', gzipSync('')))).toBe('')
  })

  it('refuses gzip that is cut, changed, or followed by something else', async () => {
    const packed = gzipSync(long)
    const changed = (at: number) => packed.map((byte, i) => (i === at ? byte ^ 1 : byte))
    const bad = {
      cut: packed.subarray(0, -9),
      'cut-checksum': packed.subarray(0, -1),
      checksum: changed(packed.length - 8),
      length: changed(packed.length - 1),
      garbage: Buffer.concat([packed, Buffer.from('garbage')]),
    }
    for (const [name, bytes] of Object.entries(bad))
      await expect(readBytes(file(`${name}.gz`, bytes)), name).rejects.toThrow(/gz' is not a whole gzip file/)
  })

  it('unpacks no more than the limit, which an option raises', async () => {
    const path = file('large.gz', gzipSync(long))
    await expect(readBytes(path, { maxUnpackedBytes: 699_999 })).rejects.toThrow(
      /becomes more than 699999 bytes .* give 'maxUnpackedBytes'/,
    )
    expect((await readBytes(path, { maxUnpackedBytes: 700_000 })).length).toBe(700_000)
    expect([unpackingLimit(1000, undefined), unpackingLimit(1e9, undefined), unpackingLimit(1000, 5)]).toEqual([
      2 ** 28,
      2e11,
      5,
    ])
    expect(tooLarge('a', 5)).toBeInstanceOf(DataError)
  })

  it('says why it cannot', async () => {
    await expect(readBytes(join(folder, 'absent'))).rejects.toThrow(/absent': it does not exist/)
    await expect(readBytes(folder)).rejects.toThrow(/it is a folder, not a file/)
    await expect(readBytes(join(folder, 'a\x1b[31m'))).rejects.toThrow(/a\\x1b\[31m': it does not exist/)
    await expect(readBytes(join(folder, 'a\0b'))).rejects.toThrow(DataError)
    await expect(readBytes(file('empty', ''))).rejects.toThrow(/is empty/)
  })

  it.skipIf(process.platform === 'win32')('reads a pipe, which does not say how long it is', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const [read] = await Promise.all([text(pipe), writeFile(pipe, long)])
    expect(read).toBe(long)
  })

  it.skipIf(process.platform === 'win32')('ends on a device that does not', async () => {
    await expect(readStream('/dev/zero', {}, (stream) => stream.take(2 ** 31, 'x'))).rejects.toThrow(DataError)
    await expect(readParts('/dev/zero', async () => {})).rejects.toThrow(/no file that can be read in parts/)
  })
})

describe('readStream', () => {
  it('knows how much can come', async () => {
    const left = (path: string) => readStream(path, {}, async (stream, exact) => [stream.left, exact])
    expect(await left(file('five', '12345'))).toEqual([5, true])
    const packed = gzipSync('12345')
    expect(await left(file('five.gz', packed))).toEqual([packed.length * 1032, false])
  })
})

describe('readParts', () => {
  it('reads parts, and refuses those that are not there', async () => {
    const path = file('parts', '0123456789')
    await readParts(path, async (parts) => {
      expect(parts.size).toBe(10)
      expect(new TextDecoder().decode(await parts.read(3, 4))).toBe('3456')
      await expect(parts.read(8, 4)).rejects.toThrow(/ends at byte 10/)
    })
  })
})

describe('readJson', () => {
  it('reads JSON, plain and gzip', async () => {
    expect(await readJson(file('a.json', '{"a": [1]}'))).toEqual({ a: [1] })
    expect(await readJson(file('a.json.gz', gzipSync('[2]')))).toEqual([2])
  })

  it('refuses what is none', async () => {
    for (const bad of ['{"a": ', 'text', Uint8Array.of(0x22, 0xff, 0x22)])
      await expect(readJson(file('bad.json', bad))).rejects.toThrow(/is not a readable JSON file/)
    const deep = '['.repeat(200_000)
    await expect(readJson(file('deep.json', deep))).rejects.toThrow(DataError)
  })
})
