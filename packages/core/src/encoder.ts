import type { Encoder, PictureEncoder } from './kinds'

/** Whether an encoder describes pictures; else it describes texts. */
export function describesPictures(encoder: Encoder): encoder is PictureEncoder {
  return encoder.input.of === 'pictures'
}
