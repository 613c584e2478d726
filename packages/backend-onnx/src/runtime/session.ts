import { BackendError } from '@dc/core/errors'
import { saysWritten, withoutCopiesFetch } from './in-place'
import { type ModelValue, modelValue } from './model-value'
import { loadRuntime, type NativeSession, type NativeTensor } from './native'

/** How ONNX Runtime runs a model. */
export interface SessionOptions {
  /** Threads inside one operator; 0 (default) is one per physical core. */
  readonly threads?: number
  /** Execution providers in order of preference; default `['cpu']`. */
  readonly providers?: readonly (string | { readonly name: string; readonly [option: string]: unknown })[]
  /** Whether threads wait actively for the next operator: faster for steps of many small operators, busy when idle. */
  readonly spinning?: boolean
  /** ONNX Runtime's own graph rewriting; default `all`. */
  readonly optimization?: 'disabled' | 'basic' | 'extended' | 'all'
  /** Writes a Chrome trace of every operator to a file with this prefix, on `dispose`. */
  readonly profile?: string
}

/**
 * A loaded model that runs synchronously.
 *
 * Inputs are read in place. Outputs that are given are written in place, and of a model made for it nothing is copied
 * between JavaScript and the CPU provider: see {@link runInto}.
 *
 * @example
 * const session = new Session(bytes, { threads: 2 })
 * const { y } = session.run({ x: { type: 'float32', data, dims: [4], location: 'cpu' } }, { y: null })
 * session.dispose()
 */
export class Session {
  private native: NativeSession | null
  private readonly profiling: boolean

  /**
   * @param model the bytes of a model, or its path: weights in other files are found beside it
   * @throws BackendError if ONNX Runtime does not load or rejects the model; its message is kept
   */
  constructor(model: Uint8Array | string, options: SessionOptions = {}) {
    const runtime = loadRuntime()
    this.profiling = options.profile !== undefined
    this.native = new runtime.InferenceSession()
    try {
      if (typeof model === 'string') this.native.loadModel(model, nativeOptions(options))
      else this.native.loadModel(model.buffer, model.byteOffset, model.byteLength, nativeOptions(options))
    } catch (error) {
      throw new BackendError(`ONNX Runtime rejected a model: ${messageOf(error)}`, {}, error)
    }
  }

  /**
   * Runs the model once.
   *
   * @param feeds every input by name
   * @param fetches the outputs wanted: `null` to have one allocated, or a tensor to write into
   * @throws BackendError with ONNX Runtime's message, or if the session was disposed
   */
  run(feeds: Record<string, NativeTensor>, fetches: Record<string, NativeTensor | null>): Record<string, NativeTensor> {
    if (!this.native) throw new BackendError('This session was disposed and cannot run again.')
    try {
      return this.native.run(feeds, fetches, {})
    } catch (error) {
      throw new BackendError(`ONNX Runtime failed: ${messageOf(error)}`, {}, error)
    }
  }

  /**
   * Runs a model made by `withoutCopies` once, its outputs in the given arrays and nowhere else.
   *
   * @throws BackendError with ONNX Runtime's message, or if the session was disposed
   */
  runInto(feeds: Record<string, NativeTensor>, outputs: Record<string, NativeTensor>): void {
    if (!this.native) throw new BackendError('This session was disposed and cannot run again.')
    try {
      this.native.run(feeds, { ...withoutCopiesFetch, ...outputs }, {})
    } catch (error) {
      if (!saysWritten(error)) throw new BackendError(`ONNX Runtime failed: ${messageOf(error)}`, {}, error)
    }
  }

  /** The model's inputs and outputs, with their types and shapes. */
  get values(): { inputs: readonly ModelValue[]; outputs: readonly ModelValue[] } {
    if (!this.native) throw new BackendError('This session was disposed.')
    return { inputs: this.native.inputMetadata.map(modelValue), outputs: this.native.outputMetadata.map(modelValue) }
  }

  /** Frees the model and its buffers. Safe to call twice. */
  dispose(): void {
    if (this.profiling) this.native?.endProfiling()
    this.native?.dispose()
    this.native = null
  }
}

function nativeOptions(options: SessionOptions): object {
  return {
    executionProviders: options.providers ?? ['cpu'],
    intraOpNumThreads: options.threads ?? 0,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Planned memory comes on top of what the first run took, and is no faster.
    enableMemPattern: false,
    graphOptimizationLevel: options.optimization ?? 'all',
    logSeverityLevel: 3,
    extra: {
      session: {
        intra_op: { allow_spinning: options.spinning === false ? '0' : '1' },
        // Between runs the other cores are JavaScript's and its garbage collector's.
        force_spinning_stop: '1',
      },
      // It undoes what `rewrite-layout` does: transposes that move one axis each become one slow general one.
      optimization: { disable_specified_optimizers: 'TransposeOptimizer' },
    },
    ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
