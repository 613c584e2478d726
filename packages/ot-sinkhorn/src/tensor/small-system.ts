import { tf } from '@dc/core'

/**
 * Solves `(A + ridge I) x = b` for a small symmetric positive definite A by Gauss–Jordan elimination in tensor operations. Pivots
 * are taken as they come, and nothing is read.
 *
 * @param matrix A, `[m, m]`
 * @param ridge above 0 where A may be singular
 * @param right b, `[m, 1]`
 * @returns x, `[m, 1]`
 */
export function solveSmallSystem(matrix: tf.Tensor2D, ridge: tf.Scalar, right: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [m] = matrix.shape
    const identity = tf.eye(m)
    let system = tf.concat([matrix.add(identity.mul(ridge)), right], 1) as tf.Tensor2D
    for (let p = 0; p < m; p++) {
      const row = system.slice([p, 0], [1, m + 1]).div(system.slice([p, p], [1, 1]))
      // Row p becomes `row`; every other row loses its multiple of it.
      const multiples = system.slice([0, p], [m, 1]).sub(identity.slice([0, p], [m, 1]))
      system = system.sub(multiples.mul(row))
    }
    return system.slice([0, m], [m, 1])
  })
}
