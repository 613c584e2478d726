import { cpu, createRandom, type Dataset, initBackend, type Pipeline, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import { memoryDataset } from '@dc/data'
import { imageViews, simclrViews, sp2otViews } from '@dc/data/views'
import { PNG } from 'pngjs'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { contactSheet } from './contact-sheet'
import { bytesAt, thumbnail } from './picture'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const random = createRandom(0)
function images(n: number, height: number, width: number, channels: 1 | 3): Dataset {
  return memoryDataset({
    name: 'noise',
    values: random.split(n).uniforms(n * height * width * channels),
    sampleShape: [height, width, channels],
    image: { height, width, channels, range: [0, 1] },
  })
}
const drawnBy = (views: Pipeline['views']) => ({ views }) as Pipeline
const still = drawnBy(({ values, rows, sampleShape }) => [tf.tensor(values, [rows.length, ...sampleShape])])
const read = async (sheet: Promise<Buffer | null>) => PNG.sync.read((await sheet)!)

describe('contactSheet', () => {
  it('has images in its first row and their views below, in a frame that does not grow', async () => {
    const png = await read(contactSheet(still, images(100, 60, 128, 3), random))
    // 12 images of 30×64 with gaps of 3, the first of five rows 6 further apart.
    expect([png.width, png.height]).toEqual([12 * 67 - 3, 5 * 33 - 3 + 6])
    const red = (x: number, y: number) => png.data[4 * (y * png.width + x)]
    // A view that changes nothing is its image again, and between the pictures nothing is drawn.
    for (let y = 0; y < 30; y++) expect(red(5, y)).toBe(red(5, 33 + 6 + y))
    expect(png.data[4 * 65 + 3]).toBe(0)
  })

  it('enlarges tiny images by whole numbers', async () => {
    const dataset = images(3, 8, 8, 1)
    const png = await read(contactSheet(still, dataset, random))
    expect(png.width).toBe(3 * 67 - 3)
    const [values] = [await dataset.read([0])]
    for (let pixel = 0; pixel < 64; pixel++) {
      const [y, x] = [8 * (pixel >> 3) + 7, 8 * (pixel % 8)]
      expect(png.data[4 * (y * png.width + x)]).toBe(Math.floor(255 * values[pixel] + 0.5))
    }
  })

  it('draws normalised views from the least to the most of each channel', async () => {
    const views = imageViews(sp2otViews({ size: [32, 32] }))
    const png = await read(contactSheet(drawnBy(views.apply), images(4, 40, 40, 3), random))
    const channel = (c: number, from: number) => {
      const values: number[] = []
      for (let at = from * png.width; at < png.data.length / 4; at++)
        if (png.data[4 * at + 3]) values.push(png.data[4 * at + c])
      return values
    }
    for (const c of [0, 1, 2]) expect([Math.min(...channel(c, 49)), Math.max(...channel(c, 49))]).toEqual([0, 255])
  })

  it('draws the same views from the same seed, and leaves no tensor', async () => {
    const dataset = images(12, 16, 16, 3)
    const pipeline = drawnBy(imageViews(simclrViews()).apply)
    const sheets: (Buffer | null)[] = []
    await expectNoLeaks(async () => {
      for (const seed of [1, 1, 2]) sheets.push(await contactSheet(pipeline, dataset, createRandom(seed)))
    })
    expect(sheets[0]).toEqual(sheets[1])
    expect(sheets[0]).not.toEqual(sheets[2])
  })

  it('is none for rows that are no images', async () => {
    const rows = memoryDataset({ name: 'rows', values: new Float32Array(8), sampleShape: [2] })
    expect(await contactSheet(still, rows, random)).toBeNull()
    const flat = drawnBy(({ rows: batch }) => [tf.zeros([batch.length, 4])])
    expect(await contactSheet(flat, images(2, 4, 4, 1), random)).toBeNull()
  })
})

describe('pictures', () => {
  it('are averaged when made smaller, and clipped to their range', () => {
    const picture = { values: Float32Array.of(0, 1, 0.5, 0.5, 2, 2, -1, -1), height: 2, width: 4, channels: 1 } as const
    expect([...bytesAt({ ...picture, range: [[0, 1]] }, 2, 2)]).toEqual([128, 128, 255, 0])
  })
  it('are at most as large as asked, and kept to the pixel if they are tiny', async () => {
    const picture = {
      values: new Float32Array(100 * 300),
      height: 100,
      width: 300,
      channels: 1,
      range: [[0, 1]],
    } as const
    for (const [most, format, height] of [
      [64, 'webp', 21],
      [40, 'png', 13],
    ] as const) {
      const [type, base64] = (await thumbnail(picture, most)).split(',')
      expect(type).toBe(`data:image/${format};base64`)
      expect(await sharp(Buffer.from(base64, 'base64')).metadata()).toMatchObject({ format, width: most, height })
    }
  })
})
