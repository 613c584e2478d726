import { tf } from '../tf'

/** TensorFlow.js backends that compute on a GPU. tfjs-node has one name for both; it tells itself. */
const onGpu = ['webgpu', 'webgl', 'onnx-webgpu', 'onnx-cuda']

/**
 * Whether the active backend computes on a GPU, so that what the host reads and makes has to cross a bus.
 *
 * @example
 * const solver = computesOnGpu() ? 'device' : 'host'
 */
export function computesOnGpu(): boolean {
  if (onGpu.includes(tf.getBackend())) return true
  const backend: { isUsingGpuDevice?: boolean } = tf.backend() as object
  return backend.isUsingGpuDevice === true
}
