import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { checksum, defaultCacheFolder, fileChecksum, removeUnfinished, writeWhole } from './cache'
import { fileReason } from './file-reason'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cache-'))
})
afterEach(() => vi.unstubAllEnvs())

describe('defaultCacheFolder', () => {
  it('is where XDG_CACHE_HOME says, if that is an absolute path', () => {
    vi.stubEnv('XDG_CACHE_HOME', root)
    expect(defaultCacheFolder()).toBe(join(root, 'deep-clustering'))
    vi.stubEnv('XDG_CACHE_HOME', 'here')
    expect(defaultCacheFolder()).toMatch(/[\\/]\.cache[\\/]deep-clustering$/)
  })
})

describe('checksums', () => {
  it('are SHA-256', async () => {
    const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' // FIPS 180-2: of 'abc'
    expect(checksum('abc')).toBe(known)
    expect(checksum(Uint8Array.from([97, 98, 99]))).toBe(known)
    const [path, bytes] = [join(root, 'long'), new Uint8Array(3_000_001).fill(7)]
    await writeFile(path, bytes)
    expect(await fileChecksum(path)).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(await fileChecksum(join(root, 'absent'))).toBeNull()
    expect(await fileChecksum(root)).toBeNull()
  })
})

describe('writeWhole', () => {
  it('makes the folder, writes, and returns what the writer returned', async () => {
    const path = join(root, 'a', 'b', 'c')
    expect(await writeWhole(path, async (file) => (await file.write('abc')).bytesWritten)).toBe(3)
    expect(await readdir(join(root, 'a', 'b'))).toEqual(['c'])
  })

  it('leaves what was there, and nothing else, if the writer fails', async () => {
    const path = join(root, 'd', 'e')
    await writeWhole(path, (file) => file.writeFile('old'))
    const failing = writeWhole(path, async (file) => {
      await file.writeFile('new')
      throw new RangeError('mine')
    })
    await expect(failing).rejects.toThrow(RangeError)
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(join(root, 'd'))).toEqual(['e'])
  })

  it('lets several write the same path at once', async () => {
    const path = join(root, 'f', 'g')
    const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
    await Promise.all(texts.map((text) => writeWhole(path, (file) => file.writeFile(text))))
    expect(texts).toContain(await readFile(path, 'utf8'))
    expect(await readdir(join(root, 'f'))).toEqual(['g'])
  })

  it('leaves files of processes that were killed, which can be taken away', async () => {
    const folder = join(root, 'killed')
    const path = join(folder, 'part.npy')
    const left = `part.npy.${randomUUID()}.tmp`
    await writeWhole(path, async (file) => {
      await file.writeFile('whole')
      expect((await readdir(folder)).map((name) => name.replace(/[0-9a-f]/g, 'x'))).toEqual([
        left.replace(/[0-9a-f]/g, 'x'),
      ])
    })
    for (const name of [left, 'notes.tmp', `${randomUUID()}.npy`]) await writeFile(join(folder, name), '')
    const before = await readdir(folder)
    await removeUnfinished(folder)
    expect(await readdir(folder)).toEqual(before.filter((name) => name !== left))
    await removeUnfinished(join(root, 'absent'))
  })

  it('may name the file by what was written', async () => {
    const path = join(root, 'h', 'i')
    await writeWhole(
      path,
      async () => 'j',
      (name) => join(root, 'h', name),
    )
    expect(await readdir(join(root, 'h'))).toEqual(['j'])
  })

  it('says why it cannot', async () => {
    await writeFile(join(root, 'file'), '')
    await expect(writeWhole(join(root, 'file', 'x'), async () => {})).rejects.toThrow(/Cannot write '.*x': /)
    const full = Object.assign(new Error('ENOSPC: …'), { code: 'ENOSPC', syscall: 'write' })
    const failing = writeWhole(join(root, 'x\x1b[31m'), async () => Promise.reject(full))
    await expect(failing).rejects.toThrow(/x\\x1b\[31m': no space is left on the disk\.$/)
  })
})

describe('fileReason', () => {
  it.each([
    [{ code: 'ENOENT' }, 'it does not exist'],
    [{ code: 'EODD', message: 'odd\n' }, 'odd\\n'],
    [{ code: 'toString', message: 'odd' }, 'odd'],
    ['odd', 'odd'],
    [undefined, 'undefined'],
  ])('%j', (error, reason) => expect(fileReason(error)).toBe(reason))
})
