import { definePlugin, tf } from '@dc/core'
import { BackendError } from '@dc/core/errors'
import { z } from 'zod'
import { OnnxBackend, type OnnxBackendOptions } from './backend'
import { registerKernels } from './kernels/registry'
import { loadRuntime, runtimeVersion } from './runtime/native'

/** Options of the backend plugin. */
const options = z.strictObject({
  threads: z.int().min(0).optional().describe('threads inside one operator; 0 (default) is one per physical core'),
  spinning: z.boolean().optional().describe('whether threads wait actively between operators; default true'),
  graphs: z.int().min(1).optional().describe('compiled graphs kept for reuse; default 128'),
})

/** TensorFlow.js on ONNX Runtime's CPU provider: whole steps compiled once. The default on a plain install. */
export const onnx = definePlugin({
  kind: 'backend',
  name: 'onnx',
  apiVersion: 1,
  description: 'ONNX Runtime on the CPU: whole training steps recorded and compiled once',
  options,
  create: (settings) => ({
    name: 'onnx',
    async available() {
      try {
        loadRuntime()
        return { ok: true }
      } catch (error) {
        return { ok: false, reason: (error as Error).message.split('\n')[0] }
      }
    },
    activate: () => activateOnnx(settings),
    describe: () => {
      const { threads = 0 } = settings
      return `ONNX Runtime ${runtimeVersion()}, CPU, ${threads === 0 ? 'a thread per core' : `${threads} threads`}`
    },
  }),
})

/**
 * Registers the backend `onnx` in TensorFlow.js and selects it. A backend that is already registered keeps its settings;
 * call `tf.removeBackend('onnx')` first to change them.
 *
 * @param settings threads, spinning, number of compiled graphs kept
 * @throws BackendError if onnxruntime-node does not load; says what to install
 * @example
 * import { tf } from '@dc/core'
 * import { activateOnnx } from '@dc/backend-onnx'
 * await activateOnnx({ threads: 2 })
 * tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).print()
 */
export async function activateOnnx(settings: OnnxBackendOptions = {}): Promise<void> {
  loadRuntime()
  register('onnx', settings)
  if (!(await tf.setBackend('onnx'))) throw new BackendError('TensorFlow.js could not start backend onnx.')
}

/** Names whose kernels are registered: once per process, whatever becomes of the backend. */
const namesWithKernels = new Set<string>()

/** Registers a backend of this package under a name, unless tfjs has it already. */
function register(name: string, settings: OnnxBackendOptions): void {
  if (!namesWithKernels.has(name)) registerKernels(name)
  namesWithKernels.add(name)
  if (!(name in tf.engine().registryFactory)) tf.registerBackend(name, () => new OnnxBackend(settings), 3)
}
