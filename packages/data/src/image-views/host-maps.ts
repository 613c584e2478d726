// The matrices of crops and blurs, written by the host: the few entries that are not 0.
import { tf } from '@dc/core'
import { type AxisCrop, blurWeights, writeBlur, writeCrop } from './axis-map'

/** One axis of a batch, `[n, kept, full]`. */
export function cropMaps(crops: readonly AxisCrop[], full: number, kept: number): tf.Tensor3D {
  return eachMap(crops, kept, full, (target, crop) => writeCrop(target, full, kept, crop))
}

/** Blurs of one axis, `[n, side, side]`. @param sigmas 0 leaves an image unchanged */
export function blurMaps(sigmas: readonly number[], side: number, kernel: number): tf.Tensor3D {
  return eachMap(sigmas, side, side, (target, sigma) => writeBlur(target, side, blurWeights(kernel, sigma)))
}

function eachMap<T>(
  items: readonly T[],
  rows: number,
  columns: number,
  write: (target: Float32Array, item: T) => void,
): tf.Tensor3D {
  const size = rows * columns
  const values = new Float32Array(items.length * size)
  items.forEach((item, i) => {
    write(values.subarray(i * size, (i + 1) * size), item)
  })
  return tf.tensor3d(values, [items.length, rows, columns])
}
