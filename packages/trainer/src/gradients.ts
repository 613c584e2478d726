import { type NamedTensors, type NamedVariables, tf } from '@dc/core'

/** The variables that training changes. */
export function trainable(variables: NamedVariables): NamedVariables {
  return Object.fromEntries(Object.entries(variables).filter(([, variable]) => variable.trainable))
}

/**
 * Runs a step under the gradient tape.
 *
 * @returns the loss, the logs, and one gradient for each variable by its name in the record (zeros where the loss does
 * not depend on it); the caller disposes them
 */
export function gradients(
  step: () => { loss: tf.Scalar; logs: Record<string, tf.Scalar> },
  variables: NamedVariables,
): { loss: tf.Scalar; logs: Record<string, tf.Scalar>; gradients: NamedTensors } {
  let logs: Record<string, tf.Scalar> = {}
  const names = Object.keys(variables)
  const { value, grads } = tf.variableGrads(() => {
    const out = step()
    // The tape's tidy would dispose whatever is not returned.
    logs = Object.fromEntries(Object.entries(out.logs).map(([name, log]) => [name, tf.keep(tf.clone(log))]))
    return out.loss
  }, Object.values(variables))
  return {
    loss: value,
    logs,
    gradients: Object.fromEntries(
      names.map((name) => [name, grads[variables[name].name] ?? tf.zerosLike(variables[name])]),
    ),
  }
}
