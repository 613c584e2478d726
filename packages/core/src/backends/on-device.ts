import { hasNodeModule } from '../node-module'
import { tf } from '../tf'

/** TensorFlow.js backends that compute on a GPU. tfjs-node has one name for both; it tells itself. */
const onGpu = ['webgpu', 'webgl', 'onnx-webgpu', 'onnx-cuda']

/**
 * Whether numbers are better left where the active backend has them: it computes on a GPU, or the program runs in a page, which
 * has no solvers of Node.
 *
 * @example
 * const solver = staysOnDevice() ? 'device' : 'host'
 */
export function staysOnDevice(): boolean {
  if (!hasNodeModule('node:worker_threads') || onGpu.includes(tf.getBackend())) return true
  const backend: { isUsingGpuDevice?: boolean } = tf.backend() as object
  return backend.isUsingGpuDevice === true
}
