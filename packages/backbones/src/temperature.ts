import { type Model, OptionError, tf } from '@dc/core'
import { filled } from './layers/initial'

/** A positive number that is learned. */
export interface Temperature extends Model {
  /** Its value, differentiable. */
  value(): tf.Scalar
  constrain(): void
}

/**
 * A learnable temperature τ ≤ 1, kept as log τ; `constrain` clamps the logarithm to ≤ 0.
 *
 * @param initial in (0, 1]
 * @throws OptionError if it is not
 * @see Guo et al. 2025, "Bootstrap deep spectral clustering with optimal transport": τ and τ_w
 * @example
 * const tau = temperature(0.05)
 * const logits = scores.div(tau.value())
 */
export function temperature(initial: number): Temperature {
  if (!(initial > 0 && initial <= 1)) throw new OptionError('temperature', initial, 'a number in (0, 1]')
  const log = filled([], Math.log(initial))
  return {
    variables: { log },
    value: () => tf.exp(log) as tf.Scalar,
    constrain: () => tf.tidy(() => void log.assign(tf.minimum(log, 0))),
  }
}
