import { tf } from '@dc/core'

/**
 * Rows divided by their length, `x / max(‖x‖, ε)`; a zero row stays zero, with a finite gradient.
 *
 * @param x `[n, d]`
 * @example
 * normalizeRows(tf.tensor2d([[3, 4]]))   // [[0.6, 0.8]]
 */
export function normalizeRows(x: tf.Tensor2D, epsilon = 1e-12): tf.Tensor2D {
  return tf.tidy(() =>
    x.mul(
      x
        .square()
        .sum(1, true)
        .maximum(epsilon * epsilon)
        .rsqrt(),
    ),
  )
}
