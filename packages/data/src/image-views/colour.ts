// Colour operations on planes `[n, channels, height, width]` with values 0…1. Each image has its own strength, given in
// tensors that the host makes. The formulas are torchvision's for float tensors.
import { tf } from '@dc/core'

/** Luma of ITU-R BT.601, rounded as in torchvision. An image of one channel is its own grey. */
const lumaOf = (channels: number) => (channels === 1 ? [1] : [0.2989, 0.587, 0.114])

/** A brightness, contrast or saturation operation. */
export interface Blend {
  readonly operation: 'brightness' | 'contrast' | 'saturation'
  /** ≥ 0; 1 changes nothing. */
  readonly factor: number
}

/** Blends of a batch as tensors: a matrix of channels for each image, `[n, channels, channels]`, and its part of the mean grey. */
export interface BlendTensors {
  readonly matrices: tf.Tensor3D
  /** `[n, 1, 1]` */
  readonly towardsMean: tf.Tensor3D
}

/**
 * Brightness and saturation are products with a matrix of channels, `f·I + (1−f)·1·lumaᵀ`. Only contrast needs a mean.
 *
 * @param blends one for each image; undefined leaves the image unchanged
 */
export function blendTensors(blends: readonly (Blend | undefined)[], channels: number): BlendTensors {
  return {
    matrices: tf.tensor3d(channelMatrices(blends, channels), [blends.length, channels, channels]),
    towardsMean: tf.tensor3d(towardsMean(blends), [blends.length, 1, 1]),
  }
}

/**
 * Brightness, contrast or saturation, of its own kind for each image: `clip(f·x + (1−f)·b)`. For brightness b is 0, for
 * contrast the mean grey of the image, for saturation the grey of each pixel.
 */
export function blend(planes: tf.Tensor4D, blends: BlendTensors): tf.Tensor4D {
  const channels = planes.shape[1]
  return tf.tidy(() => {
    const pixels = planes.reshape([planes.shape[0], channels, -1])
    const means = pixels
      .mean(2, true)
      .mul(tf.tensor2d(lumaOf(channels), [channels, 1]))
      .sum(1, true)
    const mixed = tf.matMul(blends.matrices, pixels).add(means.mul(blends.towardsMean))
    return mixed.clipByValue(0, 1).reshape(planes.shape) as tf.Tensor4D
  })
}

/** How much of its mean grey each image takes. */
export function towardsMean(blends: readonly (Blend | undefined)[]): Float32Array {
  return Float32Array.from(blends, (b) => (b?.operation === 'contrast' ? 1 - b.factor : 0))
}

/** `f·I`, for saturation `f·I + (1−f)·1·lumaᵀ`; `[n, channels, channels]`. */
export function channelMatrices(blends: readonly (Blend | undefined)[], channels: number): Float32Array {
  const luma = lumaOf(channels)
  const matrices = new Float32Array(blends.length * channels * channels)
  blends.forEach((found, i) => {
    const factor = found?.factor ?? 1
    const grey = found?.operation === 'saturation' ? 1 - factor : 0
    for (let to = 0; to < channels; to++)
      for (let from = 0; from < channels; from++)
        matrices[(i * channels + to) * channels + from] = (to === from ? factor : 0) + grey * luma[from]
  })
  return matrices
}

/** Matrices of channels that make some images grey, which is saturation 0. */
export function greyMatrices(chosen: readonly boolean[], channels: number): tf.Tensor3D {
  const gone = { operation: 'saturation', factor: 0 } as const
  const blends = chosen.map((grey) => (grey ? gone : undefined))
  return tf.tensor3d(channelMatrices(blends, channels), [chosen.length, channels, channels])
}

/** Mixes the channels of each image by its own matrix. */
export function mixChannels(planes: tf.Tensor4D, matrices: tf.Tensor3D): tf.Tensor4D {
  const [n, channels] = planes.shape
  return tf.tidy(() => tf.matMul(matrices, planes.reshape([n, channels, -1])).reshape(planes.shape) as tf.Tensor4D)
}

/** Where each channel of each image begins on the circle of hues, `[n, 3, 1, 1]`. @param shifts in circles, in [−½, ½] */
export function hueStarts(shifts: readonly number[]): tf.Tensor4D {
  // From −1 − 3 to 5 + 3, and 1 to 5 more. Adding 6 makes the argument positive, so that all backends' mod agree.
  const starts = Float32Array.from(
    { length: 3 * shifts.length },
    (_, i) => 11 - 2 * (i % 3) + 6 * shifts[Math.floor(i / 3)],
  )
  return tf.tensor4d(starts, [shifts.length, 3, 1, 1])
}

/**
 * Turns the hue of each image by its shift in circles, keeping value and saturation of HSV.
 *
 * With M and m the largest and smallest channel, C = M − m and hue H in [0, 6), the channels are
 * `M − C·clip(min(k, 4 − k), 0, 1)`, `k = (n + H + 6·shift) mod 6`, n = 5, 3, 1 for red, green, blue.
 *
 * @param planes three channels
 * @param starts as {@link hueStarts} makes them
 */
export function turnHue(planes: tf.Tensor4D, starts: tf.Tensor4D): tf.Tensor4D {
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
    const turned = sector.add(starts)
    const k = turned.sub(turned.div(6).floor().mul(6))
    const part = tf.minimum(k, tf.sub(4, k)).clipByValue(0, 1)
    return most.sub(chroma.mul(part)) as tf.Tensor4D
  })
}

/** Inverts the values at or above each image's threshold, `[n, 1, 1, 1]`; a threshold above 1 leaves the image. */
export function solarize(planes: tf.Tensor4D, thresholds: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => tf.where(planes.greaterEqual(thresholds), tf.sub(1, planes), planes) as tf.Tensor4D)
}

/** `(x − mean) / std` in each channel. */
export function normalize(planes: tf.Tensor4D, mean: readonly number[], std: readonly number[]): tf.Tensor4D {
  const column = (values: readonly number[]) => tf.tensor3d([...values], [values.length, 1, 1])
  return tf.tidy(() => planes.sub(column(mean)).div(column(std)) as tf.Tensor4D)
}
