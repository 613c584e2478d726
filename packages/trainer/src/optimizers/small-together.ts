import { type NamedTensors, type Optimizer, tf } from '@dc/core'

/** Parameters of at most so many elements cost more by the number of their operators than by their elements. */
const smallSize = 2 ** 16

/** What holds all small parameters. */
const together = 'small parameters'

/**
 * An element-wise optimiser that takes all small parameters, such as biases, as one vector.
 *
 * An update is a dozen operators for each parameter, and of a network of a few layers most parameters are vectors as
 * wide as a layer: calling operators would take longer than their work. The state is that of the large parameters and
 * of the vector.
 */
export function smallTogether(optimizer: Optimizer): Optimizer {
  return {
    init: (parameters) => tf.tidy(() => optimizer.init(packed(parameters, smallNames(parameters)))),
    update: (gradients, state, parameters, learningRate) =>
      tf.tidy(() => {
        const small = smallNames(parameters)
        const next = optimizer.update(packed(gradients, small), state, packed(parameters, small), learningRate)
        return { parameters: unpacked(next.parameters, parameters, small), state: next.state }
      }),
  }
}

/** Names of the small parameters, if there are several. */
function smallNames(parameters: NamedTensors): readonly string[] {
  const names = Object.keys(parameters).filter((name) => parameters[name].size <= smallSize)
  return names.length > 1 ? names : []
}

function packed(tensors: NamedTensors, small: readonly string[]): NamedTensors {
  if (small.length === 0) return tensors
  const large = Object.entries(tensors).filter(([name]) => !small.includes(name))
  return { ...Object.fromEntries(large), [together]: tf.concat(small.map((name) => tensors[name].flatten())) }
}

/** The parameters by their names again, in the order and the shapes of `like`. */
function unpacked(tensors: NamedTensors, like: NamedTensors, small: readonly string[]): NamedTensors {
  if (small.length === 0) return tensors
  const parts = tf.split(
    tensors[together],
    small.map((name) => like[name].size),
  )
  const reshaped = Object.fromEntries(small.map((name, i) => [name, parts[i].reshape(like[name].shape)]))
  return Object.fromEntries(Object.keys(like).map((name) => [name, reshaped[name] ?? tensors[name]]))
}
