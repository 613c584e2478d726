import { tf } from '../tf'

/**
 * Rows divided by their length, `x / max(‖x‖, ε)`; a zero row stays zero, with a finite gradient. `unitRows` of
 * `@dc/core/points` keeps the same rule on the host.
 *
 * @param x `[n, d]`
 * @param epsilon rows shorter than this come out shorter than 1
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
