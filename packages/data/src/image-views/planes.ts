// Views are computed on planes `[n, channels, height, width]`. Each channel lies in one piece, so that products and sums over
// channels read long rows of memory.
import { tf } from '@dc/core'

/** `[n, height, width, channels] → [n, channels, height, width]` */
export function toPlanes(images: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(images, [0, 3, 1, 2])
}

/** `[n, channels, height, width] → [n, height, width, channels]` */
export function fromPlanes(planes: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(planes, [0, 2, 3, 1])
}

/**
 * Applies one linear map per image to its rows and one to its columns: `y_n = R_n x_n C_nᵀ` in each channel.
 *
 * @param images `[n, height, width, channels]`
 * @param rows `[n, newHeight, height]`
 * @param columns `[n, newWidth, width]`
 * @returns planes `[n, channels, newHeight, newWidth]`, by two batched matrix products
 */
export function applyAxisMaps(images: tf.Tensor4D, rows: tf.Tensor3D, columns: tf.Tensor3D): tf.Tensor4D {
  return tf.tidy(() => {
    const [n, height, width, channels] = images.shape
    const [newHeight, newWidth] = [rows.shape[1], columns.shape[1]]
    const short = tf.matMul(rows, images.reshape([n, height, width * channels]))
    const planes = toPlanes(short.reshape([n, newHeight, width, channels]))
    const narrow = tf.matMul(planes.reshape([n, channels * newHeight, width]), columns, false, true)
    return narrow.reshape([n, channels, newHeight, newWidth]) as tf.Tensor4D
  })
}
