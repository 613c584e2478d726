import { type Layer, tf } from '@dc/core'
import { chain } from './chain'

/** A layer that only computes, such as an activation. */
export function activation(shape: readonly number[], compute: (x: tf.Tensor) => tf.Tensor): Layer {
  return { inputShape: shape, outputShape: shape, variables: {}, apply: compute }
}

/** Rows of any shape to rows of one dimension. */
export function flatten(inputShape: readonly number[]): Layer {
  const size = inputShape.reduce((product, side) => product * side, 1)
  return {
    inputShape,
    outputShape: [size],
    variables: {},
    apply: (x) => (x.rank === 2 ? tf.clone(x) : tf.reshape(x, [x.shape[0], size])),
  }
}

/**
 * Layers one after the other; their variables are named `0.weight`, `1.scale`, ….
 *
 * @example
 * sequential([linear({ inputs: 64, outputs: 32, random }), batchNorm(32)])
 */
export function sequential(layers: readonly [Layer, ...Layer[]]): Layer {
  return chain(Object.fromEntries(layers.entries()))
}
