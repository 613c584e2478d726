import { type Layer, type NamedVariables, tf } from '@dc/core'

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
  return {
    inputShape: layers[0].inputShape,
    outputShape: layers.at(-1)!.outputShape,
    variables: collectVariables(Object.fromEntries(layers.map((layer, i) => [i, layer]))),
    apply: (x, mode) => tf.tidy(() => layers.reduce((y, layer) => layer.apply(y, mode), x)),
    constrain() {
      for (const layer of layers) layer.constrain?.()
    },
  }
}

/** All variables of named parts, as `part.name`. */
export function collectVariables(parts: Readonly<Record<string, { variables: NamedVariables }>>): NamedVariables {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, { variables }]) =>
      Object.entries(variables).map(([name, variable]) => [`${part}.${name}`, variable]),
    ),
  )
}
