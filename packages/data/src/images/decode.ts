import { DataError, importPeer } from '@dc/core'

/** How an image file becomes pixels of one size. */
export interface DecodeOptions {
  /** Height and width. */
  readonly size: readonly [number, number]
  /**
   * `crop` (default) resizes until the shorter side fits and cuts the middle, `stretch` ignores the aspect, `pad` shows
   * all of the image between black bars.
   */
  readonly fit?: 'crop' | 'stretch' | 'pad'
  /** 3 (RGB, default) or 1 (grey). */
  readonly channels?: 1 | 3
}

/** A part of an image in pixels, after its orientation is applied. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const fits = { crop: 'cover', stretch: 'fill', pad: 'contain' } as const

/**
 * Decodes a JPEG, PNG, WebP, AVIF, GIF or TIFF file: EXIF orientation applied, transparency over black, resized with an
 * antialiased triangle filter. Works on libvips' threads, not on Node's.
 *
 * @param source a path, or the bytes of a file
 * @param box the part to keep before resizing, cut to the image
 * @returns `height × width × channels` bytes, row-major
 * @throws DataError if the file is corrupt, truncated or no image; MissingPeerError if `sharp` is not installed
 * @example
 * const pixels = await decodeImage('cat.jpg', { size: [64, 64] })
 */
export async function decodeImage(
  source: string | Uint8Array,
  { size: [height, width], fit = 'crop', channels = 3 }: DecodeOptions,
  box?: Box,
): Promise<Uint8Array> {
  const { default: sharp } = await importPeer('sharp', () => import('sharp'), 'decoding JPEG, PNG or WebP images')
  try {
    let image = sharp(source, { failOn: 'error' }).autoOrient()
    if (box) {
      const { width: right, height: bottom } = (await image.metadata()).autoOrient
      image = image.extract(clip(box, right, bottom))
    }
    image = image
      .resize(width, height, { fit: fits[fit], kernel: 'linear', background: '#000' })
      .flatten({ background: '#000' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
    if (info.channels !== channels) throw new DataError(`it decodes to ${info.channels} channels, not ${channels}`)
    return data
  } catch (error) {
    const where = typeof source === 'string' ? `'${source}'` : 'An image in memory'
    const [why] = (error as Error).message.split('\n')
    throw new DataError(`${where} cannot be decoded: ${why}.`, { source: where, why }, error)
  }
}

function clip({ left, top, width, height }: Box, right: number, bottom: number): Box {
  const x = Math.min(Math.max(0, Math.round(left)), right - 1)
  const y = Math.min(Math.max(0, Math.round(top)), bottom - 1)
  const wide = Math.max(1, Math.min(Math.round(width), right - x))
  const tall = Math.max(1, Math.min(Math.round(height), bottom - y))
  return { left: x, top: y, width: wide, height: tall }
}
