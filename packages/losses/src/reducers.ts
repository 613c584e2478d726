import { type NamedTensors, OptionError, tf } from '@dc/core'
import { requireTensors } from './inputs'

/**
 * Mean of all elements: of each name's values, then over the names.
 *
 * @example
 * const loss = mean({ distances: tf.tensor1d([1, 3]) }) // 2
 */
export function mean(elements: NamedTensors): tf.Scalar {
  return tf.tidy(() => {
    const means = values(elements).map((each) => each.mean())
    return means.length === 1 ? means[0] : tf.addN(means).div(means.length)
  }) as tf.Scalar
}

/** Sum of all elements of all names. */
export function sum(elements: NamedTensors): tf.Scalar {
  return tf.tidy(() => tf.addN(values(elements).map((each) => each.sum()))) as tf.Scalar
}

/**
 * Each name's mean by its weight: `Σ_name weight · mean(elements)`. Names without a weight count once.
 *
 * @throws OptionError for the weight of a name that does not exist, or that is not finite
 * @example
 * const loss = weightedMean({ transport: tf.tensor1d([1, 2]), reconstruction: tf.tensor1d([3]) }, { reconstruction: 0.1 }) // 1.8
 */
export function weightedMean(elements: NamedTensors, weights: Readonly<Record<string, number>>): tf.Scalar {
  const unknown = Object.keys(weights).find((name) => !(name in elements))
  if (unknown)
    throw new OptionError(`weights.${unknown}`, weights[unknown], `elements ${Object.keys(elements).join(', ')}`)
  requireTensors(elements)
  for (const [name, weight] of Object.entries(weights))
    if (!Number.isFinite(weight)) throw new OptionError(`weights.${name}`, weight, 'a finite number')
  return tf.tidy(() =>
    tf.addN(Object.entries(elements).map(([name, each]) => each.mean().mul(weights[name] ?? 1))),
  ) as tf.Scalar
}

function values(elements: NamedTensors): tf.Tensor[] {
  const tensors = Object.values(elements)
  if (tensors.length === 0) throw new OptionError('elements', elements, 'at least one named tensor')
  requireTensors(elements)
  return tensors
}
