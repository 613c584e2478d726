import { tf } from '@dc/core'
import { BackendError } from '@dc/core/errors'
import { OnnxBackend } from './backend'
import type { Statistics } from './graph/executor'
import { onnx, onnxCuda, onnxWebgpu } from './plugin'

export { OnnxBackend, type OnnxBackendOptions } from './backend'
export { type Compiled, compile, type Stacked } from './compile/compile'
export type { Results } from './compile/results'
export { type ExportOptions, exportModel } from './export'
export type { Statistics } from './graph/executor'
export { cpuKernelNames } from './kernels/registry'
export { activateOnnx, onnx, onnxCuda, onnxWebgpu } from './plugin'

/** The plugins of this package. */
export const plugins = [onnxCuda, onnxWebgpu, onnx] as const

/** The active backend, if it is one of this package's. */
function active(): OnnxBackend {
  const backend = tf.backend()
  if (!(backend instanceof OnnxBackend))
    throw new BackendError(`The active backend is '${tf.getBackend()}', not one of @dc/backend-onnx.`)
  return backend
}

/**
 * Computes all pending tensors that are alive, without reading any.
 *
 * @throws BackendError if the active backend is not of this package, or ONNX Runtime fails
 */
export function flush(): void {
  active().flush()
}

/**
 * Counts of the active backend: graphs compiled and run, operators and sessions kept, tensors pending.
 *
 * @throws BackendError if the active backend is not of this package
 */
export function statistics(): Statistics & { pending: number } {
  return active().statistics
}
