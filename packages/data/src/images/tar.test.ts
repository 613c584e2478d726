import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DataError } from '@dc/core/plugin'
import { beforeAll, describe, expect, it } from 'vitest'
import { unpackTar } from '../index'
import { paxRecord, type TarMember, tar } from '../testing/bytes'

let root: string
let count = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tar-'))
})

/** Unpacks bytes into a folder of their own: what is there then, by path. */
async function unpacked(archive: Uint8Array, options = {}): Promise<Record<string, string>> {
  const [path, folder] = [join(root, `${count}.tar`), join(root, `${count++}`)]
  await writeFile(path, archive)
  const written = await unpackTar(path, folder, options)
  const found: Record<string, string> = {}
  for (const name of written) found[name] = await readFile(join(folder, name), 'utf8')
  const all = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  expect(all).toHaveLength(written.length)
  return found
}

/** The same must leave nothing. */
async function refused(archive: Uint8Array, why: RegExp, options = {}): Promise<void> {
  const [path, folder] = [join(root, `${count}.tar`), join(root, `${count++}`)]
  await writeFile(path, archive)
  const unpacking = unpackTar(path, folder, options)
  await expect(unpacking, String(why)).rejects.toThrow(why)
  await expect(unpacking).rejects.toThrow(DataError)
  expect(await readdir(folder)).toEqual([])
}

const two: TarMember[] = [
  { name: 'set/', type: '5' },
  { name: './set/a.bin', text: 'a'.repeat(100_000) },
  { name: 'set/b.txt', text: 'b' },
]
const files = { 'set/a.bin': 'a'.repeat(100_000), 'set/b.txt': 'b' }

describe('unpackTar', () => {
  it('unpacks plain and compressed archives, ustar, GNU and older', async () => {
    expect(await unpacked(tar(two))).toEqual(files)
    expect(await unpacked(gzipSync(tar(two)))).toEqual(files)
    expect(await unpacked(tar(two.map((member) => ({ ...member, magic: 'ustar  \0' }))))).toEqual(files)
    expect(await unpacked(tar(two.map((member) => ({ ...member, magic: '' }))))).toEqual(files)
    expect(await unpacked(tar([{ name: 'empty' }]))).toEqual({ empty: '' })
  })

  it('knows long names, of GNU and of pax', async () => {
    const long = `set/${'long-name/'.repeat(15)}file.bin`
    expect(
      await unpacked(
        tar([
          { name: '././@LongLink', type: 'L', text: `${long}\0` },
          { name: long.slice(0, 100), text: 'x' },
        ]),
      ),
    ).toEqual({ [long]: 'x' })
    const name = 'set/Bär 日本.txt'
    expect(
      await unpacked(
        tar([
          { name: 'x', type: 'x', text: paxRecord('path', name) },
          { name: 'set/Bar.txt', text: 'x' },
        ]),
      ),
    ).toEqual({ [name]: 'x' })
  })

  it('unpacks hard links, which are files of more than one name', async () => {
    const linked = (link: string): TarMember => ({ name: 'more/c.txt', type: '1', link })
    for (const link of ['set/b.txt', './set/b.txt'])
      expect(await unpacked(tar([...two, linked(link)]))).toEqual({ ...files, 'more/c.txt': 'b' })
    for (const link of ['/etc/passwd', '../b.txt', 'set/absent.txt', 'set', ''])
      await refused(tar([...two, linked(link)]), /has a link 'more\/c.txt' to '.*', which is no file before it/)
    await refused(tar([linked('set/b.txt'), ...two]), /no file before it/)
    await refused(tar([...two, linked('set/b.txt'), { name: 'more/c.txt', text: 'x' }]), /two members/)
  })

  it('makes no warnings of Node', async () => {
    const warnings: Error[] = []
    const keep = (warning: Error) => warnings.push(warning)
    process.on('warning', keep)
    await unpacked(gzipSync(tar([{ name: 'long', text: 'x'.repeat(4_000_000) }])))
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', keep)
    expect(warnings).toEqual([])
  })

  it('writes no symbolic links and no devices', async () => {
    const more: TarMember[] = ['2', '3', '4', '6'].map((type) => ({
      name: `other${type}`,
      type,
      link: '/etc/passwd',
    }))
    expect(await unpacked(tar([...more, ...two]))).toEqual(files)
  })

  it('refuses paths that lead out, or that two members have', async () => {
    for (const name of ['../out.txt', '/out.txt', 'a/../../out.txt', '..'])
      await refused(tar([...two, { name, text: 'x' }]), /outside of its folder/)
    await refused(tar([...two, { name: '.', text: 'x' }]), /without a name/)
    await refused(
      tar([
        { name: 'x', type: 'x', text: paxRecord('path', '../out') },
        { name: 'in', text: 'x' },
      ]),
      /outside/,
    )
    await refused(tar([...two, { name: 'set/b.txt', text: 'other' }]), /two members 'set\/b.txt'/)
    await refused(tar([...two, { name: 'set/b.txt/c', text: 'x' }]), /cannot be unpacked/)
    await refused(
      tar([...two, { name: 'x', type: 'x', text: paxRecord('path', 'a\0b') }, { name: 'in', text: 'x' }]),
      /unpacked/,
    )
  })

  it('refuses what is broken, cut or of another kind, and leaves nothing', async () => {
    const packed = gzipSync(tar(two))
    await refused(packed.subarray(0, 60), /is not a whole gzip file/)
    await refused(
      packed.map((byte, i) => (i === packed.length - 6 ? byte ^ 1 : byte)),
      /is not a whole gzip file/,
    )
    await refused(Buffer.from('x'.repeat(600)), /cannot be unpacked: Invalid tar header/)
    await refused(tar(two).subarray(0, 50_000), /cannot be unpacked: Unexpected end of data/)
    // Cut between two members.
    await refused(tar(two, { end: false }), /its end is missing/)
    await refused(Buffer.alloc(10_240), /holds no files/)
    await refused(tar([two[0], { name: 'x', type: '2', link: 'set' }]), /holds no files/)
    await refused(tar([{ name: 'a', text: 'x', size: 2 ** 33 - 1 }]), /Unexpected end of data/)
    await refused(tar([{ name: 'a', text: 'x', type: 'S' }]), /'a' of a kind that is not read/)
    const sparse = paxRecord('GNU.sparse.major', '1')
    await refused(
      tar([
        { name: 'x', type: 'x', text: sparse },
        { name: 'a', text: 'x' },
      ]),
      /'a' that is sparse/,
    )
    const negative = paxRecord('size', '-5')
    await refused(
      tar([
        { name: 'x', type: 'x', text: negative },
        { name: 'a', text: 'x' },
      ]),
      /cannot be unpacked/,
    )
    const flipped = tar(two)
    flipped[600] ^= 1
    await refused(flipped, /Invalid tar header/)
  })

  it('unpacks no more than the limits', async () => {
    const packed = gzipSync(tar(two))
    await refused(packed, /becomes more than 1000 bytes/, { maxUnpackedBytes: 1000 })
    await refused(packed, /more than 1 files. .* 'maxFiles'/, { maxFiles: 1 })
    expect(await unpacked(packed, { maxUnpackedBytes: 200_000, maxFiles: 2 })).toEqual(files)
    await expect(unpackTar('x.tar', root, { maxFiles: 0 })).rejects.toThrow(/maxFiles: got 0/)
  })

  it('replaces files of the same name and leaves the others', async () => {
    const [path, folder] = [join(root, 'again.tar'), join(root, 'again')]
    await writeFile(path, tar(two))
    await mkdir(join(folder, 'set'), { recursive: true })
    await writeFile(join(folder, 'set', 'b.txt'), 'old')
    await writeFile(join(folder, 'set', 'c.txt'), 'mine')
    expect(await unpackTar(path, folder)).toEqual(['set/a.bin', 'set/b.txt'])
    expect(await readFile(join(folder, 'set', 'b.txt'), 'utf8')).toBe('b')
    expect((await readdir(join(folder, 'set'))).sort()).toEqual(['a.bin', 'b.txt', 'c.txt'])
  })

  it('says why it cannot read or write', async () => {
    await expect(unpackTar(join(root, 'absent.tar'), join(root, 'new'))).rejects.toThrow(
      /absent.tar': it does not exist/,
    )
    await writeFile(join(root, 'file'), '')
    await expect(unpackTar(join(root, 'again.tar'), join(root, 'file'))).rejects.toThrow(
      /cannot be unpacked: a file of that name/,
    )
    await symlink(join(root, 'circle'), join(root, 'circle'))
    await expect(unpackTar(join(root, 'circle'), root)).rejects.toThrow(/its links lead in a circle/)
  })
})
