import { z } from 'zod'
import { definePlugin } from '../define-plugin'
import type { Backend } from '../kinds'
import { importPeer, rethrow } from '../peer'
import { tf } from '../tf'
import { availableIf } from './available'
import { failWhenLost } from './gpu-failure'
import { requireVulkanLoader } from './vulkan'

/** Names of software adapters. */
const software = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i

/**
 * tfjs's WebGPU backend over Dawn (`webgpu`, in the npm tarball): any GPU with Vulkan, Metal or Direct3D 12.
 * A software adapter is refused unless `allowSoftware` is set.
 */
export const webgpu = definePlugin({
  kind: 'backend',
  name: 'webgpu',
  apiVersion: 1,
  description: "tfjs's WebGPU backend: any GPU with Vulkan, Metal or Direct3D 12 (optional peer webgpu)",
  options: z.strictObject({ allowSoftware: z.boolean().default(false) }),
  create({ allowSoftware }): Backend {
    let adapterName = 'unknown adapter'
    const probe = async () => {
      const gpu = await webgpuInstance()
      const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
      if (!adapter) throw new Error('no WebGPU adapter: no GPU with a Vulkan, Metal or Direct3D 12 driver was found')
      const { vendor = '', architecture = '', device = '', description = '' } = adapter.info ?? {}
      adapterName = [vendor, architecture, device, description].filter(Boolean).join(' ')
      const fallback = adapter.info?.isFallbackAdapter || software.test(adapterName)
      if (fallback && !allowSoftware) throw new Error(`only a software adapter was found (${adapterName})`)
    }
    const load = () =>
      importPeer(
        '@tensorflow/tfjs-backend-webgpu',
        () => import('@tensorflow/tfjs-backend-webgpu').catch(rethrow),
        "backend 'webgpu'",
      )
    return {
      name: 'webgpu',
      available: () =>
        availableIf(async () => {
          // The probe comes first: tfjs registers the backend only if `navigator.gpu` exists when it is imported.
          await probe()
          await load()
        }),
      async activate() {
        await probe()
        await load()
        if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs could not start its webgpu backend')
        await tf.ready()
        const backend = tf.backend() as tf.KernelBackend & Partial<LosableDevice>
        if (backend.device && !watched.has(backend)) failWhenLost(backend, backend.device.lost)
        watched.add(backend)
      },
      describe: () => `WebGPU on ${adapterName}`,
    }
  },
})

/** Backends whose reads end when their device is lost. */
const watched = new WeakSet<object>()

interface LosableDevice {
  readonly device: { readonly lost: Promise<{ readonly message?: string }> }
}
interface Adapter {
  info?: {
    vendor?: string
    architecture?: string
    device?: string
    description?: string
    isFallbackAdapter?: boolean
  }
}
interface Gpu {
  requestAdapter(options?: { powerPreference?: string }): Promise<Adapter | null>
}

/** The browser's WebGPU, or Dawn's with its globals installed where tfjs looks for them. */
async function webgpuInstance(): Promise<Gpu> {
  const scope = globalThis as { navigator?: { gpu?: Gpu } }
  if (scope.navigator?.gpu) return scope.navigator.gpu
  // Dawn is Node's alone: a page's bundler shall not follow this import.
  const peer: string = 'webgpu'
  const dawn = (await importPeer(peer, () => import(peer), "backend 'webgpu'")) as {
    create(flags: string[]): Gpu
    globals: Record<string, unknown>
  }
  // Where the loader is absent, Dawn would print a warning of its own.
  requireVulkanLoader()
  Object.assign(globalThis, dawn.globals)
  const gpu = dawn.create([])
  if (!scope.navigator) Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })
  else Object.defineProperty(scope.navigator, 'gpu', { value: gpu, configurable: true })
  return gpu
}
