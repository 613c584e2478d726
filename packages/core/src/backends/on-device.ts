import { hasNodeModule } from '../node-module'
import { tf } from '../tf'

/** TensorFlow.js backends that compute on a GPU. tfjs-node has one name for both; it tells itself. */
const onGpu = ['webgpu', 'webgl', 'onnx-webgpu', 'onnx-cuda']

/** Whether the active backend computes on a GPU, so that what the host makes has to cross a bus. */
export function computesOnGpu(): boolean {
  if (onGpu.includes(tf.getBackend())) return true
  const backend: { isUsingGpuDevice?: boolean } = tf.backend() as object
  return backend.isUsingGpuDevice === true
}

/**
 * Whether numbers are better left where the active backend has them: it computes on a GPU, or the program runs in a page, which
 * has no solvers of Node.
 *
 * @example
 * const solver = staysOnDevice() ? 'device' : 'host'
 */
export function staysOnDevice(): boolean {
  return !hasNodeModule('node:worker_threads') || computesOnGpu()
}
