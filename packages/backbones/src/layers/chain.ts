import { type Layer, tf } from '@dc/core'
import { model } from '../model'

/**
 * Named layers one after the other; their variables are named `NAME.weight`, as PyTorch names a module's.
 *
 * @example
 * const conv1 = convolution({ inputShape: [32, 32, 3], filters: 64, random })
 * chain({ conv1, bn1: imageNorm(conv1.outputShape), relu: activation(conv1.outputShape, tf.relu) })
 */
export function chain(parts: Readonly<Record<string, Layer>>): Layer {
  const layers = Object.values(parts)
  return {
    inputShape: layers[0].inputShape,
    outputShape: layers.at(-1)!.outputShape,
    ...model(parts),
    apply: (x, mode) => tf.tidy(() => layers.reduce((y, layer) => layer.apply(y, mode), x)),
  }
}
