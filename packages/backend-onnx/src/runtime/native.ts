import { createRequire } from 'node:module'
import { BackendError } from '@dc/core/errors'
import type { ElementArray } from './element-type'
import type { NativeValue } from './model-value'

/** A tensor as ONNX Runtime's binding reads and returns it. */
export interface NativeTensor {
  readonly type: string
  readonly data: ElementArray
  readonly dims: readonly number[]
  readonly location: 'cpu'
}

/** The synchronous session of onnxruntime-node's native binding. Its public class only wraps this in promises. */
export interface NativeSession {
  loadModel(path: string, options: object): void
  loadModel(buffer: ArrayBufferLike, byteOffset: number, byteLength: number, options: object): void
  run(
    feeds: Record<string, NativeTensor>,
    fetches: Record<string, NativeTensor | null>,
    options: object,
  ): Record<string, NativeTensor>
  readonly inputMetadata: readonly NativeValue[]
  readonly outputMetadata: readonly NativeValue[]
  endProfiling(): void
  dispose(): void
}

interface BindingModule {
  binding: {
    InferenceSession: new () => NativeSession
    listSupportedBackends(): { name: string; bundled: boolean }[]
  }
  initOrt(): void
}

let loaded: BindingModule | undefined

/**
 * Loads onnxruntime-node's native binding, once.
 *
 * @throws BackendError if the package is absent, has no binary for this platform, or does not load; says what to do
 */
export function loadRuntime(): BindingModule['binding'] {
  if (!loaded) {
    const require = createRequire(import.meta.url)
    let module: BindingModule
    try {
      module = require('onnxruntime-node/dist/binding.js') as BindingModule
    } catch (error) {
      throw new BackendError(loadMessage(error), { platform: process.platform, arch: process.arch }, error)
    }
    if (typeof module.initOrt !== 'function' || typeof module.binding?.InferenceSession !== 'function')
      throw new BackendError(
        'This version of onnxruntime-node is not supported. Install it: npm install onnxruntime-node@1.30',
      )
    module.initOrt()
    loaded = module
  }
  return loaded.binding
}

/** Version of the installed onnxruntime-node. */
export function runtimeVersion(): string {
  const require = createRequire(import.meta.url)
  return (require('onnxruntime-node/package.json') as { version: string }).version
}

function loadMessage(error: unknown): string {
  const { code, message = String(error) } = error as { code?: string; message?: string }
  const missing = code === 'MODULE_NOT_FOUND'
  if (missing && message.includes('onnxruntime_binding'))
    return `onnxruntime-node has no binary for ${process.platform}/${process.arch}; use backend wasm or cpu instead.`
  if (missing) return 'onnxruntime-node is not installed. Install it: npm install onnxruntime-node@1.30'
  return `onnxruntime-node did not load: ${message.split('\n')[0]}`
}
