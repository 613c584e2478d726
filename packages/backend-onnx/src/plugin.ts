import {
  type Availability,
  type Backend,
  definePlugin,
  nodeModule,
  requireGpuDevice,
  requireVulkanLoader,
} from '@dc/core'
import { BackendError } from '@dc/core/errors'
import { z } from 'zod'
import { activate } from './activate'
import type { OnnxBackendOptions } from './backend'
import { channelBlock } from './runtime/channel-block'
import { nodeRequire, runtimeVersion } from './runtime/native'
import { loadRuntime } from './runtime/runtime'

const graphs = z.int().min(1).optional().describe('compiled graphs kept for reuse; default 128')

/** TensorFlow.js on ONNX Runtime's CPU provider: whole steps compiled once. The default on a plain install. */
export const onnx = definePlugin({
  kind: 'backend',
  name: 'onnx',
  apiVersion: 1,
  description: 'ONNX Runtime on the CPU: whole training steps recorded and compiled once',
  options: z.strictObject({
    threads: z.int().min(0).optional().describe('threads inside one operator; 0 (default) is one per physical core'),
    spinning: z.boolean().optional().describe('whether threads wait actively between operators; default true'),
    graphs,
  }),
  create(settings) {
    const { threads = 0 } = settings
    const device = `CPU, ${threads === 0 ? 'a thread per core' : `${threads} thread${threads === 1 ? '' : 's'}`}`
    return backend('onnx', device, settings, () => {})
  },
})

/** TensorFlow.js on ONNX Runtime's WebGPU provider, which is in the npm tarball. Operators it lacks run on the CPU. */
export const onnxWebgpu = definePlugin({
  kind: 'backend',
  name: 'onnx-webgpu',
  apiVersion: 1,
  description: 'ONNX Runtime on any GPU with Vulkan, Metal or Direct3D 12',
  options: z.strictObject({
    allowSoftware: z.boolean().optional().describe('also run on a software adapter; default false'),
    graphs,
  }),
  create: ({ allowSoftware = false, ...settings }) =>
    backend('onnx-webgpu', 'WebGPU', { ...settings, providers: ['webgpu'] }, () => {
      requireProvider('webgpu')
      requireVulkanLoader()
      if (!allowSoftware) requireGpuDevice()
    }),
})

/** TensorFlow.js on ONNX Runtime's CUDA provider, which is a download. */
export const onnxCuda = definePlugin({
  kind: 'backend',
  name: 'onnx-cuda',
  apiVersion: 1,
  description: 'ONNX Runtime on an NVIDIA GPU with CUDA 12 (its provider is a download)',
  options: z.strictObject({ graphs }),
  create: (settings) =>
    backend('onnx-cuda', 'CUDA', { ...settings, providers: ['cuda'] }, () => {
      requireProvider('cuda')
      requireCudaLibrary()
    }),
})

function backend(name: string, device: string, settings: OnnxBackendOptions, check: () => void): Backend {
  return {
    name,
    async available(): Promise<Availability> {
      try {
        loadRuntime()
        check()
        return { ok: true }
      } catch (error) {
        return { ok: false, reason: (error as Error).message.split('\n')[0] }
      }
    },
    async activate() {
      check()
      await activate(name, settings)
    },
    describe: () => [`ONNX Runtime ${runtimeVersion()}`, device, ...insides(settings)].join(', '),
  }
}

/** What was found of ONNX Runtime's inside when it was loaded, and what its CPU kernels can do. */
function insides({ providers }: OnnxBackendOptions): string[] {
  const { how, reason } = loadRuntime().writing
  const results = `results ${how}${reason === undefined ? '' : `, as in place ${reason}`}`
  if (providers) return [results]
  const block = channelBlock()
  return [results, block === null ? 'no kernels for blocked channels' : `channels in blocks of ${block}`]
}

function requireProvider(provider: string): void {
  const built = loadRuntime()
    .listSupportedBackends()
    .some(({ name }) => name === provider)
  if (!built)
    throw new BackendError(
      `onnxruntime-node has no ${provider} provider for ${process.platform}-${process.arch}. Use backend onnx.`,
    )
}

/** The provider's library lies beside ONNX Runtime's own, if the install script could download it. */
function requireCudaLibrary(): void {
  const what = 'Looking for the CUDA provider'
  const { existsSync, readdirSync } = nodeModule<typeof import('node:fs')>('node:fs', what)
  const { dirname, join } = nodeModule<typeof import('node:path')>('node:path', what)
  const folder = join(dirname(nodeRequire(what).resolve('onnxruntime-node/package.json')), 'bin')
  // Beneath a folder for the version of Node's interface, such as `napi-v6`.
  const library = join(process.platform, process.arch, 'libonnxruntime_providers_cuda.so')
  if (!readdirSync(folder).some((version) => existsSync(join(folder, version, library))))
    throw new BackendError(
      "onnxruntime-node's CUDA provider is not there: its install script downloads it. Install it with scripts and that " +
        'download allowed: npm install onnxruntime-node --onnxruntime-node-install=cuda12. Without it use onnx-webgpu.',
      { folder, library },
    )
}

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
  await activate('onnx', settings)
}
