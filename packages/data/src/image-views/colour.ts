// Colour operations on batches `[n, height, width, channels]` with values 0…1. Each image has its own strength, in tensors
// that broadcast as `[n, 1, 1, 1]`. The formulas are torchvision's for float tensors.
import { tf } from '@dc/core'

/** Luma of ITU-R BT.601, as torchvision rounds it. */
const luma = [0.2989, 0.587, 0.114]

/** Grey value of every pixel, `[n, height, width, 1]`; an image of one channel is its own. */
export function greyOf(images: tf.Tensor4D): tf.Tensor4D {
  if (images.shape[3] === 1) return tf.clone(images)
  return tf.tidy(() => images.mul(tf.tensor1d(luma)).sum(3, true) as tf.Tensor4D)
}

/**
 * Brightness, contrast or saturation: `clip(f·x + (1−f)·b)`, b = 0 for brightness, the mean grey of the image for
 * contrast, each pixel's grey for saturation.
 *
 * @param factor f, ≥ 0; 1 changes nothing
 * @param toMean 1 where the operation is contrast, else 0
 * @param toGrey 1 where the operation is saturation, else 0
 */
export function blend(images: tf.Tensor4D, factor: tf.Tensor, toMean: tf.Tensor, toGrey: tf.Tensor): tf.Tensor4D {
  return tf.tidy(() => {
    const grey = greyOf(images)
    const base = grey.mean([1, 2, 3], true).mul(toMean).add(grey.mul(toGrey))
    return images.mul(factor).add(tf.sub(1, factor).mul(base)).clipByValue(0, 1) as tf.Tensor4D
  })
}

/**
 * Turns the hue by `shift` circles, keeping value and saturation of HSV.
 *
 * With M and m the largest and smallest channel, C = M − m and hue H in [0, 6), the channels are
 * `M − C·clip(min(k, 4 − k), 0, 1)`, `k = (n + H + 6·shift) mod 6`, n = 5, 3, 1 for red, green, blue.
 *
 * @param images three channels
 * @param shift in [−½, ½]
 */
export function turnHue(images: tf.Tensor4D, shift: tf.Tensor): tf.Tensor4D {
  return tf.tidy(() => {
    const [red, green, blue] = tf.split(images, 3, 3)
    const most = images.max(3, true)
    const chroma = most.sub(images.min(3, true))
    const some = chroma.greater(0)
    const safe = tf.where(some, chroma, tf.onesLike(chroma))
    const isRed = most.equal(red)
    const isGreen = most.equal(green)
    const sector = tf.where(
      isRed,
      green.sub(blue),
      tf.where(isGreen, blue.sub(red).add(safe.mul(2)), red.sub(green).add(safe.mul(4))),
    )
    // Between −1 − 3 and 5 + 3: adding 6 makes it positive, so that every backend's mod agrees.
    const hue = sector.div(safe).add(shift.mul(6)).add(6)
    const k = hue.add(tf.tensor1d([5, 3, 1])).mod(6)
    const part = tf.minimum(k, tf.sub(4, k)).clipByValue(0, 1)
    return most.sub(chroma.mul(part)) as tf.Tensor4D
  })
}

/** Mixes every pixel towards its grey value; 1 makes the image grey, 0 leaves it. */
export function greyscale(images: tf.Tensor4D, amount: tf.Tensor): tf.Tensor4D {
  return tf.tidy(() => images.add(greyOf(images).sub(images).mul(amount)) as tf.Tensor4D)
}

/** Inverts the values at or above a threshold; a threshold above 1 leaves the image. */
export function solarize(images: tf.Tensor4D, threshold: tf.Tensor): tf.Tensor4D {
  return tf.tidy(() => tf.where(images.greaterEqual(threshold), tf.sub(1, images), images) as tf.Tensor4D)
}

/** `(x − mean) / std` in each channel. */
export function normalize(images: tf.Tensor4D, mean: readonly number[], std: readonly number[]): tf.Tensor4D {
  return tf.tidy(() => images.sub(tf.tensor1d([...mean])).div(tf.tensor1d([...std])) as tf.Tensor4D)
}
