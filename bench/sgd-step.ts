// The training step that several benches time: forward, backward, SGD with momentum and decay.
import { type NamedTensors, type NamedVariables, tf } from '@dc/core'
import { gradients, sgd, trainable } from '@dc/trainer'

/**
 * SGD with momentum 0.9 and weight decay 5e-4 on the trainable ones of the variables.
 *
 * @returns `step`, which reads the loss, so that the step has run (not at once, for WebGPU cannot); `dispose` frees velocities and variables
 */
export function sgdStep<Inputs extends readonly unknown[]>(
  variables: NamedVariables,
  learningRate: number,
  loss: (...inputs: Inputs) => tf.Tensor,
): { step: (...inputs: Inputs) => Promise<number>; dispose: () => void } {
  const weights = trainable(variables)
  const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 })
  let state: NamedTensors = optimizer.init(weights)
  return {
    async step(...inputs) {
      const { value, next } = tf.tidy(() => {
        const traced = gradients(() => ({ loss: loss(...inputs).asScalar(), logs: {} }), weights)
        const updated = optimizer.update(traced.gradients, state, weights, tf.scalar(learningRate))
        for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name])
        return { value: traced.loss, next: updated.state }
      })
      tf.dispose(state)
      state = next
      const [number] = await value.data()
      value.dispose()
      return number
    },
    dispose: () => tf.dispose([state, variables] as tf.TensorContainer),
  }
}
