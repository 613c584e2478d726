import type { Dataset } from '@dc/core'

/** What the rows of a data set are, as far as a recipe cares. */
export const rowKinds = ['features', 'tiny-images', 'grey-images', 'photos'] as const
export type RowKind = (typeof rowKinds)[number]

/** Pixels to a side of images whose every pixel counts, such as 8×8 digits. */
const tinySide = 16
/** Pixels to a side up to which a network for grey images of 28 pixels fits. */
const smallSide = 64

/**
 * What the rows of a data set are: grey images of up to 16 pixels to a side, of up to 64, other images, or numbers that are no
 * pixels.
 */
export function rowKind({ image }: Pick<Dataset, 'image'>): RowKind {
  if (!image) return 'features'
  const side = Math.max(image.height, image.width)
  if (image.channels > 1 || side > smallSide) return 'photos'
  return side <= tinySide ? 'tiny-images' : 'grey-images'
}
