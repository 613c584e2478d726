import { BackendError } from '@dc/core/errors'
import { type Binding, loadBinding } from './native'
import { chooseWriting, type Writing } from './writing'

/** ONNX Runtime's binding, and how this version of it is used. */
export interface Runtime extends Binding {
  readonly writing: Writing
}

let loaded: Runtime | undefined

/**
 * The ONNX Runtime of this process: the one that was provided, else onnxruntime-node. That is loaded once, and what this package
 * asks of its inside is tried.
 *
 * @throws BackendError if onnxruntime-node is absent, has no binary for this platform, does not load, or does not compute as it
 * should; says what to do
 */
export function loadRuntime(): Runtime {
  if (!loaded) {
    const binding = loadBinding()
    loaded = {
      InferenceSession: binding.InferenceSession,
      listSupportedBackends: () => binding.listSupportedBackends(),
      writing: chooseWriting(binding),
    }
  }
  return loaded
}

/**
 * Makes this the ONNX Runtime of the process, where onnxruntime-node cannot be.
 *
 * @throws BackendError if there is another already
 */
export function provideRuntime(runtime: Runtime): void {
  if (loaded !== undefined && loaded !== runtime)
    throw new BackendError('Another ONNX Runtime is in use here already; a process has one.')
  loaded = runtime
}
