// The training step that several benches time: forward, backward, SGD with momentum and decay.
import { type NamedVariables, tf } from '@dc/core'
import { gradients, sgd, trainable } from '@dc/trainer'

/**
 * SGD with momentum 0.9 and weight decay 5e-4 on the trainable ones of the variables.
 *
 * @returns `take`, one step, which gives the loss unread; `step`, which reads it, so that the step has run (not at once, for
 * WebGPU cannot); `dispose` frees velocities and variables
 */
export function sgdStep<Inputs extends readonly unknown[]>(
  variables: NamedVariables,
  learningRate: number,
  loss: (...inputs: Inputs) => tf.Tensor,
): {
  take: (...inputs: Inputs) => tf.Scalar
  step: (...inputs: Inputs) => Promise<number>
  dispose: () => void
} {
  const weights = trainable(variables)
  const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 })
  const state = tf.tidy(() => {
    const tensors = Object.entries(optimizer.init(weights))
    return Object.fromEntries(tensors.map(([name, tensor]) => [name, tf.variable(tensor, false)]))
  })
  const take = (...inputs: Inputs): tf.Scalar =>
    tf.tidy(() => {
      const traced = gradients(() => ({ loss: loss(...inputs).asScalar(), logs: {} }), weights)
      const updated = optimizer.update(traced.gradients, state, weights, tf.scalar(learningRate))
      for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name])
      for (const [name, variable] of Object.entries(state)) variable.assign(updated.state[name])
      return traced.loss
    })
  return {
    take,
    async step(...inputs) {
      const value = take(...inputs)
      const [number] = await value.data()
      value.dispose()
      return number
    },
    dispose: () => tf.dispose([state, variables] as tf.TensorContainer),
  }
}
