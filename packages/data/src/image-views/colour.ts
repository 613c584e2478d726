// Colour operations on planes `[n, channels, height, width]` with values 0…1. Each image has its own strength, given in
// arrays with one number per image. The formulas are torchvision's for float tensors.
import { tf } from '@dc/core'

/** Luma of ITU-R BT.601, rounded as in torchvision. An image of one channel is its own grey. */
const lumaOf = (channels: number) => (channels === 1 ? [1] : [0.2989, 0.587, 0.114])

/** A brightness, contrast or saturation operation. */
export interface Blend {
  readonly operation: 'brightness' | 'contrast' | 'saturation'
  /** ≥ 0; 1 changes nothing. */
  readonly factor: number
}

/**
 * Brightness, contrast or saturation, of its own kind for each image: `clip(f·x + (1−f)·b)`. For brightness b is 0, for
 * contrast the mean grey of the image, for saturation the grey of each pixel.
 *
 * Brightness and saturation are products with a matrix of channels, `f·I + (1−f)·1·lumaᵀ`. Only contrast needs a mean.
 *
 * @param blends one for each image; undefined leaves the image unchanged
 */
export function blend(planes: tf.Tensor4D, blends: readonly (Blend | undefined)[]): tf.Tensor4D {
  const channels = planes.shape[1]
  const luma = lumaOf(channels)
  return tf.tidy(() => {
    const pixels = planes.reshape([planes.shape[0], channels, -1])
    const towardsMean = blends.map((b) => (b?.operation === 'contrast' ? 1 - b.factor : 0))
    const means = pixels
      .mean(2, true)
      .mul(tf.tensor2d(luma, [channels, 1]))
      .sum(1, true)
    const towards = means.mul(tf.tensor3d(towardsMean, [blends.length, 1, 1]))
    const mixed = tf.matMul(channelMatrices(blends, luma), pixels).add(towards)
    return mixed.clipByValue(0, 1).reshape(planes.shape) as tf.Tensor4D
  })
}

/** `f·I`, for saturation `f·I + (1−f)·1·lumaᵀ`; `[n, channels, channels]`. */
function channelMatrices(blends: readonly (Blend | undefined)[], luma: readonly number[]): tf.Tensor3D {
  const channels = luma.length
  const matrices = new Float32Array(blends.length * channels * channels)
  blends.forEach((found, i) => {
    const factor = found?.factor ?? 1
    const grey = found?.operation === 'saturation' ? 1 - factor : 0
    for (let to = 0; to < channels; to++)
      for (let from = 0; from < channels; from++)
        matrices[(i * channels + to) * channels + from] = (to === from ? factor : 0) + grey * luma[from]
  })
  return tf.tensor3d(matrices, [blends.length, channels, channels])
}

/** Makes some images grey, which is saturation 0. */
export function greyscale(planes: tf.Tensor4D, chosen: readonly boolean[]): tf.Tensor4D {
  const channels = planes.shape[1]
  const gone = { operation: 'saturation', factor: 0 } as const
  return tf.tidy(() => {
    const matrices = channelMatrices(
      chosen.map((grey) => (grey ? gone : undefined)),
      lumaOf(channels),
    )
    return tf.matMul(matrices, planes.reshape([chosen.length, channels, -1])).reshape(planes.shape) as tf.Tensor4D
  })
}

/**
 * Turns the hue of each image by `shifts` circles, keeping value and saturation of HSV.
 *
 * With M and m the largest and smallest channel, C = M − m and hue H in [0, 6), the channels are
 * `M − C·clip(min(k, 4 − k), 0, 1)`, `k = (n + H + 6·shift) mod 6`, n = 5, 3, 1 for red, green, blue.
 *
 * @param planes three channels
 * @param shifts in [−½, ½]
 */
export function turnHue(planes: tf.Tensor4D, shifts: readonly number[]): tf.Tensor4D {
  return tf.tidy(() => {
    const [red, green, blue] = tf.split(planes, 3, 1)
    const most = tf.maximum(tf.maximum(red, green), blue)
    const chroma = most.sub(tf.minimum(tf.minimum(red, green), blue))
    const safe = tf.maximum(chroma, 1e-20)
    const sector = tf.where(
      most.equal(red),
      green.sub(blue).div(safe),
      tf.where(most.equal(green), blue.sub(red).div(safe).add(2), red.sub(green).div(safe).add(4)),
    )
    // From −1 − 3 to 5 + 3, and 1 to 5 more. Adding 6 makes the argument positive, so that all backends' mod agree.
    const starts = Float32Array.from(
      { length: 3 * shifts.length },
      (_, i) => 11 - 2 * (i % 3) + 6 * shifts[Math.floor(i / 3)],
    )
    const turned = sector.add(tf.tensor4d(starts, [shifts.length, 3, 1, 1]))
    const k = turned.sub(turned.div(6).floor().mul(6))
    const part = tf.minimum(k, tf.sub(4, k)).clipByValue(0, 1)
    return most.sub(chroma.mul(part)) as tf.Tensor4D
  })
}

/** Inverts the values at or above each image's threshold; a threshold above 1 leaves the image. */
export function solarize(planes: tf.Tensor4D, thresholds: readonly number[]): tf.Tensor4D {
  return tf.tidy(() => {
    const limits = tf.tensor4d([...thresholds], [thresholds.length, 1, 1, 1])
    return tf.where(planes.greaterEqual(limits), tf.sub(1, planes), planes) as tf.Tensor4D
  })
}

/** `(x − mean) / std` in each channel. */
export function normalize(planes: tf.Tensor4D, mean: readonly number[], std: readonly number[]): tf.Tensor4D {
  const column = (values: readonly number[]) => tf.tensor3d([...values], [values.length, 1, 1])
  return tf.tidy(() => planes.sub(column(mean)).div(column(std)) as tf.Tensor4D)
}
