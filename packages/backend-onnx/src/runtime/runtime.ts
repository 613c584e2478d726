import { type Binding, loadBinding } from './native'
import { chooseWriting, type Writing } from './writing'

/** onnxruntime-node's binding, and how this version of it is used. */
export interface Runtime extends Binding {
  readonly writing: Writing
}

let loaded: Runtime | undefined

/**
 * Loads ONNX Runtime, once, and tries what this package asks of its inside.
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
