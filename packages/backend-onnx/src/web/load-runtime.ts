import { BackendError, OptionError } from '@dc/core/errors'
import { importPeer, quoted, rethrow } from '@dc/core/plugin'
import { provideRuntime, type Runtime } from '../runtime/runtime'
import { checked, type OrtModule } from './ort-module'
import { WebSession } from './web-session'

/** How ONNX Runtime is started in a page. */
export interface WebRuntimeOptions {
  /** Address of onnxruntime-web's `ort-wasm-simd-threaded.wasm`; by default it lies beside its JavaScript, where Vite puts it. */
  readonly wasm?: string
  /**
   * Threads of all sessions; by default 1, or what it was started with. More need a page that is isolated (`crossOriginIsolated`).
   */
  readonly threads?: number
}

let loading: { readonly runtime: Promise<Runtime>; readonly threads: number } | undefined

/** Threads that ONNX Runtime has, or would be started with. */
export const threadsOfRuntime = (asked = 1): number => loading?.threads ?? asked

/** `one thread`, `2 threads`. */
export const counted = (threads: number): string => (threads === 1 ? 'one thread' : `${threads} threads`)

/**
 * Loads ONNX Runtime as WebAssembly, once. `Session`, `compileProgram` of `@dc/backend-onnx/model` and backend `onnx-web` run on it
 * from then on. It needs `onnxruntime-web`, which is an optional peer.
 *
 * @throws OptionError for a number of threads that is no positive integer; MissingPeerError without onnxruntime-web; BackendError if it
 * does not start, was started with another number of threads, or onnxruntime-node is in use already
 * @example
 * import { loadWebRuntime } from '@dc/backend-onnx/web'
 * import { Session } from '@dc/backend-onnx/model'
 * await loadWebRuntime()
 * const session = new Session(model)
 */
export async function loadWebRuntime(options: WebRuntimeOptions = {}): Promise<void> {
  const { threads } = options
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1))
    throw new OptionError('threads', threads, 'an integer ≥ 1')
  loading ??= { runtime: start(options), threads: threads ?? 1 }
  if (threads !== undefined && threads !== loading.threads)
    throw new BackendError(
      `ONNX Runtime was started with ${counted(loading.threads)} here, and is asked for ${counted(threads)}; a process has one of it. ` +
        'Ask for them where it is loaded first.',
      { threads },
    )
  try {
    provideRuntime(await loading.runtime)
  } catch (error) {
    loading = undefined
    throw error
  }
}

async function start({ wasm, threads = 1 }: WebRuntimeOptions): Promise<Runtime> {
  if (threads > 1 && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === false)
    throw new BackendError(
      `ONNX Runtime cannot have ${threads} threads in this page: it is not isolated. Serve it with Cross-Origin-Opener-Policy: ` +
        'same-origin and Cross-Origin-Embedder-Policy: require-corp, or take one thread.',
      { threads },
    )
  const { default: create } = await importPeer(
    'onnxruntime-web',
    () => import('onnxruntime-web/ort-wasm-simd-threaded.mjs').catch(rethrow),
    "backend 'onnx-web'",
  )
  const module: OrtModule = await started(
    create({ numThreads: threads, ...(wasm !== undefined && { locateFile: () => wasm }) }),
    wasm,
  )
  const errors = 3
  checked(module, module._OrtInit(threads, errors) !== 0)
  return {
    InferenceSession: class extends WebSession {
      constructor() {
        super(module)
      }
    },
    listSupportedBackends: () => [{ name: 'cpu', bundled: true }],
    writing: {
      how: 'copied',
      prepared: (graph) => graph,
      run: (session, feeds, outputs) => void session.run(feeds, outputs, {}),
    },
  }
}

/** @throws BackendError for what the loader of the module says */
async function started<Module>(module: Promise<Module>, wasm?: string): Promise<Module> {
  try {
    return await module
  } catch (error) {
    const reason = String((error as Error)?.message ?? error).replace(/\. Build with -s.*/s, '')
    const place = wasm === undefined ? 'beside the JavaScript of onnxruntime-web' : `at ${quoted(wasm)}`
    throw new BackendError(
      `ONNX Runtime's WebAssembly does not start: ${reason}. Its ort-wasm-simd-threaded.wasm was looked for ${place}; option wasm is its address.`,
      { wasm: wasm ?? null },
      error,
    )
  }
}
