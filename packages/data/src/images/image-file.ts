import { DataError, type LeftOut } from '@dc/core'
import type { Box } from './decode'

/** One image file of a dataset. */
export interface ImageFile {
  readonly path: string
  /** Its class; −1 if unknown. */
  readonly label: number
  /** The part of the image that counts. */
  readonly box?: Box
}

/** An image that could not be decoded. */
export type BadImage = LeftOut

/** A bad image from the error of decoding it; any other error goes on. */
export function badImage(path: string, error: unknown): BadImage {
  if (!DataError.isInstance(error)) throw error
  return { path, reason: error.message }
}
