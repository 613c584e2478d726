import { keepingValues, tf } from '@dc/core'

/** The variables whose values a graph can hold. */
export const numericVariables = (): readonly tf.Variable[] =>
  Object.values(tf.engine().registeredVariables).filter(({ dtype }) => dtype !== 'string' && dtype !== 'complex64')

/** Runs a function that may assign the variables that there are. They have their values back when it ends or throws. */
export function keepingVariables<T>(run: (variables: readonly tf.Variable[]) => T): T {
  const variables = numericVariables()
  return keepingValues(variables, () => {
    try {
      return run(variables)
    } catch (error) {
      disposeTape()
      throw error
    }
  })
}

/** TensorFlow.js keeps what it saved for the gradient of a function that has thrown. */
function disposeTape(): void {
  const { state } = tf.engine()
  if (state.gradientDepth > 0) return
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? [])
  state.activeTape = null as never
}
