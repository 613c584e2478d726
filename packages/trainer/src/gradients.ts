import { DcError, type NamedTensors, type NamedVariables, OptionError, ShapeError, tf } from '@dc/core'

/** The variables that training changes. */
export function trainable(variables: NamedVariables): NamedVariables {
  return Object.fromEntries(Object.entries(variables).filter(([, variable]) => variable.trainable))
}

/**
 * Runs a step under the gradient tape.
 *
 * @returns the loss, the logs, and one gradient for each variable by its name in the record, zeros where the loss does not
 * depend on it; the caller disposes them
 * @throws OptionError without variables, ShapeError if the loss is no scalar, DcError if it depends on none of the variables
 */
export function gradients(
  step: () => { loss: tf.Scalar; logs: Record<string, tf.Scalar> },
  variables: NamedVariables,
): { loss: tf.Scalar; logs: Record<string, tf.Scalar>; gradients: NamedTensors } {
  if (Object.keys(variables).length === 0) throw new OptionError('trainable variables of the model', [], 'at least one')
  // The tape's tidy would dispose the logs, which it does not return.
  const kept: Record<string, tf.Scalar> = {}
  try {
    const { value, grads } = tf.variableGrads(() => {
      const { loss, logs } = step()
      if (loss.rank !== 0) throw new ShapeError('loss', loss.shape, '[], a scalar')
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
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('Cannot find a connection between any variable')))
      throw error
    throw new DcError('The loss does not depend on any trainable variable of the model.', {}, error)
  } finally {
    tf.dispose(kept)
  }
}
