import { type Layer, tf } from '@dc/core'
import { batchNorm } from '../layers/batch-norm'
import { checkInput } from '../layers/check-input'
import { activation } from '../layers/sequential'

/**
 * Batch normalisation of images: each channel over all pixels of the batch.
 *
 * @param shape height, width, channels
 * @see {@link batchNorm}
 */
export function imageNorm(shape: readonly number[]): Layer {
  const [height, width, channels] = shape
  const norm = batchNorm(channels)
  return {
    ...norm,
    inputShape: shape,
    outputShape: shape,
    apply(x, mode) {
      checkInput(x, shape, 'batch normalisation of images')
      return tf.tidy(() => norm.apply(x.reshape([-1, channels]), mode).reshape([-1, height, width, channels]))
    },
  }
}

/** The largest value of each window; places beyond the border do not count. */
export function maxPool(
  inputShape: readonly number[],
  { window, stride, padding = 0 }: { window: number; stride: number; padding?: number },
): Layer {
  const [height, width, channels] = inputShape
  const side = (size: number) => Math.floor((size + 2 * padding - window) / stride) + 1
  return {
    ...activation(inputShape, (x) => tf.maxPool(x as tf.Tensor4D, window, stride, padding)),
    outputShape: [side(height), side(width), channels],
  }
}

/** The mean of every channel, `[batch, height, width, channels] → [batch, channels]`. */
export function globalAverage(inputShape: readonly number[]): Layer {
  return { ...activation(inputShape, (x) => tf.mean(x, [1, 2])), outputShape: [inputShape[2]] }
}
