import { BackendError } from '@dc/core/errors'
import { importPeer, rethrow } from '@dc/core/plugin'
import { provideRuntime, type Runtime } from '../runtime/runtime'
import { checked, type OrtModule } from './ort-module'
import { WebSession } from './web-session'

/** How ONNX Runtime is started in a page. */
export interface WebRuntimeOptions {
  /** Address of onnxruntime-web's `ort-wasm-simd-threaded.wasm`; by default it lies beside its JavaScript, where Vite puts it. */
  readonly wasm?: string
  /** Threads of all sessions; default 1. More need a page that is isolated (`crossOriginIsolated`). */
  readonly threads?: number
}

let loading: Promise<Runtime> | undefined

/**
 * Loads ONNX Runtime as WebAssembly, once. `Session`, `compileProgram` of `@dc/backend-onnx/model` and backend `onnx-web` run on it
 * from then on. It needs `onnxruntime-web`, which is an optional peer.
 *
 * @throws MissingPeerError without onnxruntime-web; BackendError if it does not start, or onnxruntime-node is in use already
 * @example
 * import { loadWebRuntime } from '@dc/backend-onnx/web'
 * import { Session } from '@dc/backend-onnx/model'
 * await loadWebRuntime()
 * const session = new Session(model)
 */
export async function loadWebRuntime(options: WebRuntimeOptions = {}): Promise<void> {
  loading ??= start(options)
  try {
    provideRuntime(await loading)
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
  const module: OrtModule = await create({ numThreads: threads, ...(wasm !== undefined && { locateFile: () => wasm }) })
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
