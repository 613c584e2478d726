import { BackendError } from '@dc/core/errors'
import { nodeModule } from '@dc/core/plugin'
import type { ElementArray } from './element-type'
import type { NativeValue } from './model-value'

/** A tensor as ONNX Runtime's binding reads and returns it. */
export interface NativeTensor {
  readonly type: string
  readonly data: ElementArray
  readonly dims: readonly number[]
  readonly location: 'cpu'
}

/** A tensor in the device's memory, as the binding returns it and takes it again. */
export interface DeviceTensor {
  readonly type: string
  readonly dims: readonly number[]
  readonly location: 'gpu-buffer'
  dispose(): void
}

/** What a model may be fed. */
export type Feeds = Record<string, NativeTensor | DeviceTensor>

/** The synchronous session of onnxruntime-node's native binding. Its public class only wraps this in promises. */
export interface NativeSession {
  loadModel(path: string, options: object): void
  loadModel(buffer: ArrayBufferLike, byteOffset: number, byteLength: number, options: object): void
  run(feeds: Feeds, fetches: Record<string, NativeTensor | null>, options: object): Record<string, NativeTensor>
  readonly inputMetadata: readonly NativeValue[]
  readonly outputMetadata: readonly NativeValue[]
  endProfiling(): void
  dispose(): void
}

/** What onnxruntime-node's native binding offers. */
export interface Binding {
  readonly InferenceSession: new () => NativeSession
  listSupportedBackends(): { name: string; bundled: boolean }[]
}

/** The version that this package is made for and tested with. */
const wanted = 'npm install onnxruntime-node@1.30'

/**
 * Loads onnxruntime-node's native binding, which its public class hides behind promises.
 *
 * @throws BackendError if the package is absent, has no binary for this platform, or does not load; the message says what to
 * do
 */
export function loadBinding(): Binding {
  let module: { readonly binding?: Binding; readonly initOrt?: () => void }
  try {
    module = nodeRequire('ONNX Runtime')('onnxruntime-node/dist/binding.js')
  } catch (error) {
    throw new BackendError(loadMessage(error), {}, error)
  }
  if (typeof module.initOrt !== 'function' || typeof module.binding?.InferenceSession !== 'function')
    throw unsupported('its binding is another one')
  module.initOrt()
  return module.binding
}

/** Version of the installed onnxruntime-node. */
export function runtimeVersion(): string {
  return (nodeRequire('ONNX Runtime')('onnxruntime-node/package.json') as { version: string }).version
}

/** Node's `require` of this package; what it loads is no business of a bundler. */
export function nodeRequire(neededFor: string): NodeJS.Require {
  return nodeModule<typeof import('node:module')>('node:module', neededFor).createRequire(import.meta.url)
}

/** The error for an onnxruntime-node that this package cannot work with. */
export function unsupported(why: string): BackendError {
  const version = runtimeVersion()
  return new BackendError(
    `onnxruntime-node ${version} is not supported: ${why}. Install the version that is tested: ${wanted}`,
    { version },
  )
}

function loadMessage(error: unknown): string {
  const { code, message = String(error) } = error as { code?: string; message?: string }
  const missing = code === 'MODULE_NOT_FOUND'
  if (missing && message.includes('onnxruntime_binding'))
    return `onnxruntime-node has no binary for ${process.platform}/${process.arch}; use backend wasm or cpu instead.`
  if ((missing || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') && isInstalled())
    return unsupported('its binding is not where it was').message
  if (missing) return `onnxruntime-node is not installed. Install it: ${wanted}`
  return `onnxruntime-node did not load: ${message.split('\n')[0]}`
}

function isInstalled(): boolean {
  try {
    return runtimeVersion() !== ''
  } catch {
    return false
  }
}
