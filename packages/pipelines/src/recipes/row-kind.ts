import type { DatasetDescription } from '@dc/core'

/** The kinds of rows that recipes distinguish. */
export const rowKinds = ['features', 'tiny-images', 'grey-images', 'photos'] as const
export type RowKind = (typeof rowKinds)[number]

/** Most pixels per side of images in which every pixel counts, such as 8×8 digits. */
const tinySide = 16
/** Most pixels per side of images that a network for grey images of 28 pixels fits. */
const smallSide = 64

/**
 * The kind of a data set's rows: grey images of up to 16 pixels per side, grey images of up to 64, other images, or numbers
 * that are no pixels.
 */
export function rowKind({ image }: DatasetDescription): RowKind {
  if (!image) return 'features'
  const side = Math.max(image.height, image.width)
  if (image.channels > 1 || side > smallSide) return 'photos'
  return side <= tinySide ? 'tiny-images' : 'grey-images'
}
