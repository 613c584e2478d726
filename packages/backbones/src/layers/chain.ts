import { type Layer, OptionError, tf } from '@dc/core'
import { model } from '../model'

/**
 * Named layers one after the other; their variables are named `NAME.weight`, as PyTorch names a module's. Layers that are named
 * by numbers run in the order of their numbers, wherever they are written.
 *
 * @throws OptionError for no layers, and for some named by numbers and some by words: JavaScript puts numbers first in an object
 * @example
 * const conv1 = convolution({ inputShape: [32, 32, 3], filters: 64, random })
 * chain({ conv1, bn1: imageNorm(conv1.outputShape), relu: activation(conv1.outputShape, tf.relu) })
 */
export function chain(parts: Readonly<Record<string, Layer>>): Layer {
  const names = Object.keys(parts)
  const numbers = names.filter((name) => /^(0|[1-9]\d*)$/.test(name))
  if (names.length === 0 || (numbers.length > 0 && numbers.length < names.length))
    throw new OptionError('names of layers', names, 'at least one; words, or numbers in the order that they run in')
  const layers = Object.values(parts)
  return {
    inputShape: layers[0].inputShape,
    outputShape: layers.at(-1)!.outputShape,
    ...model(parts),
    apply: (x, mode) => tf.tidy(() => layers.reduce((y, layer) => layer.apply(y, mode), x)),
  }
}
