import { ShapeError, tf } from '@dc/core'

/**
 * Squared Euclidean distances of rows, `D_ik = ‖x_i − c_k‖²`, differentiable in both.
 *
 * @param x `[n, d]`
 * @param centroids `[k, d]`
 * @returns `[n, k]`, never negative
 * @throws ShapeError if the widths differ
 * @example
 * squaredDistances(tf.tensor2d([[0, 0]]), tf.tensor2d([[3, 4], [0, 1]]))   // [[25, 1]]
 */
export function squaredDistances(x: tf.Tensor2D, centroids: tf.Tensor2D): tf.Tensor2D {
  if (x.rank !== 2 || centroids.rank !== 2 || x.shape[1] !== centroids.shape[1])
    throw new ShapeError('centroids', centroids.shape, `[k, ${x.shape[1]}], as wide as x`)
  return tf.tidy(() => {
    const products = tf.matMul(x, centroids, false, true)
    const lengths = x.square().sum(1, true).add(centroids.square().sum(1))
    return lengths.sub<tf.Tensor2D>(products.mul(2)).relu()
  })
}
