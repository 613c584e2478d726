import { type Augmentation, type Batch, OptionError, type Random, ShapeError, tf } from '@dc/core'
import { writeBlur } from './axis-map'
import { greyscale, normalize, solarize } from './colour'
import { type Crop, drawCropMaps } from './crop'
import { applyJitter, drawJitter, type Jitter } from './jitter'
import { applyAxisMaps, fromPlanes, toPlanes } from './planes'

/** One random view of images with values 0…1. The steps happen in the order of these fields. */
export interface ImageView {
  /** Height and width of the view; by default those of the sample. */
  readonly size?: readonly [number, number]
  /** Which part is seen; `null` resizes the whole image. */
  readonly crop: Crop | null
  /** Probability of a horizontal flip. */
  readonly flip: number
  readonly jitter: Jitter | null
  /** Probability of becoming grey. */
  readonly grey: number
  /** Gaussian blur with σ uniform in `sigma` pixels. */
  readonly blur: {
    readonly probability: number
    readonly kernel: number
    readonly sigma: readonly [number, number]
  } | null
  /** Inverts values at or above `threshold`. */
  readonly solarize: { readonly probability: number; readonly threshold: number } | null
  /** Subtracts `mean` and divides by `std` in each channel, last. */
  readonly normalize: { readonly mean: readonly number[]; readonly std: readonly number[] } | null
}

/**
 * Random views of images on the backend: crop, flip, colour jitter, grey, blur, solarise, normalise.
 *
 * The parameters of every image are drawn on the CPU, from the seed alone. The pixels are computed in one batch, by tensor
 * operations that are the same for every batch, so that a compiling backend compiles them once. The operations are
 * torchvision's on float tensors with `antialias=True`. Nothing is rounded to bytes in between, unlike in PIL.
 *
 * @param views one description for each view
 * @returns tensors `[batch, height, width, channels]`; values 0…1 unless normalised
 * @throws ShapeError if samples are not `[height, width, 1 or 3]`, or mean and std do not fit the channels
 * @throws OptionError if a blur kernel is even or does not fit the view
 * @see Chen et al. 2020 (SimCLR), appendix A; Grill et al. 2020 (BYOL), appendix B
 * @example
 * const [a, b] = imageViews(byolViews()).apply(batch, random)
 */
export function imageViews(views: readonly ImageView[]): Augmentation {
  if (views.length === 0) throw new OptionError('views', views, 'at least one view')
  return {
    views: views.length,
    apply: (batch, random) => {
      const shape = imageShape(batch)
      for (const view of views) checkView(view, shape)
      return tf.tidy(() => {
        const images = tf.tensor4d(batch.values, [batch.rows.length, ...shape])
        return views.map((view) => fromPlanes(drawView(images, view, random)))
      })
    },
  }
}

function imageShape({ sampleShape }: Batch): [number, number, number] {
  if (sampleShape.length !== 3 || (sampleShape[2] !== 1 && sampleShape[2] !== 3))
    throw new ShapeError('batch.sampleShape', sampleShape, 'images [height, width, 1 or 3]')
  return sampleShape as unknown as [number, number, number]
}

function checkView({ size, blur, normalize: statistics }: ImageView, [height, width, channels]: number[]): void {
  const shortest = Math.min(...(size ?? [height, width]))
  if (blur && (blur.kernel % 2 === 0 || blur.kernel > 2 * shortest - 1))
    throw new OptionError('blur.kernel', blur.kernel, `an odd number up to ${2 * shortest - 1} for this size`)
  if (statistics && [statistics.mean, statistics.std].some((values) => values.length !== channels))
    throw new ShapeError('normalize.mean and .std', [statistics.mean.length], `[${channels}], one for each channel`)
}

function drawView(images: tf.Tensor4D, view: ImageView, random: Random): tf.Tensor4D {
  const [n, height, width] = images.shape
  const size = view.size ?? [height, width]
  let x: tf.Tensor4D
  if (view.crop !== null || view.flip > 0 || size[0] !== height || size[1] !== width) {
    const { rows, columns } = drawCropMaps(n, [height, width], size, view.crop, view.flip, random)
    x = applyAxisMaps(images, rows, columns)
  } else x = toPlanes(images)
  const { jitter, blur, solarize: inverse, normalize: statistics } = view
  const chance = (probability: number) => random.uniform() < probability
  if (jitter)
    x = applyJitter(
      x,
      times(n, () => drawJitter(jitter, random)),
    )
  if (view.grey > 0)
    x = greyscale(
      x,
      times(n, () => chance(view.grey)),
    )
  if (blur) x = blurred(x, blur, random)
  // No value reaches the threshold 2, so such an image stays unchanged.
  if (inverse)
    x = solarize(
      x,
      times(n, () => (chance(inverse.probability) ? inverse.threshold : 2)),
    )
  return statistics ? normalize(x, statistics.mean, statistics.std) : x
}

function blurred(x: tf.Tensor4D, blur: NonNullable<ImageView['blur']>, random: Random): tf.Tensor4D {
  const [n, , height, width] = x.shape
  const [low, high] = blur.sigma
  const sigmas = times(n, () => (random.uniform() < blur.probability ? low + (high - low) * random.uniform() : 0))
  const maps = (side: number) => {
    const values = new Float32Array(n * side * side)
    for (let i = 0; i < n; i++)
      writeBlur(values.subarray(i * side * side, (i + 1) * side * side), side, blur.kernel, sigmas[i])
    return tf.tensor3d(values, [n, side, side])
  }
  return applyAxisMaps(fromPlanes(x), maps(height), maps(width))
}

function times<T>(n: number, draw: () => T): T[] {
  return Array.from({ length: n }, draw)
}
