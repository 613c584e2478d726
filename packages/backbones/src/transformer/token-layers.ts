// Layers of transformers: they work on the last axis of `[batch, tokens, width]`.
import { type Layer, type Random, tf } from '@dc/core'
import { filled } from '../layers/initial'

/** Normal weights without the tails beyond two standard deviations. */
export function truncatedNormal(
  shape: readonly number[],
  random: Random,
  trainable: boolean,
  deviation = 0.02,
): tf.Variable {
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1))
  for (let i = 0; i < values.length; i++) {
    let draw = random.normal()
    while (Math.abs(draw) > 2) draw = random.normal()
    values[i] = deviation * draw
  }
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), trainable))
}

/** `x W + b` for every token: `[batch, tokens, inputs] → [batch, tokens, outputs]`. */
export function tokenProduct(x: tf.Tensor, weight: tf.Tensor2D, bias: tf.Tensor): tf.Tensor {
  const [inputs, outputs] = weight.shape
  const rows = tf.add(tf.matMul(tf.reshape(x, [-1, inputs]) as tf.Tensor2D, weight), bias)
  return tf.reshape(rows, [-1, ...x.shape.slice(1, -1), outputs])
}

/** `y = x W + b` for every token. */
export function tokenLinear(inputs: number, outputs: number, random: Random, trainable: boolean): Layer {
  const weight = truncatedNormal([inputs, outputs], random, trainable)
  const bias = filled([outputs], 0, trainable)
  return {
    inputShape: [inputs],
    outputShape: [outputs],
    variables: { weight, bias },
    apply: (x) => tf.tidy(() => tokenProduct(x, weight as tf.Tensor2D, bias)),
  }
}

/**
 * Layer normalisation of the last axis: `y = γ (x − μ)/√(σ² + ε) + β`.
 *
 * @see Ba, Kiros and Hinton 2016
 */
export function layerNorm(width: number, trainable: boolean, epsilon = 1e-6): Layer {
  const scale = filled([width], 1, trainable)
  const offset = filled([width], 0, trainable)
  return {
    inputShape: [width],
    outputShape: [width],
    variables: { scale, offset },
    apply: (x) =>
      tf.tidy(() => {
        const centred = tf.sub(x, tf.mean(x, -1, true))
        const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon))
        return tf.add(tf.mul(tf.mul(centred, inverse), scale), offset)
      }),
  }
}

/**
 * `x Φ(x)` with the exact normal distribution function, in the form that ONNX Runtime recognises and runs as one operator.
 */
export function gelu(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.mul(tf.mul(x, tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1)), 0.5))
}
