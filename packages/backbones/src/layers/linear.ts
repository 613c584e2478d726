import { type Layer, type NamedVariables, type Random, tf } from '@dc/core'
import { checkInput } from './check-input'
import { kaimingUniform } from './initial'

/** Settings of {@link linear}. */
export interface LinearOptions {
  readonly inputs: number
  readonly outputs: number
  /** Default true. */
  readonly bias?: boolean
  readonly random: Random
}

/**
 * `y = x W + b`, W `[inputs, outputs]`, with PyTorch's default initial weights.
 *
 * @throws ShapeError if x is not `[batch, inputs]`
 * @example
 * const layer = linear({ inputs: 64, outputs: 10, random: createRandom(0) })
 * layer.apply(x, { training: true })   // [n, 64] → [n, 10]
 */
export function linear({ inputs, outputs, bias = true, random }: LinearOptions): Layer {
  const weight = kaimingUniform([inputs, outputs], inputs, random)
  const variables: NamedVariables = { weight }
  if (bias) variables.bias = kaimingUniform([outputs], inputs, random)
  return {
    inputShape: [inputs],
    outputShape: [outputs],
    variables,
    apply(x) {
      checkInput(x, [inputs], 'linear')
      return tf.tidy(() => {
        const y = tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D)
        return bias ? y.add(variables.bias) : y
      })
    },
  }
}
