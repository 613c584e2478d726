// The matrices of crops and blurs as axis-map.ts writes them, made on the device of a few numbers for each image.
import { tf } from '@dc/core'
import { type AxisCrop, blurWeights, writeBlur } from './axis-map'

/** What one axis is read by, `[n, 5, 1, 1]`: start, length, pixels per output pixel, first output pixel, and whether it is mirrored. */
export function cropNumbers(crops: readonly AxisCrop[]): tf.Tensor4D {
  const numbers = crops.flatMap(({ start, length, size, offset = 0, flip = false }) => [
    ...[start, length, length / size, offset],
    flip ? 1 : 0,
  ])
  return tf.tensor4d(numbers, [crops.length, 5, 1, 1])
}

/** The matrices of an axis, `[n, kept, full]`, as `writeCrop` writes them. */
export function cropMaps(numbers: tf.Tensor, full: number, kept: number): tf.Tensor3D {
  return tf.tidy(() => {
    const [start, length, scale, offset, flip] = tf.unstack(numbers, 1)
    const out = tf.range(0, kept).reshape([1, kept, 1])
    const place = out.add(tf.sub(kept - 1, out.mul(2)).mul(flip))
    const centre = place.add(offset).add(0.5).mul(scale)
    const pixel = tf.range(0, full).reshape([1, 1, full]).sub(start)
    // Whole numbers: 1 inside the part that is read, else 0.
    const inside = pixel.add(1).clipByValue(0, 1).mul(length.sub(pixel).clipByValue(0, 1))
    const far = pixel.add(0.5).sub(centre).abs().div(scale.maximum(1))
    const weights = tf.sub(1, far).relu().mul(inside)
    return weights.div(weights.sum(2, true)) as tf.Tensor3D
  })
}

/** Where each tap of a blur reads from, `[kernel, side·side]`, with mirrored borders. */
export function blurTaps(side: number, kernel: number): tf.Tensor2D {
  const taps = new Float32Array(kernel * side * side)
  for (let tap = 0; tap < kernel; tap++) {
    const only = Float32Array.from({ length: kernel }, (_, t) => (t === tap ? 1 : 0))
    writeBlur(taps.subarray(tap * side * side, (tap + 1) * side * side), side, only)
  }
  return tf.tensor2d(taps, [kernel, side * side])
}

/** Weights of the taps of each image, `[n, kernel]`. */
export function blurNumbers(sigmas: readonly number[], kernel: number): tf.Tensor2D {
  return tf.tensor2d(
    sigmas.flatMap((sigma) => [...blurWeights(kernel, sigma)]),
    [sigmas.length, kernel],
  )
}

/** Blurs of one axis, `[n, side, side]`. */
export function blurMaps(weights: tf.Tensor, taps: tf.Tensor, side: number): tf.Tensor3D {
  return tf.matMul(weights as tf.Tensor2D, taps as tf.Tensor2D).reshape([-1, side, side]) as tf.Tensor3D
}
