import { DcError } from '../errors'
import { tf } from '../tf'

/**
 * Runs a function and fails if it leaves other tensors behind than the ones it returns.
 *
 * @param run returns a tensor, an array or record of tensors, or nothing
 * @throws DcError telling how many tensors were left over
 */
export async function expectNoLeaks<T>(run: () => T | Promise<T>): Promise<T> {
  const before = tf.memory().numTensors
  const result = await run()
  const kept = tf.tensor_util.getTensorsInContainer(result as tf.TensorContainer).length
  const leaked = tf.memory().numTensors - before - kept
  if (leaked !== 0) throw new DcError(`${leaked} tensors leaked`, { leaked, kept })
  return result
}
