import { OptionError, type Random } from '@dc/core'
import type { AxisCrop } from './axis-map'

/** A rectangle of an image. */
export interface Rectangle {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

/** A random rectangle, resized. */
export interface ResizedCrop {
  readonly kind: 'resized'
  /** Range of the rectangle's share of the image's area. */
  readonly scale: readonly [number, number]
  /** Range of width over height; drawn uniformly on a log scale. */
  readonly ratio: readonly [number, number]
}

/** The whole image, with its shorter side resized, and a random part cut out. */
export interface ShiftedCrop {
  readonly kind: 'shifted'
  /** Length of the shorter side before the cut. */
  readonly resize: number
}

export type Crop = ResizedCrop | ShiftedCrop

/**
 * Draws the rectangle of a random resized crop: area uniform in `scale` of the image, ratio log-uniform, place uniform. If
 * ten draws do not fit the image, it is the largest centred rectangle with an allowed ratio.
 *
 * @returns whole pixels inside `[0, height) × [0, width)`
 * @see Szegedy et al. 2015, §6; the ten tries are those of torchvision's `RandomResizedCrop`
 */
export function drawRectangle(height: number, width: number, { scale, ratio }: ResizedCrop, random: Random): Rectangle {
  const [low, high] = [Math.log(ratio[0]), Math.log(ratio[1])]
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = height * width * (scale[0] + (scale[1] - scale[0]) * random.uniform())
    const aspect = Math.exp(low + (high - low) * random.uniform())
    const [w, h] = [Math.round(Math.sqrt(area * aspect)), Math.round(Math.sqrt(area / aspect))]
    if (w >= 1 && w <= width && h >= 1 && h <= height)
      return { top: random.integer(height - h + 1), left: random.integer(width - w + 1), height: h, width: w }
  }
  const aspect = Math.min(Math.max(width / height, ratio[0]), ratio[1])
  const w = Math.max(1, Math.min(width, Math.round(height * aspect)))
  const h = Math.max(1, Math.min(height, Math.round(width / aspect)))
  return { top: Math.floor((height - h) / 2), left: Math.floor((width - w) / 2), height: h, width: w }
}

/** How the two axes of an image are read. */
export interface DrawnCrop {
  readonly vertical: AxisCrop
  readonly horizontal: AxisCrop
}

/** Draws the crops of `n` images. @param flip probability of a horizontal flip */
export function drawCrops(
  n: number,
  image: readonly [number, number],
  size: readonly [number, number],
  { crop, flip }: { readonly crop: Crop | null; readonly flip: number },
  random: Random,
): DrawnCrop[] {
  const draw = axes(image, size, crop)
  return Array.from({ length: n }, () => {
    const [vertical, horizontal] = draw(random)
    return { vertical, horizontal: { ...horizontal, flip: flip > 0 && random.uniform() < flip } }
  })
}

/** How one image's two axes are drawn. */
function axes(
  [height, width]: readonly [number, number],
  [outHeight, outWidth]: readonly [number, number],
  crop: Crop | null,
): (random: Random) => [AxisCrop, AxisCrop] {
  if (crop === null)
    return () => [
      { start: 0, length: height, size: outHeight },
      { start: 0, length: width, size: outWidth },
    ]
  if (crop.kind === 'resized')
    return (random) => {
      const { top, left, height: h, width: w } = drawRectangle(height, width, crop, random)
      return [
        { start: top, length: h, size: outHeight },
        { start: left, length: w, size: outWidth },
      ]
    }
  const shorter = Math.min(height, width)
  const [tall, wide] = [height, width].map((side) => Math.floor((crop.resize * side) / shorter))
  if (tall < outHeight || wide < outWidth)
    throw new OptionError('crop.resize', crop.resize, `at least ${Math.max(outHeight, outWidth)}, the side to cut out`)
  return (random) => [
    { start: 0, length: height, size: tall, offset: random.integer(tall - outHeight + 1) },
    { start: 0, length: width, size: wide, offset: random.integer(wide - outWidth + 1) },
  ]
}
