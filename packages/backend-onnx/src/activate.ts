import { type CompilingBackend, tf } from '@dc/core'
import { BackendError } from '@dc/core/errors'
import { OnnxBackend, type OnnxBackendOptions } from './backend'
import { compile, rehearse } from './compile/compile'
import { registerKernels } from './kernels/registry'
import { loadRuntime } from './runtime/runtime'

/** Names whose kernels are registered: once per process, whatever becomes of the backend. */
const namesWithKernels = new Set<string>()

/** `compile` for those who know a backend only by what it can do: see `CompilingBackend` of @dc/core. */
const compileAtOnce: CompilingBackend['compile'] = (run) => compile(run, { atOnce: true })

/** Registers a backend of this package under a name, unless tfjs has it already, and selects it. */
export async function activate(name: string, settings: OnnxBackendOptions): Promise<void> {
  loadRuntime()
  if (!namesWithKernels.has(name)) registerKernels(name)
  namesWithKernels.add(name)
  if (!(name in tf.engine().registryFactory))
    tf.registerBackend(name, () => Object.assign(new OnnxBackend(settings), { compile: compileAtOnce, rehearse }), 3)
  if (!(await tf.setBackend(name))) throw new BackendError(`TensorFlow.js could not start backend ${name}.`)
}
