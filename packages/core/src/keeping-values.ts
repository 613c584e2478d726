import { tf } from './tf'

/**
 * Runs a function that may assign variables, and then gives them back the values that they had, also if it throws. For a pass
 * through a network in training mode that must not move its batch statistics.
 *
 * @param variables the variables to set back; one that the function disposes stays disposed
 * @returns what the function gives
 * @example
 * const running = Object.values(network.variables).filter(({ trainable }) => !trainable)
 * const codes = keepingValues(running, () => network.apply(x, { training: true }))
 */
export function keepingValues<T>(variables: readonly tf.Variable[], run: () => T): T {
  const values = variables.map((variable) => tf.clone(variable))
  try {
    return run()
  } finally {
    for (const [i, variable] of variables.entries()) if (!variable.isDisposed) variable.assign(values[i])
    tf.dispose(values)
  }
}
