import { type Layer, tf } from '@dc/core'
import { collectVariables } from '../layers/sequential'

/**
 * Named layers one after the other; their variables are named `NAME.weight`, as PyTorch names a module's.
 *
 * @example
 * chain({ conv1: convolution({ … }), bn1: imageNorm(shape), relu: activation(shape, tf.relu) })
 */
export function chain(parts: Readonly<Record<string, Layer>>): Layer {
  const layers = Object.values(parts)
  return {
    inputShape: layers[0].inputShape,
    outputShape: layers.at(-1)!.outputShape,
    variables: collectVariables(parts),
    apply: (x, mode) => tf.tidy(() => layers.reduce((y, layer) => layer.apply(y, mode), x)),
  }
}
