import { z } from 'zod'
import { definePlugin } from '../define-plugin'
import type { Backend } from '../kinds'
import { nodeModule } from '../node-module'
import { importPeer } from '../peer'
import { tf } from '../tf'
import { availableIf } from './available'

const advice =
  'Its install script downloads libtensorflow, so scripts and that download must be allowed. Without them use backend onnx.'

/** `module`: the URL of a copy of the peer that was built elsewhere. */
const options = z.strictObject({ module: z.string().min(1).optional() })

/** TensorFlow's C library on the CPU, through the optional peer `@tensorflow/tfjs-node`. */
export const tensorflow = definePlugin({
  kind: 'backend',
  name: 'tensorflow',
  apiVersion: 1,
  description: "TensorFlow's C library on the CPU (optional peer @tensorflow/tfjs-node)",
  options,
  create: ({ module }) => nodeBackend('tensorflow', '@tensorflow/tfjs-node', false, module),
})

/** TensorFlow's C library with CUDA 11, through the optional peer `@tensorflow/tfjs-node-gpu`. */
export const tensorflowGpu = definePlugin({
  kind: 'backend',
  name: 'tensorflow-gpu',
  apiVersion: 1,
  description: "TensorFlow's C library on an NVIDIA GPU with CUDA 11 (optional peer @tensorflow/tfjs-node-gpu)",
  options,
  create: ({ module }) => nodeBackend('tensorflow-gpu', '@tensorflow/tfjs-node-gpu', true, module),
})

/** What tfjs-node's binding tells of its device. */
interface NodeBinding {
  isGPUPackage?: boolean
  isUsingGpuDevice?: boolean
}

function nodeBackend(name: string, peer: string, gpu: boolean, module = peer): Backend {
  const load = async () => {
    restoreIsNullOrUndefined()
    const before = tf.engine().backendName
    try {
      await importPeer(peer, () => import(module), `backend '${name}'`, advice)
    } finally {
      await selectAgain(before)
    }
    // tfjs-node registers itself in tfjs under this one name, with or without a GPU.
    const backend = tf.findBackend('tensorflow') as NodeBinding | null
    if (!backend) throw new Error(`${peer} loaded, but tfjs could not start it`)
    if (gpu && !backend.isUsingGpuDevice)
      throw new Error(`${peer} loaded, but it sees no CUDA 11 device and would run on the CPU`)
  }
  return {
    name,
    available: () => availableIf(load),
    async activate() {
      await load()
      if (!(await tf.setBackend('tensorflow'))) throw new Error(`${peer} loaded, but tfjs could not start it`)
    },
    describe: () => `TensorFlow C library, ${gpu ? 'CUDA 11' : 'CPU'}`,
  }
}

/** tfjs-node selects itself when it is loaded. Selects what ran before, nothing if nothing did. */
async function selectAgain(before: string | undefined): Promise<void> {
  const engine = tf.engine()
  if (engine.backendName === before) return
  if (before) await tf.setBackend(before)
  else Object.assign(engine, { backendName: undefined, backendInstance: null })
}

/** tfjs-node calls `util.isNullOrUndefined`, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const util = nodeModule<{ isNullOrUndefined?: unknown }>('node:util', "Backend 'tensorflow'")
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
}
