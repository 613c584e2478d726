import { cp, mkdir, readdir, readFile, rename, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { datasetChecksum } from '@dc/core/cache'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ImageFile, type ImageListOptions, imageListDataset, subset } from '../index'
import { plain, putPicture, reds, temporaryFolder } from './fixtures/pictures'

const root = await temporaryFolder('cache')
let folder: string
let cache: string
let count = 0
beforeEach(async () => {
  folder = join(root, String(++count))
  cache = join(folder, 'cache')
  await putPicture(join(folder, '1.png'), 40)
  await putPicture(join(folder, '2.png'), 50)
})
afterEach(() => vi.unstubAllEnvs())

const images = (): ImageFile[] => ['1.png', '2.png'].map((name, label) => ({ path: join(folder, name), label }))
/** The reds of the rows, and how many images were decoded for it. */
async function load(list = images(), options: Partial<ImageListOptions> = {}) {
  let decoded = 0
  const onProgress = (done: number) => {
    decoded = done
  }
  const dataset = await imageListDataset({ name: 'x', images: list }, { size: [4, 4], cache, onProgress, ...options })
  return { decoded, dataset, reds: reds(await dataset.read(Array.from({ length: dataset.size }, (_, i) => i)), 48) }
}
const files = async (ending: string) => (await readdir(cache)).filter((name) => name.endsWith(ending))

describe('decoded pixels', () => {
  it('are made once, and leave nothing unfinished', async () => {
    expect(await load()).toMatchObject({ decoded: 2, reds: [40, 50] })
    expect(await load()).toMatchObject({ decoded: 0, reds: [40, 50] })
    expect((await readdir(cache)).map((name) => name.split('.').at(-1)).sort()).toEqual(['json', 'pixels'])
  })

  it('are the same as without a cache', async () => {
    const [cached, decoded] = [await load(), await load(images(), { cache: false })]
    expect(await decoded.dataset.read([0, 1])).toEqual(await cached.dataset.read([0, 1]))
  })

  it('have a fingerprint that is theirs, with a cache or without, wherever the files lie', async () => {
    const fingerprint = async (list = images(), options: Partial<ImageListOptions> = {}) =>
      (await load(list, options)).dataset.fingerprint!()
    const one = await fingerprint()
    expect(await fingerprint(images(), { cache: false })).toBe(one)
    await cp(folder, `${folder}-copy`, { recursive: true })
    expect(
      await fingerprint(images().map((image) => ({ ...image, path: image.path.replace(folder, `${folder}-copy`) }))),
    ).toBe(one)
    expect(await fingerprint(images().reverse())).not.toBe(one)
    await putPicture(join(folder, '2.png'), 51)
    expect(await fingerprint()).not.toBe(one)

    const { dataset } = await load()
    const rows = (...kept: number[]) => subset(dataset, kept).fingerprint!()
    expect(await rows(0, 1)).toBe(await rows(0, 1))
    expect(new Set([await dataset.fingerprint!(), await rows(0, 1), await rows(1, 0), await rows(0)]).size).toBe(4)
    const unread = await datasetChecksum({ ...subset(dataset, [1]), read: () => expect.unreachable() })
    expect(unread).toBe(await datasetChecksum(subset(dataset, [1])))
  })

  it('are made again after a change that keeps the size and the time of modification', async () => {
    const path = join(folder, '2.png')
    const second = new Date('2020-01-02T03:04:05Z')
    const put = async (red: number) => {
      await writeFile(path, await plain(red, 0, 0).tiff({ compression: 'none' }).toBuffer())
      await utimes(path, second, second)
      return stat(path, { bigint: true })
    }
    const before = await put(60)
    expect((await load()).reds).toEqual([40, 60])
    let after = await put(70)
    // The clock of changes ticks a few milliseconds apart.
    while (after.ctimeNs === before.ctimeNs) after = await put(70)
    expect([after.size, after.mtimeNs, after.ino]).toEqual([before.size, before.mtimeNs, before.ino])
    expect(await load()).toMatchObject({ decoded: 2, reds: [40, 70] })
  })

  it('are made again where a link leads elsewhere', async () => {
    await mkdir(join(folder, 'l'))
    const link = join(folder, 'l', 'x.png')
    await symlink(join(folder, '1.png'), link)
    const list = [{ path: link, label: -1 }]
    expect((await load(list)).reds).toEqual([40])
    await unlink(link)
    await symlink(join(folder, '2.png'), link)
    expect((await load(list)).reds).toEqual([50])
  })

  it.each([[{ size: [4, 5] }], [{ fit: 'pad' }], [{ channels: 1 }], [{ ground: 'black' }]])(
    'are others with %j',
    async (options) => {
      await load()
      expect((await load(images(), options as Partial<ImageListOptions>)).decoded).toBe(2)
    },
  )

  it('are others with a box', async () => {
    await load()
    const box = { left: 0, top: 0, width: 2, height: 2 }
    expect((await load(images().map((image) => ({ ...image, box })))).decoded).toBe(2)
  })

  it('do not know order or labels: those are the call’s', async () => {
    await load()
    const turned = await load(images().reverse())
    expect(turned).toMatchObject({ reds: [50, 40] })
    expect([...turned.dataset.labels!]).toEqual([1, 0])
    const other = await load(images().map((image) => ({ ...image, label: 1 - image.label })))
    expect(other.decoded).toBe(0)
    expect([...other.dataset.labels!]).toEqual([1, 0])
  })

  it('are made again if a bit of them changed', async () => {
    await load()
    const [file] = await files('.pixels')
    const bytes = await readFile(join(cache, file))
    bytes[5] ^= 1
    await writeFile(join(cache, file), bytes)
    expect(await load()).toMatchObject({ decoded: 2, reds: [40, 50] })
    expect(await load()).toMatchObject({ decoded: 0 })
    await writeFile(join(cache, file), bytes.subarray(0, 50))
    expect(await load()).toMatchObject({ decoded: 2, reds: [40, 50] })
  })

  it.each([
    ['an old note', { format: 1, sha256: 'x', kept: [0, 1], bad: [] }],
    ['no note', 'null'],
    ['half a note', '{"format":2,"sha'],
    ['a list', []],
    ['a place of its own', { sha256: `../../${'a'.repeat(58)}` }],
    ['an image that is none', { bad: [{ image: 9, reason: 'x' }] }],
    [
      'an image twice',
      {
        bad: [
          { image: 0, reason: 'x' },
          { image: 0, reason: 'x' },
        ],
      },
    ],
    ['no number', { bad: [{ image: 'x', reason: 'x' }] }],
    ['more than there is', { more: 1 }],
    ['another file', { sha256: 'a'.repeat(64) }],
  ])('are made again if the note is %s', async (_, change) => {
    await load()
    const note = join(cache, (await files('.json'))[0])
    const whole = JSON.parse(await readFile(note, 'utf8'))
    await writeFile(
      note,
      typeof change === 'string' ? change : JSON.stringify(Array.isArray(change) ? [] : { ...whole, ...change }),
    )
    expect(await load()).toMatchObject({ decoded: 2, reds: [40, 50] })
  })

  it('are refused when they are gone while they are used', async () => {
    const { dataset } = await load()
    const [file] = await files('.pixels')
    await rename(join(cache, file), join(cache, 'elsewhere'))
    await expect(dataset.read([0])).rejects.toThrow(/Cannot read '.*pixels': it does not exist/)
  })

  it('are not noted while a file cannot be read, for it may be read next time', async () => {
    await symlink('gone.png', join(folder, '3.png'))
    const list = [...images(), { path: join(folder, '3.png'), label: -1 }]
    expect(await load(list, { onBadImage: 'skip' })).toMatchObject({ decoded: 3, reds: [40, 50] })
    expect(await files('.json')).toEqual([])
    await putPicture(join(folder, 'gone.png'), 60)
    expect(await load(list, { onBadImage: 'skip' })).toMatchObject({ decoded: 3, reds: [40, 50, 60] })
    expect(await load(list, { onBadImage: 'skip' })).toMatchObject({ decoded: 0, reds: [40, 50, 60] })
  })

  it('may be made by several at once', async () => {
    const loads = await Promise.all(Array.from({ length: 4 }, () => load()))
    for (const { reds } of loads) expect(reds).toEqual([40, 50])
    expect(await readdir(cache)).toHaveLength(2)
  })

  it('serve a copy of the folder only if it is the same folder', async () => {
    await load()
    await cp(join(folder, '1.png'), join(folder, 'copy', '1.png'), { preserveTimestamps: true })
    expect((await load([{ path: join(folder, 'copy', '1.png'), label: -1 }])).decoded).toBe(1)
  })
})

describe('a cache folder that cannot be written', () => {
  beforeAll(() => writeFile(join(root, 'file'), ''))

  it('is an error if it was named', async () => {
    await expect(load(images(), { cache: join(root, 'file') })).rejects.toThrow(
      /Cannot write '.*file.*json': .*Name another folder for decoded pixels \(option cache\), or none \(false\)/,
    )
  })

  it('is gone without, with a notice, if it is the default', async () => {
    vi.stubEnv('XDG_CACHE_HOME', join(root, 'file'))
    const { dataset, reds } = await load(images(), { cache: undefined })
    expect(reds).toEqual([40, 50])
    expect(dataset.notices).toHaveLength(1)
    expect(dataset.notices![0]).toMatch(/^decodes images whenever they are read, which is slower: Cannot write /)
  })
})
