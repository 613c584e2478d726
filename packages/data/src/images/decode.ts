import { DataError, importPeer, OptionError, printable, quoted } from '@dc/core/plugin'
import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { type Box, type ImageFile, readImageFile } from './image-file'

/** How an image file becomes pixels of one size. */
export interface DecodeOptions {
  /** Height and width. */
  readonly size: readonly [number, number]
  /**
   * `crop` (default) resizes until the shorter side fits and cuts out the middle. `stretch` ignores the aspect ratio. `pad`
   * shows the whole image between bars of the colour `ground`.
   */
  readonly fit?: 'crop' | 'stretch' | 'pad'
  /** 3 (RGB, default) or 1 (grey). */
  readonly channels?: 1 | 3
  /** The colour behind transparent parts: `white` (default), `black`, or `#rrggbb`. */
  readonly ground?: string
}

const fits = { crop: 'cover', stretch: 'fill', pad: 'contain' } as const
/** Formats that are decoded, whatever a file's name says. AVIF is a kind of HEIF. */
const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']
/** The decoder's own limit, in pixels. */
const mostPixels = 0x3fff ** 2
/** Most pixels per side that an image may be resized to. */
export const longestSide = 0x3fff

/**
 * Decodes a JPEG, PNG, WebP, AVIF, GIF or TIFF file; its content tells which. EXIF orientation is applied. Transparent parts
 * show the ground. 16 bits and CMYK become sRGB. Of several pictures the first is taken. The image is resized with an
 * antialiased triangle filter. The work is done on libvips' threads, not on Node's.
 *
 * @param source a path, or the bytes of a file
 * @param box the part to keep before resizing, cut to the image
 * @returns `height × width × channels` bytes, row-major
 * @throws DataError if the file cannot be read, is empty, corrupt, truncated or no image, has more than 268,402,689 pixels,
 * or holds values that are not bytes (a TIFF of floats); OptionError for a size, fit, … that is not allowed; MissingPeerError
 * if `sharp` is not installed
 * @example
 * const pixels = await decodeImage('cat.jpg', { size: [64, 64] })
 */
export async function decodeImage(source: string | Uint8Array, options: DecodeOptions, box?: Box): Promise<Uint8Array> {
  checkDecodeOptions(options)
  if (typeof source === 'string') return decodeFile({ path: source, label: -1, ...(box ? { box } : {}) }, options)
  return decodeBytes(source, options, box, 'An image in memory')
}

/** Decodes an image of a dataset, as {@link decodeImage} does. */
export async function decodeFile(image: ImageFile, options: DecodeOptions): Promise<Uint8Array> {
  return decodeBytes(await readImageFile(image), options, image.box, quoted(image.path))
}

/** @throws OptionError naming the option that is not allowed */
export function checkDecodeOptions({ size, fit = 'crop', channels = 3, ground = 'white' }: DecodeOptions): void {
  const isSide = (side: unknown) => Number.isInteger(side) && (side as number) >= 1 && (side as number) <= longestSide
  if (!Array.isArray(size) || size.length !== 2 || !size.every(isSide))
    throw new OptionError('size', size, `height and width, integers from 1 to ${longestSide}`)
  if (!Object.hasOwn(fits, fit)) throw new OptionError('fit', fit, Object.keys(fits).join(', '))
  if (channels !== 1 && channels !== 3) throw new OptionError('channels', channels, '1, 3')
  if (!isGround(ground)) throw new OptionError('ground', ground, groundsAllowed)
}

export const groundsAllowed = 'white, black, or a colour as #rrggbb'

/** Whether {@link decodeImage} takes a text as ground. */
export function isGround(ground: string): boolean {
  return /^(white|black|#[0-9a-f]{6})$/i.test(ground)
}

/** The decoding libraries and their versions. Another version may decode a file a little differently. */
export async function decoderVersions(): Promise<Readonly<Record<string, string | undefined>>> {
  return { ...(await loadSharp()).versions }
}

async function loadSharp() {
  return (await importPeer('sharp', () => import('sharp'), 'decoding JPEG, PNG or WebP images')).default
}

async function decodeBytes(
  bytes: Uint8Array,
  options: DecodeOptions,
  box: Box | undefined,
  name: string,
): Promise<Uint8Array> {
  const sharp = await loadSharp()
  const opened = (more: SharpOptions = {}) => sharp(bytes, { failOn: 'error', ...more })
  try {
    if (bytes.length === 0) throw new Error('it is empty')
    const facts = await opened()
      .metadata()
      .catch((error) => tooLarge(error, opened))
    checkContent(facts)
    const pixels = await pipeline(opened(), facts, options, box).raw().toBuffer({ resolveWithObject: true })
    const { channels = 3 } = options
    if (pixels.info.channels !== channels)
      throw new Error(`it decodes to ${pixels.info.channels} channels, not ${channels}`)
    return pixels.data
  } catch (error) {
    const [why] = (error as Error).message.split('\n')
    throw new DataError(`${name} cannot be decoded: ${printable(why)}.`, { source: name, why }, error)
  }
}

function pipeline(image: Sharp, facts: Metadata, options: DecodeOptions, box: Box | undefined): Sharp {
  const { size, fit = 'crop', channels = 3, ground = 'white' } = options
  const { width, height } = facts.autoOrient
  const background = { white: '#ffffff', black: '#000000' }[ground.toLowerCase()] ?? ground
  // In 16 bits white would become 254, and in grey a coloured ground would become white; these images are converted first.
  // Others are not: JPEGs would no longer be shrunk while they are read.
  const grey = facts.space === 'b-w' && new Set(background.toLowerCase().slice(1).match(/../g)).size > 1
  const converted = facts.depth === 'ushort' || grey ? image.pipelineColourspace('srgb') : image
  const upright = converted.autoOrient()
  return (box ? upright.extract(clip(box, width, height)) : upright)
    .resize(size[1], size[0], { fit: fits[fit], kernel: 'linear', background })
    .flatten({ background })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
}

/** Throws an error with the image's size if the size was the problem, else the given error. */
async function tooLarge(error: Error, opened: (more: SharpOptions) => Sharp): Promise<never> {
  if (!/pixel limit/i.test(error.message)) throw error
  const { width, height } = await opened({ limitInputPixels: false }).metadata()
  throw new Error(`it has ${width} × ${height} pixels; at most ${mostPixels} are decoded`)
}

function checkContent({ format, depth }: Metadata): void {
  if (!formats.includes(format)) throw new Error(`it is ${format}, which is not decoded`)
  // libvips would clip other values to 0…255, and turn a whole picture black or white.
  if (depth !== 'uchar' && depth !== 'ushort') throw new Error(`its values are of type '${depth}', not bytes`)
}

function clip({ left, top, width, height }: Box, right: number, bottom: number): Box {
  const x = Math.min(Math.max(0, Math.round(left)), right - 1)
  const y = Math.min(Math.max(0, Math.round(top)), bottom - 1)
  const wide = Math.max(1, Math.min(Math.round(width), right - x))
  const tall = Math.max(1, Math.min(Math.round(height), bottom - y))
  return { left: x, top: y, width: wide, height: tall }
}
