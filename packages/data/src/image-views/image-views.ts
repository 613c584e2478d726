import { type Augmentation, type Batch, namedParts, OptionError, parseOptions, partOf, ShapeError, tf } from '@dc/core'
import { drawView, type ImageBatch } from './draw-view'
import type { ImageView } from './image-view'
import { heldForView, makeView } from './make-view'
import { viewsOptions } from './view-options'

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
 * @throws OptionError without views, for a size, probability or range that cannot be, for a blur kernel that is even or does not
 * fit the view
 * @see Chen et al. 2020 (SimCLR), appendix A; Grill et al. 2020 (BYOL), appendix B
 * @example
 * const [a, b] = imageViews(byolViews()).apply(batch, random)
 */
export function imageViews(views: readonly ImageView[]): Augmentation {
  return viewsAs(parseOptions(viewsOptions, { views }, 'imageViews').views)
}

function viewsAs(views: readonly ImageView[]): Augmentation {
  return {
    views: views.length,
    apply: (batch, random) => {
      const known = imagesOf(batch, views)
      return tf.tidy(() => {
        const images = tf.tensor4d(batch.values, [known.count, ...known.shape])
        return views.map((view) => makeView(images, view, drawView(view, known, random, 'whole')))
      })
    },
    resident: {
      hold: (rows) => ({
        images: rows.clone(),
        ...namedParts(
          'view',
          views.map((view) => heldForView(view, rows.shape.slice(1) as [number, number, number])),
        ),
      }),
      draw: (batch, random) => ({
        chosen: tf.tensor1d(batch.rows, 'int32'),
        ...namedParts(
          'view',
          views.map((view) => drawView(view, imagesOf(batch, views), random, 'numbers')),
        ),
      }),
      make: (held, drawn) => {
        const images = held.images.gather(drawn.chosen) as tf.Tensor4D
        return views.map((view, at) => makeView(images, view, partOf('view', drawn, at), partOf('view', held, at)))
      },
    },
  }
}

function imagesOf(batch: Pick<Batch, 'rows' | 'sampleShape'>, views: readonly ImageView[]): ImageBatch {
  const shape = imageShape(batch)
  for (const view of views) checkView(view, shape)
  return { count: batch.rows.length, shape }
}

function imageShape({ sampleShape }: Pick<Batch, 'sampleShape'>): [number, number, number] {
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
