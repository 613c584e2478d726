import { type Layer, OptionError, type Random, tf } from '@dc/core'
import { checkInput } from '../layers/check-input'

/** Settings of {@link convolution}. */
export interface ConvolutionOptions {
  /** Height, width, channels. */
  readonly inputShape: readonly number[]
  readonly filters: number
  /** Side of the window; default 3. */
  readonly kernel?: number
  readonly stride?: number
  /** Zeros added on every side; by default half the kernel, which keeps the size at stride 1. */
  readonly padding?: number
  readonly random: Random
}

/**
 * A convolution without bias, padded alike on all sides as PyTorch does, with He's normal weights by fan-out.
 *
 * `[batch, height, width, channels] → [batch, ⌊(height + 2p − k)/s⌋ + 1, …, filters]`; the weight is `[k, k, in, out]`.
 *
 * @throws ShapeError for input of another shape; OptionError if the window does not fit it
 * @see He et al. 2015, "Delving deep into rectifiers"
 * @example
 * const layer = convolution({ inputShape: [32, 32, 3], filters: 64, random: createRandom(0) })
 */
export function convolution(options: ConvolutionOptions): Layer {
  const { inputShape, filters, kernel = 3, stride = 1, padding = (kernel - 1) >> 1, random } = options
  const [height, width, channels] = inputShape
  const side = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1
  if (side(height) < 1 || side(width) < 1)
    throw new OptionError('kernel', kernel, `at most ${Math.min(height, width) + 2 * padding}, the padded image's side`)
  const deviation = Math.sqrt(2 / (kernel * kernel * filters))
  const shape: [number, number, number, number] = [kernel, kernel, channels, filters]
  const weight = tf.tidy(() =>
    tf.variable(tf.tensor4d(random.normals(kernel * kernel * channels * filters, 0, deviation), shape)),
  )
  return {
    inputShape,
    outputShape: [side(height), side(width), filters],
    variables: { weight },
    apply(x) {
      checkInput(x, inputShape, 'convolution')
      return tf.conv2d(x as tf.Tensor4D, weight as tf.Tensor4D, stride, padding)
    },
  }
}
