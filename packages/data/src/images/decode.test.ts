import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DcError } from '@dc/core/plugin'
import fc from 'fast-check'
import sharp, { type CreateRaw, type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { type DecodeOptions, decodeImage } from '../index'
import { deep, plain, putPicture, temporaryFolder, whitePng } from './fixtures/pictures'

const root = await temporaryFolder('decode')
const size = [2, 2] as const
/** The first pixel. */
const first = async (source: string | Uint8Array, options: Partial<DecodeOptions> = {}) =>
  [...(await decodeImage(source, { size, ...options }))].slice(0, options.channels ?? 3)
const clear = (image: Sharp) => image.ensureAlpha(0).png().toBuffer()

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

  it('crops the middle, stretches or pads with the ground', async () => {
    const bytes = Buffer.from(Array.from({ length: 12 * 4 }, (_, i) => (i % 12 < 4 ? 0 : i % 12 < 8 ? 255 : 0)))
    const png = await sharp(bytes, { raw: { width: 12, height: 4, channels: 1 } })
      .png()
      .toBuffer()
    const mean = async (fit: 'crop' | 'stretch' | 'pad', ground?: string) => {
      const pixels = await decodeImage(png, { size: [4, 4], channels: 1, fit, ground })
      return pixels.reduce((sum, value) => sum + value / 16, 0)
    }
    expect(await mean('crop')).toBe(255)
    expect(await mean('stretch')).toBeCloseTo(85, -1)
    expect(await mean('pad', 'black')).toBeLessThan(50)
    expect(await mean('pad')).toBeGreaterThan(200)
  })

  it('brings grey, 16 bits and CMYK to sRGB', async () => {
    expect(await first(await plain(90, 90, 90).toColourspace('b-w').png().toBuffer())).toEqual([90, 90, 90])
    expect(await first(await deep([40_000, 20_000, 1000]).png().toBuffer())).toEqual([156, 78, 3])
    expect(await first(await deep([30_000]).png().toBuffer())).toEqual([117, 117, 117])
    expect(await first(await deep([30_000]).tiff().toBuffer(), { channels: 1 })).toEqual([117])
    expect(await first(await deep([65_535]).png().toBuffer(), { channels: 1 })).toEqual([255])
    for (const kind of ['jpeg', 'tiff'] as const) {
      const print = async (...[r, g, b]: [number, number, number]) =>
        first(await plain(r, g, b).toColourspace('cmyk')[kind]().toBuffer())
      expect(await print(255, 255, 255)).toEqual([255, 255, 255])
      for (const value of await print(0, 0, 0)) expect(value).toBeLessThan(12)
      const [red, green, blue] = await print(200, 100, 50)
      expect(Math.abs(red - 200) + Math.abs(green - 100)).toBeLessThan(12)
      expect(blue).toBeLessThan(60)
    }
  })

  it.each([
    [undefined, [255, 255, 255]],
    ['white', [255, 255, 255]],
    ['black', [0, 0, 0]],
    ['#FF8000', [255, 128, 0]],
  ])('shows transparent parts over the ground (%s)', async (ground, seen) => {
    const files = [
      await clear(plain(90, 90, 90)),
      await clear(plain(90, 90, 90).toColourspace('b-w')),
      await deep([40_000, 20_000, 1000, 0]).png().toBuffer(),
      await deep([30_000, 0]).png().toBuffer(),
      await plain(0, 0, 0).ensureAlpha(0).gif().toBuffer(),
      await plain(0, 0, 0).ensureAlpha(0).webp().toBuffer(),
    ]
    for (const file of files) expect(await first(file, { ground })).toEqual(seen)
    const half = await first(await plain(0, 0, 0).ensureAlpha(0.5).png().toBuffer(), { ground })
    half.forEach((value, c) => {
      expect(Math.abs(value - seen[c] / 2)).toBeLessThan(1.1)
    })
    for (const kind of [plain(9, 9, 9, 20, 4), plain(9, 9, 9, 20, 4).toColourspace('b-w')])
      expect(await first(await kind.png().toBuffer(), { size: [4, 4], fit: 'pad', ground })).toEqual(seen)
  })

  it('takes the first picture of several', async () => {
    const frames = [await plain(255, 0, 0).png().toBuffer(), await plain(0, 255, 0).png().toBuffer()]
    const moving = sharp(frames, { join: { animated: true } })
    expect(await first(await moving.gif().toBuffer())).toEqual([255, 0, 0])
    const [red, green] = await first(await moving.webp({ lossless: true }).toBuffer())
    expect([red, green]).toEqual([255, 0])
  })

  it('goes by the content, not by the name', async () => {
    await writeFile(join(root, 'a.JPG'), await plain(90, 80, 70).png().toBuffer())
    await writeFile(join(root, 'b.png'), await plain(90, 80, 70).webp({ lossless: true }).toBuffer())
    await writeFile(join(root, 'cat[page=1].png'), await plain(90, 80, 70).tiff().toBuffer())
    for (const name of ['a.JPG', 'b.png', 'cat[page=1].png'])
      expect(await first(join(root, name))).toEqual([90, 80, 70])
  })

  it('sees a file as it is now', async () => {
    const path = join(root, 'changing.png')
    for (const red of [10, 20, 30]) {
      await putPicture(path, red)
      expect((await first(path))[0]).toBe(red)
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

  it('takes 169 million pixels', async () => {
    expect(await first(whitePng(13_000))).toEqual([255, 255, 255])
  })
})

describe('what cannot be decoded', async () => {
  const png = await plain(1, 2, 3, 200, 200).png().toBuffer()
  const float = await sharp(new Float32Array(48).fill(0.5), {
    raw: { width: 4, height: 4, channels: 3, depth: 'float' } as CreateRaw,
  })
    .toColourspace('scrgb')
    .tiff({ compression: 'none' })
    .toBuffer()
  it.each([
    ['nothing', new Uint8Array(0), /it is empty/],
    ['a text', Buffer.from('no image'), /unsupported image format/],
    ['a cut file', png.subarray(0, 300), /./],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), /it is svg, which is not/],
    ['floats', float, /its values are of type 'float', not bytes/],
    ['too many pixels', whitePng(20_000, 1), /it has 20000 × 20000 pixels; at most 268402689 are decoded/],
  ])('%s', async (_, bytes, reason) => {
    await expect(decodeImage(bytes, { size })).rejects.toThrow(/^An image in memory cannot be decoded: /)
    await expect(decodeImage(bytes, { size })).rejects.toThrow(reason)
    await writeFile(join(root, 'bad\x1b[31m.jpg'), bytes)
    await expect(decodeImage(join(root, 'bad\x1b[31m.jpg'), { size })).rejects.toThrow(
      /bad\\x1b\[31m\.jpg' cannot be dec/,
    )
  })

  it('files that are none, without waiting for a pipe', async () => {
    await mkdir(join(root, 'folder.png'))
    await expect(decodeImage(join(root, 'folder.png'), { size })).rejects.toThrow(/it is a folder, not a file/)
    await expect(decodeImage(join(root, 'absent.png'), { size })).rejects.toThrow(/Cannot read .*it does not exist/)
    await expect(decodeImage('a\0.png', { size })).rejects.toThrow(/'a\\x00\.png': its name holds a NUL/)
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [join(root, 'pipe.png')])
    await expect(decodeImage(join(root, 'pipe.png'), { size })).rejects.toThrow(/it is a pipe, not a file/)
  })

  it.each([
    [{ size: [0, 4] }, 'size'],
    [{ size: [4, 1.5] }, 'size'],
    [{ size: [4, 20_000] }, 'size'],
    [{ size: 4 }, 'size'],
    [{ size, fit: 'fill' }, 'fit'],
    [{ size, channels: 4 }, 'channels'],
    [{ size, ground: 'red' }, 'ground'],
    [{ size, ground: '#fff' }, 'ground'],
  ])('options %j', async (options, name) => {
    await expect(decodeImage(png, options as unknown as DecodeOptions)).rejects.toThrow(`${name}: got`)
  })
})

describe('any bytes', async () => {
  const noise = Buffer.from(Uint8Array.from({ length: 24 * 24 * 3 }, (_, i) => (i * 7919) % 256))
  const image = sharp(noise, { raw: { width: 24, height: 24, channels: 3 } })
  it.each([
    ['JPEG', await image.clone().jpeg().toBuffer()],
    ['PNG', await image.clone().png().toBuffer()],
    ['WebP', await image.clone().webp().toBuffer()],
    ['GIF', await image.clone().gif().toBuffer()],
    ['TIFF', await image.clone().tiff().toBuffer()],
  ])('%s, cut or with changed bytes, are pixels or a DcError', async (_, whole) => {
    const changed = fc.record({
      length: fc.integer({ min: 0, max: whole.length }),
      changes: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
    })
    const property = fc.asyncProperty(changed, async ({ length, changes }) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of changes) bytes[at] = value
      const result = await decodeImage(bytes.subarray(0, length), { size }).catch((error) => error)
      if (DcError.isInstance(result)) return
      expect(result).toBeInstanceOf(Uint8Array)
      expect(result).toHaveLength(12)
    })
    await fc.assert(property, { numRuns: 60 })
  })
})
