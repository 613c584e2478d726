import {
  type Augmentation,
  definePlugin,
  type NamedTensors,
  namedParts,
  parseOptions,
  partOf,
  type Random,
  type ResidentViews,
  ShapeError,
  tf,
} from '@dc/core'
import { z } from 'zod'
import { type AffineMap, resampleAffine } from '../resample-affine'
import { drawPairs, normalRows, normalTables } from './drawn-rows'
import { mapNumbers, resampleOnDevice } from './resample-on-device'

/** Ranges of {@link imageAffine}; every draw is uniform in ±range, and independent for each image and view. */
export interface ImageAffineOptions {
  /** Degrees. */
  readonly rotation: number
  /** Relative size: the factor is in [1 − scale, 1 + scale]. */
  readonly scale: number
  /** Tangent of the shear angle. */
  readonly shear: number
  /** As a part of the image's side. */
  readonly shift: number
  /** Values are multiplied by a factor in [1 − contrast, 1 + contrast]. */
  readonly contrast: number
  /** Standard deviation of normal noise added to every pixel. */
  readonly noise: number
  readonly views: number
}

/**
 * Views of small images. Each image gets one random affine map (rotation, scale, shear, shift about the centre; bilinear,
 * zeros outside), then contrast and noise.
 *
 * `v(p) = c · x(A⁻¹(p − t)) + N(0, noise²)`, `A = s · R(θ) · [[1, h], [0, 1]]`
 *
 * @returns tensors `[batch, height, width, channels]`, `views` of them
 * @throws OptionError for a negative range, fewer views than 1, an option that there is not
 * @throws ShapeError if the samples are not `[height, width, channels]`
 * @example
 * const views = imageAffine({ rotation: 15, scale: 0.1, shear: 0.15, shift: 0.1, contrast: 0.2, noise: 0.05, views: 2 })
 */
export function imageAffine(options: ImageAffineOptions): Augmentation {
  return affineViews(parseOptions(imageAffinePlugin.options, options, 'imageAffine'))
}

function affineViews(options: ImageAffineOptions): Augmentation {
  return {
    views: options.views,
    apply({ values, rows, sampleShape }, random) {
      const shape = imageShape(sampleShape)
      return Array.from({ length: options.views }, () =>
        tf.tensor4d(view(values, rows.length, shape, options, random), [rows.length, ...shape]),
      )
    },
    resident: residentAffine(options),
  }
}

function imageShape(shape: readonly number[]): [number, number, number] {
  if (shape.length === 3) return shape as unknown as [number, number, number]
  throw new ShapeError('batch.sampleShape', shape, 'images [height, width, channels], such as [8, 8, 1]')
}

function residentAffine(options: ImageAffineOptions): ResidentViews {
  const { noise, views } = options
  const each = Array.from({ length: views }, (_, at) => at)
  return {
    hold: (rows, random) => ({
      images: rows.clone(),
      ...(noise > 0 && { normals: normalTables(rows.size / rows.shape[0], random) }),
    }),
    draw({ rows, sampleShape }, random) {
      const shape = imageShape(sampleShape)
      const drawn = each.map((): NamedTensors => {
        const contrasts = new Float32Array(rows.length)
        const maps = Array.from(rows, (_, i) => {
          const map = drawMap(shape, options, random)
          contrasts[i] = 1 + options.contrast * symmetric(random)
          return map
        })
        return {
          maps: mapNumbers(maps),
          contrasts: tf.tensor4d(contrasts, [rows.length, 1, 1, 1]),
          ...(noise > 0 && { normals: drawPairs(rows.length, random) }),
        }
      })
      return { chosen: tf.tensor1d(rows, 'int32'), ...namedParts('view', drawn) }
    },
    make({ images, normals }, drawn) {
      const own = images.gather(drawn.chosen) as tf.Tensor4D
      return each.map((at) => {
        const { maps, contrasts, normals: pairs } = partOf('view', drawn, at)
        const seen = resampleOnDevice(own, maps).mul(contrasts)
        return noise > 0 ? seen.add(normalRows(normals, pairs).mul(noise).reshape(own.shape)) : seen
      })
    },
  }
}

function view(
  values: Float32Array,
  count: number,
  shape: [number, number, number],
  options: ImageAffineOptions,
  random: Random,
): Float32Array {
  const out = new Float32Array(values.length)
  const size = shape[0] * shape[1] * shape[2]
  const { noise } = options
  for (let i = 0; i < count; i++) {
    const image = out.subarray(i * size, (i + 1) * size)
    resampleAffine(values.subarray(i * size, (i + 1) * size), image, shape, drawMap(shape, options, random))
    const contrast = 1 + options.contrast * symmetric(random)
    for (let p = 0; p < size; p++) image[p] = contrast * image[p] + (noise > 0 ? noise * random.normal() : 0)
  }
  return out
}

const symmetric = (random: Random) => 2 * random.uniform() - 1

/** The map from an output pixel to where it is read, `A⁻¹` and the shift in pixels. */
function drawMap([height, width]: [number, number, number], options: ImageAffineOptions, random: Random): AffineMap {
  const angle = (options.rotation * Math.PI * symmetric(random)) / 180
  const scale = 1 + options.scale * symmetric(random)
  const shear = options.shear * symmetric(random)
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale]
  // (R H s)⁻¹ = H⁻¹ Rᵀ / s, with H⁻¹ = [[1, −h], [0, 1]], on (x, y).
  return {
    xx: cos + shear * sin,
    xy: sin - shear * cos,
    yx: -sin,
    yy: cos,
    shiftX: options.shift * width * symmetric(random),
    shiftY: options.shift * height * symmetric(random),
  }
}

const range = (initial: number) => z.number().nonnegative().default(initial)

export const imageAffinePlugin = definePlugin({
  kind: 'augmentation',
  name: 'image-affine',
  apiVersion: 1,
  description: 'Small random rotation, scale, shear, shift, contrast and noise: for small images',
  options: z.strictObject({
    rotation: range(15).describe('degrees'),
    scale: range(0.1),
    shear: range(0.15),
    shift: range(0.1),
    contrast: range(0.2),
    noise: range(0.05),
    views: z.int().positive().default(2),
  }),
  create: (options) => imageAffine(options),
})
