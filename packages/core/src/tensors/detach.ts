import { tf } from '../tf'

/**
 * Runs a function of one tensor as a constant: its value is computed, nothing inside is recorded for differentiation, and the
 * gradient with respect to the argument is zero.
 *
 * @param x any tensor
 * @param run a pure function of `x`
 * @example
 * const targets = detach(scores, (s) => tf.softmax(s))
 */
export function detach<T extends tf.Tensor, R extends tf.Tensor>(x: T, run: (x: T) => R): R {
  const constant = tf.customGrad((input: tf.Tensor | tf.GradSaveFunc) => ({
    value: run(input as T),
    gradFunc: () => tf.zerosLike(x),
  }))
  return constant(x) as R
}
