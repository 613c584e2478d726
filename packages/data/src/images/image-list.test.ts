import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError, OptionError } from '@dc/core/plugin'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ImageListOptions, imageListDataset } from '../index'
import { putPicture, reds, temporaryFolder } from './fixtures/pictures'

const root = await temporaryFolder('list')
const cache = join(root, 'cache')
const path = (name: string) => join(root, name)
const at = (...names: string[]) => names.map((name) => ({ path: path(name), label: -1 }))

beforeAll(async () => {
  await putPicture(path('1.jpg'), 40)
  const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 256))
  await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
    .jpeg()
    .toFile(path('2.jpg'))
  await truncate(path('2.jpg'), 2000)
  await writeFile(path('3.png'), 'no image at all')
  await putPicture(path('4.png'), 80)
})

describe.each([true, false])('with a cache: %s', (cached) => {
  const options = { size: [4, 4], cache: cached && cache } as const
  const load = (names: readonly string[], more: Partial<ImageListOptions> = {}) =>
    imageListDataset({ name: 'some', images: at(...names) }, { ...options, ...more })

  it('skips what is bad, and says what', async () => {
    const dataset = await load(['1.jpg', '2.jpg', '3.png', 'absent.png', '4.png'], { onBadImage: 'skip' })
    expect(dataset.bad.map((bad) => bad.path)).toEqual([path('2.jpg'), path('3.png'), path('absent.png')])
    expect(dataset.bad[0].reason).toMatch(/2\.jpg' cannot be decoded: /)
    expect(dataset.bad[2].reason).toMatch(/Cannot read '.*absent\.png': it does not exist\.$/)
    expect(dataset.leftOut).toEqual(dataset.bad)
    expect([dataset.size, dataset.rowFiles.map((file) => file.path)]).toEqual([2, [path('1.jpg'), path('4.png')]])
    expect(reds(await dataset.read([1]), 48)).toEqual([80])
  })

  it('says when all are bad', async () => {
    await expect(load(['2.jpg', '3.png'], { onBadImage: 'skip' })).rejects.toThrow(
      /^All 2 images of 'some' are bad: '.*2\.jpg' cannot be decoded/,
    )
  })

  it('counts what its caller could not read as bad', async () => {
    const list = {
      name: 'some',
      images: at('1.jpg'),
      unreadable: [{ path: 'x', reason: "Cannot read 'x': it is a pipe." }],
    }
    await expect(imageListDataset(list, options)).rejects.toThrow(/^Cannot read 'x': it is a pipe\. onBadImage 'skip'/)
    const dataset = await imageListDataset(list, { ...options, onBadImage: 'skip' })
    expect([dataset.size, dataset.leftOut]).toEqual([1, list.unreadable])
  })

  it('refuses rows that are none', async () => {
    const dataset = await load(['1.jpg', '4.png'])
    for (const row of [2, -1, 0.5, Number.NaN])
      await expect(dataset.read([row])).rejects.toThrow(`Row ${row} is outside`)
  })
})

describe('bad images', () => {
  const load = (more: Partial<ImageListOptions>) =>
    imageListDataset({ name: 'some', images: at('1.jpg', '2.jpg', '3.png') }, { size: [4, 4], cache, ...more })

  it.each([true, false])('are an error by default, at once (cache: %s)', async (cached) => {
    await expect(load({ cache: cached && cache })).rejects.toThrow(
      /2\.jpg' cannot be decoded: .* So it is with 1 more\. onBadImage 'skip' leaves out what is bad/,
    )
  })

  it('that turned bad since are an error when they are read', async () => {
    await putPicture(path('5.png'), 80)
    const dataset = await imageListDataset(
      { name: 'some', images: at('1.jpg', '5.png') },
      { size: [4, 4], cache: false },
    )
    await writeFile(path('5.png'), 'no image any more')
    expect(await dataset.read([0])).toHaveLength(48)
    await expect(dataset.read([1])).rejects.toThrow(/5\.png' cannot be decoded/)
  })

  it('stay an error after a call that skipped them', async () => {
    expect((await load({ onBadImage: 'skip' })).size).toBe(1)
    await expect(load({ onBadImage: 'error' })).rejects.toThrow(/cannot be decoded/)
    expect((await load({ onBadImage: 'skip' })).size).toBe(1)
  })
})

describe('what is asked', () => {
  const [good] = at('1.jpg')
  it.each([
    [{ concurrency: 0 }, 'concurrency'],
    [{ concurrency: Number.NaN }, 'concurrency'],
    [{ onBadImage: 'ignore' }, 'onBadImage'],
    [{ cache: '' }, 'cache'],
    [{ size: [4] }, 'size'],
    [{ ground: 'grey' }, 'ground'],
  ])('%j is refused', async (options, name) => {
    const loading = imageListDataset({ name: 'x', images: [good] }, { size: [4, 4], ...options } as ImageListOptions)
    await expect(loading).rejects.toThrow(OptionError)
    await expect(loading).rejects.toThrow(`${name}: got`)
  })

  it.each([Number.NaN, 1.5, -2, 2])('the label %s is refused', async (label) => {
    const list = { name: 'x', images: [good, { ...good, label }], classNames: ['a', 'b'] }
    await expect(imageListDataset(list, { size: [4, 4], cache })).rejects.toThrow(DataError)
  })

  it('no images are refused', async () => {
    await expect(imageListDataset({ name: 'x', images: [] }, { size: [4, 4] })).rejects.toThrow("'x' has no images")
  })

  it('an option that is undefined is one left out', async () => {
    const options = { size: [4, 4], cache, fit: undefined, onBadImage: undefined, concurrency: undefined } as const
    expect((await imageListDataset({ name: 'x', images: [good] }, options)).size).toBe(1)
  })
})
