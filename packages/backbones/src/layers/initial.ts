import { type Random, tf } from '@dc/core'

/**
 * PyTorch's default initial weights of a linear layer, Kaiming uniform with a = √5: `U(−1/√fan, 1/√fan)`.
 *
 * @param fanIn number of inputs of one unit
 * @see He et al. 2015; torch.nn.Linear.reset_parameters
 */
export function kaimingUniform(shape: readonly number[], fanIn: number, random: Random): tf.Variable {
  const bound = 1 / Math.sqrt(fanIn)
  const size = shape.reduce((product, side) => product * side, 1)
  return tf.tidy(() => tf.variable(tf.tensor(random.uniforms(size, -bound, bound), [...shape])))
}

/** A variable filled with one number. */
export function filled(shape: readonly number[], value: number, trainable = true): tf.Variable {
  return tf.tidy(() => tf.variable(tf.fill([...shape], value), trainable))
}
