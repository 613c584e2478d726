import { tf } from '@dc/core'

/**
 * Applies one linear map per image to its rows and one to its columns: `y_n = R_n x_n C_nᵀ` in each channel.
 *
 * @param images `[n, height, width, channels]`
 * @param rows `[n, newHeight, height]`
 * @param columns `[n, newWidth, width]`
 * @returns `[n, newHeight, newWidth, channels]`; two batched matrix products on the backend
 */
export function applyAxisMaps(images: tf.Tensor4D, rows: tf.Tensor3D, columns: tf.Tensor3D): tf.Tensor4D {
  return tf.tidy(() => {
    const [n, height, width, channels] = images.shape
    const [newHeight, newWidth] = [rows.shape[1], columns.shape[1]]
    const flat = tf.matMul(rows, images.reshape([n, height, width * channels])) as tf.Tensor3D
    const planes = flat
      .reshape([n, newHeight, width, channels])
      .transpose([0, 1, 3, 2])
      .reshape([n, newHeight * channels, width])
    return tf
      .matMul(planes, columns, false, true)
      .reshape([n, newHeight, channels, newWidth])
      .transpose([0, 1, 3, 2]) as tf.Tensor4D
  })
}
