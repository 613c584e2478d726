import { type NamedTensors, type NamedVariables, tf } from '@dc/core'

/** The variables that training changes. */
export function trainable(variables: NamedVariables): NamedVariables {
  return Object.fromEntries(Object.entries(variables).filter(([, variable]) => variable.trainable))
}

/**
 * Runs a step under the gradient tape.
 *
 * @returns the loss, the logs, and one gradient for each variable by its name in the record, zeros where the loss does not
 * depend on it; the caller disposes them
 */
export function gradients(
  step: () => { loss: tf.Scalar; logs: Record<string, tf.Scalar> },
  variables: NamedVariables,
): { loss: tf.Scalar; logs: Record<string, tf.Scalar>; gradients: NamedTensors } {
  // The tape's tidy would dispose the logs, which it does not return.
  const kept: Record<string, tf.Scalar> = {}
  try {
    const { value, grads } = tf.variableGrads(() => {
      const { loss, logs } = step()
      for (const [name, log] of Object.entries(logs)) kept[name] = tf.keep(tf.clone(log))
      return loss
    }, Object.values(variables))
    return {
      loss: value,
      logs: Object.fromEntries(Object.entries(kept).map(([name, log]) => [name, tf.clone(log)])),
      gradients: Object.fromEntries(
        Object.entries(variables).map(([name, variable]) => [name, grads[variable.name] ?? tf.zerosLike(variable)]),
      ),
    }
  } finally {
    tf.dispose(kept)
  }
}
