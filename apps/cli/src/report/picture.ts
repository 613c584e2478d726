import type { Dataset } from '@dc/core'
import { PNG } from 'pngjs'
import sharp from 'sharp'

/** Values of one image, row after row of pixels. */
export interface Picture {
  readonly values: Float32Array
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  /** The values that are drawn black and white: one pair for all channels, or one for each. */
  readonly range: readonly (readonly [number, number])[]
}

/** A row of a dataset of images. */
export function pictureOf(values: Float32Array, { range, ...shape }: NonNullable<Dataset['image']>): Picture {
  return { values, ...shape, range: [range] }
}

/**
 * Bytes 0…255 of a picture at another size. A pixel is the average of the source pixels that fall into it, or the nearest one
 * if none does. Values outside of the range are drawn black or white.
 */
export function bytesAt({ values, height, width, channels, range }: Picture, high: number, wide: number): Uint8Array {
  const out = new Uint8Array(high * wide * channels)
  const span = (at: number, from: number, to: number) => {
    const first = Math.floor((at * from) / to)
    return [first, Math.max(first + 1, Math.floor(((at + 1) * from) / to))] as const
  }
  for (let y = 0; y < high; y++) {
    const [top, bottom] = span(y, height, high)
    for (let x = 0; x < wide; x++) {
      const [left, right] = span(x, width, wide)
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let row = top; row < bottom; row++)
          for (let column = left; column < right; column++) sum += values[(row * width + column) * channels + c]
        const [black, white] = range[c] ?? range[0]
        const value = sum / ((bottom - top) * (right - left))
        out[(y * wide + x) * channels + c] = Math.max(
          0,
          Math.min(255, (255 * (value - black)) / (white - black || 1)) + 0.5,
        )
      }
    }
  }
  return out
}

/** Height and width with the longer side at most `most`. */
export function within(most: number, height: number, width: number): [number, number] {
  const scale = Math.min(1, most / Math.max(height, width))
  return [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))]
}

/** Pictures up to this side are kept to the pixel. */
const exact = 44

/** A picture with a longer side of at most `most` pixels, as `data:image/…;base64,…`: PNG if it is tiny, else WebP. */
export async function thumbnail(picture: Picture, most: number): Promise<string> {
  const [height, width] = within(most, picture.height, picture.width)
  const { channels } = picture
  const bytes = bytesAt(picture, height, width)
  if (Math.max(height, width) > exact) {
    const file = await sharp(bytes, { raw: { height, width, channels } }).webp({ quality: 82 }).toBuffer()
    return `data:image/webp;base64,${file.toString('base64')}`
  }
  const png = new PNG({ width, height })
  copyInto(png, bytes, { top: 0, left: 0, height, width, channels })
  return pngUrl(PNG.sync.write(png, { colorType: channels === 1 ? 0 : 2 }))
}

/** Copies grey or RGB bytes to a place of a PNG, opaque. */
export function copyInto(
  png: PNG,
  bytes: Uint8Array,
  { top, left, height, width, channels }: Record<'top' | 'left' | 'height' | 'width', number> & { channels: 1 | 3 },
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const to = 4 * ((top + y) * png.width + left + x)
      const from = channels * (y * width + x)
      for (let c = 0; c < 3; c++) png.data[to + c] = bytes[from + (channels === 1 ? 0 : c)]
      png.data[to + 3] = 255
    }
}

/** A PNG file as an address that a page can hold. */
export const pngUrl = (file: Uint8Array): string => `data:image/png;base64,${Buffer.from(file).toString('base64')}`
