import { mkdir, mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistry } from '@dc/core'
import { testDataset } from '@dc/core/testing'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  decodeImage,
  imageNetDogs,
  loadCars196,
  loadCub200,
  loadImageFolder,
  loadINaturalist,
  loadProducts,
  loadTinyImageNet,
  plugins,
} from '../index'

let root: string
let cache: string
/** A picture of one colour. */
const plain = (red: number, green: number, blue: number, width = 12, height = 8) =>
  sharp({ create: { width, height, channels: 3, background: { r: red, g: green, b: blue } } })

async function put(path: string, red: number): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  await plain(red, 100, 50).toFile(path)
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'images-'))
  cache = join(root, 'cache')
  await put(join(root, 'photos', 'b', '1.png'), 200)
  await put(join(root, 'photos', 'a', 'deep', '2.webp'), 120)
  await put(join(root, 'photos', 'a', '1.jpg'), 10)
  await writeFile(join(root, 'photos', 'a', 'notes.txt'), 'no image')
})

const reds = (pixels: Float32Array, size: number) =>
  Array.from({ length: pixels.length / size }, (_, i) => Math.round(pixels[i * size] * 255))

describe('decodeImage', () => {
  it('applies EXIF orientation', async () => {
    // Left half white, right half black; stored so that it must be turned a quarter clockwise to be seen.
    const bytes = Buffer.from(Array.from({ length: 8 * 4 * 3 }, (_, i) => (Math.floor(i / 3) % 8 < 4 ? 255 : 0)))
    const jpeg = await sharp(bytes, { raw: { width: 8, height: 4, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer()
    const pixels = await decodeImage(jpeg, { size: [8, 4], channels: 1 })
    expect([...pixels.subarray(0, 16)].every((value) => value === 255)).toBe(true)
    expect([...pixels.subarray(16)].every((value) => value === 0)).toBe(true)
  })

  it('crops the middle, stretches or pads', async () => {
    const bytes = Buffer.from(Array.from({ length: 12 * 4 }, (_, i) => (i % 12 < 4 ? 0 : i % 12 < 8 ? 255 : 0)))
    const png = await sharp(bytes, { raw: { width: 12, height: 4, channels: 1 } })
      .png()
      .toBuffer()
    const mean = async (fit: 'crop' | 'stretch' | 'pad') => {
      const pixels = await decodeImage(png, { size: [4, 4], channels: 1, fit })
      return pixels.reduce((sum, value) => sum + value / 16, 0)
    }
    expect(await mean('crop')).toBe(255)
    expect(await mean('stretch')).toBeCloseTo(85, -1)
    expect(await mean('pad')).toBeLessThan(50)
  })

  it('takes grey, 16-bit, CMYK and transparent files', async () => {
    const grey = await plain(90, 90, 90).toColourspace('b-w').png().toBuffer()
    const deep = await plain(90, 90, 90).toColourspace('rgb16').png().toBuffer()
    const clear = await plain(90, 90, 90).ensureAlpha(0).png().toBuffer()
    const print = await plain(90, 90, 90).toColourspace('cmyk').jpeg().toBuffer()
    for (const [file, value] of [
      [grey, 90],
      [deep, 90],
      [print, 90],
      [clear, 0],
    ] as const) {
      const pixels = await decodeImage(file, { size: [2, 2] })
      expect(pixels).toHaveLength(12)
      expect(Math.abs(pixels[0] - value)).toBeLessThan(12)
    }
  })

  it('cuts a box to the image', async () => {
    const bytes = Buffer.from(Array.from({ length: 8 * 8 }, (_, i) => (i % 8 >= 4 ? 255 : 0)))
    const png = await sharp(bytes, { raw: { width: 8, height: 8, channels: 1 } })
      .png()
      .toBuffer()
    const pixels = await decodeImage(png, { size: [2, 2], channels: 1 }, { left: 4, top: 2, width: 99, height: 3 })
    expect([...pixels]).toEqual([255, 255, 255, 255])
  })
})

describe('image folders', () => {
  it('reads classes from sub-folders, at any depth', async () => {
    const dataset = await loadImageFolder(join(root, 'photos'), { size: [4, 6], cache })
    expect(dataset.size).toBe(3)
    expect(dataset.sampleShape).toEqual([4, 6, 3])
    expect(dataset.classNames).toEqual(['a', 'b'])
    expect([...dataset.labels!]).toEqual([0, 0, 1])
    const found = reds(await dataset.read([2, 0, 1]), 4 * 6 * 3)
    expect(found[0]).toBe(200)
    expect(Math.abs(found[1] - 10) + Math.abs(found[2] - 120)).toBeLessThan(8)
  })

  it('decodes the same with and without the cache', async () => {
    const cached = await loadImageFolder(join(root, 'photos'), { size: [4, 4], cache })
    const decoded = await loadImageFolder(join(root, 'photos'), { size: [4, 4], cache: false })
    expect(await decoded.read([0, 1, 2])).toEqual(await cached.read([0, 1, 2]))
  })

  it('has no labels without classes, and takes some classes only', async () => {
    const none = await loadImageFolder(join(root, 'photos'), { size: [4, 4], cache, classes: 'none' })
    expect(none.labels).toBeUndefined()
    const only = await loadImageFolder(join(root, 'photos'), { size: [4, 4], cache, only: ['b'] })
    expect([only.size, only.paths[0].endsWith('1.png')]).toEqual([1, true])
    await expect(loadImageFolder(join(root, 'photos'), { size: [4, 4], only: ['c'] })).rejects.toThrow(/only: got 'c'/)
    expect(imageNetDogs).toHaveLength(15)
  })

  it('says when there is nothing', async () => {
    await mkdir(join(root, 'empty'))
    await expect(loadImageFolder(join(root, 'empty'), { size: [4, 4] })).rejects.toThrow(/holds no images/)
    await expect(loadImageFolder(join(root, 'absent'), { size: [4, 4] })).rejects.toThrow(/Cannot read the folder/)
  })
})

describe('bad images', () => {
  beforeAll(async () => {
    const folder = join(root, 'bad')
    await put(join(folder, '1.jpg'), 40)
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 256))
    await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toFile(join(folder, '2.jpg'))
    await truncate(join(folder, '2.jpg'), 2000)
    await writeFile(join(folder, '3.png'), 'no image at all')
    await put(join(folder, '4.png'), 80)
  })

  it.each([true, false])('are skipped and reported (cache: %s)', async (cached) => {
    const options = { size: [4, 4], cache: cached && cache, onBadImage: 'skip' } as const
    const dataset = await loadImageFolder(join(root, 'bad'), options)
    expect(dataset.bad.map(({ path }) => path.slice(-5))).toEqual(['2.jpg', '3.png'])
    expect(dataset.bad[0].reason).toMatch(/2\.jpg' cannot be decoded: /)
    expect(dataset.leftOut).toEqual(dataset.bad)
    expect(dataset.size).toBe(2)
    expect(reds(await dataset.read([1]), 48)).toEqual([80])
  })

  it('are an error by default', async () => {
    await expect(loadImageFolder(join(root, 'bad'), { size: [4, 4], cache })).rejects.toThrow(
      /2\.jpg' cannot be decoded/,
    )
    const lazy = await loadImageFolder(join(root, 'bad'), { size: [4, 4], cache: false })
    await expect(lazy.read([2])).rejects.toThrow(/3\.png' cannot be decoded/)
  })
})

describe('the cache', () => {
  const load = (done: number[] = []) =>
    loadImageFolder(join(root, 'cached'), { size: [4, 4], cache: join(root, 'own'), onProgress: (n) => done.push(n) })
  const pixels = async () => {
    const names = await readdir(join(root, 'own'))
    return names.filter((name) => name.endsWith('.pixels')).map((name) => join(root, 'own', name))
  }
  beforeAll(async () => {
    await put(join(root, 'cached', '1.png'), 40)
    await put(join(root, 'cached', '2.png'), 50)
  })

  it('decodes once, again after a change, and again if its own bytes changed', async () => {
    const first: number[] = []
    await load(first)
    expect(first).toEqual([2])
    const second: number[] = []
    const dataset = await load(second)
    expect(second).toEqual([])
    expect(reds(await dataset.read([0, 1]), 48)).toEqual([40, 50])

    const [file] = await pixels()
    const bytes = await readFile(file)
    bytes[5] ^= 1
    await writeFile(file, bytes)
    const third: number[] = []
    expect(reds(await (await load(third)).read([0]), 48)).toEqual([40])
    expect(third).toEqual([2])

    await put(join(root, 'cached', '2.png'), 60)
    expect(reds(await (await load()).read([1]), 48)).toEqual([60])
    expect(await pixels()).toHaveLength(2)
  })
})

describe('published sets', () => {
  const size = [4, 4] as const

  it('reads CUB-200', async () => {
    const folder = join(root, 'CUB_200_2011')
    for (const [name, red] of [
      ['001.A/1.png', 10],
      ['002.B_C/2.png', 20],
      ['002.B_C/3.png', 30],
    ] as const)
      await put(join(folder, 'images', name), red)
    const files = {
      'images.txt': '1 001.A/1.png\n2 002.B_C/2.png\n3 002.B_C/3.png\n',
      'image_class_labels.txt': '1 1\n2 2\n3 2\n',
      'classes.txt': '1 001.A\n2 002.B_C\n',
      'train_test_split.txt': '1 1\n2 0\n3 1\n',
      'bounding_boxes.txt': '1 0.0 0.0 4.0 4.0\n2 1 1 3 3\n3 2.0 2.0 50.0 50.0\n',
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const rows = async (split: 'train' | 'test' | 'first-half' | 'second-half') =>
      reds(await (await loadCub200(root, { size, cache, split })).read([0]), 48)
    expect(await rows('train')).toEqual([10])
    expect(await rows('test')).toEqual([20])
    expect(await rows('second-half')).toEqual([20])
    const all = await loadCub200(folder, { size, cache, boundingBoxes: true })
    expect([[...all.labels!], all.classNames]).toEqual([
      [0, 1, 1],
      ['A', 'B C'],
    ])
    await writeFile(join(folder, 'classes.txt'), '1\n')
    await expect(loadCub200(folder, { size, cache })).rejects.toThrow(
      /Line 1 of 'classes.txt' has 1 fields; expected 2/,
    )
  })

  it('reads Cars196', async () => {
    const folder = join(root, 'cars')
    for (const [i, red] of [10, 20, 30].entries()) await put(join(folder, 'car_ims', `00000${i + 1}.png`), red)
    await writeFile(
      join(folder, 'cars_annos.mat'),
      await readFile(new URL('./fixtures/cars_annos.mat', import.meta.url)),
    )
    const all = await loadCars196(folder, { size, cache, boundingBoxes: true })
    expect([[...all.labels!], all.classNames![1]]).toEqual([[0, 1, 0], 'Acura RL Sedan 2012'])
    expect(reds(await all.read([0, 1, 2]), 48)).toEqual([10, 20, 30])
    expect((await loadCars196(folder, { size, cache, split: 'test' })).paths[0]).toMatch(/000003/)
    expect((await loadCars196(folder, { size, cache, split: 'second-half' })).paths).toHaveLength(1)
  })

  it('reads Stanford Online Products', async () => {
    const folder = join(root, 'Stanford_Online_Products')
    for (const name of ['bicycle_final/1_0.png', 'bicycle_final/1_1.png', 'coffee_maker_final/2_0.png'])
      await put(join(folder, name), 5)
    const lines = [
      'image_id class_id super_class_id path',
      '1 11 1 bicycle_final/1_0.png',
      '2 11 1 bicycle_final/1_1.png',
    ]
    await writeFile(join(folder, 'Ebay_test.txt'), [...lines, '3 12 4 coffee_maker_final/2_0.png', ''].join('\r\n'))
    const products = await loadProducts(root, { size, cache, split: 'test' })
    expect([[...products.labels!], products.classNames]).toEqual([
      [0, 0, 1],
      ['11', '12'],
    ])
    const kinds = await loadProducts(root, { size, cache, split: 'test', labels: 'kind' })
    expect(kinds.classNames).toEqual(['bicycle', 'coffee maker'])
  })

  it('reads iNaturalist', async () => {
    const folder = join(root, 'inat')
    for (const [name, red] of [
      ['x/1.png', 10],
      ['y/2.png', 20],
      ['z/3.png', 30],
    ] as const)
      await put(join(folder, name), red)
    const annotations = join(folder, 'train2018.json')
    await writeFile(
      annotations,
      JSON.stringify({
        images: [1, 2, 3].map((id) => ({ id, file_name: `${'xyz'[id - 1]}/${id}.png` })),
        annotations: [1, 2, 3].map((id) => ({ image_id: id, category_id: id * 10 })),
        categories: [10, 20, 30].map((id) => ({ id, name: `species ${id}` })),
      }),
    )
    const some = await loadINaturalist(folder, { annotations, categories: [30, 10], size, cache })
    expect([[...some.labels!], some.classNames]).toEqual([
      [1, 0],
      ['species 30', 'species 10'],
    ])
    expect(reds(await some.read([0, 1]), 48)).toEqual([10, 30])
    const drawn = await loadINaturalist(folder, { annotations, categories: 2, seed: 1, size, cache })
    expect(drawn.classNames).toHaveLength(2)
    await expect(loadINaturalist(folder, { annotations, categories: [5], size })).rejects.toThrow(/categories: got 5/)
  })

  it('reads Tiny-ImageNet', async () => {
    const folder = join(root, 'tiny-imagenet-200')
    await put(join(folder, 'train', 'n01', 'images', 'n01_0.JPEG'), 10)
    await put(join(folder, 'train', 'n02', 'images', 'n02_0.JPEG'), 20)
    await put(join(folder, 'val', 'images', 'val_0.JPEG'), 30)
    await writeFile(join(folder, 'wnids.txt'), 'n02\nn01\n')
    await writeFile(join(folder, 'words.txt'), 'n01\tgoldfish, Carassius auratus\nn02\tants\n')
    await writeFile(join(folder, 'val', 'val_annotations.txt'), 'val_0.JPEG\tn01\t0\t32\t44\t62\n')
    const all = await loadTinyImageNet(root, { split: 'all', cache })
    expect([[...all.labels!], all.classNames]).toEqual([
      [0, 1, 1],
      ['ants', 'goldfish'],
    ])
    expect(all.sampleShape).toEqual([64, 64, 3])
  })
})

testDataset({ describe, it }, 'image-folder', () =>
  createRegistry([plugins]).create('dataset', 'image-folder', { path: join(root, 'photos'), size: 4, cache }),
)
