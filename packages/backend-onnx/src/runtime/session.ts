import { BackendError } from '@dc/core/errors'
import { runCopied } from './copied'
import { type ModelValue, modelValue } from './model-value'
import type { DeviceTensor, Feeds, NativeSession, NativeTensor } from './native'
import { loadRuntime, type Runtime } from './runtime'
import { nativeOptions, type SessionOptions } from './session-options'

/**
 * A loaded model that runs synchronously.
 *
 * @example
 * const session = new Session(bytes, { threads: 2 })
 * const { y } = session.run({ x: { type: 'float32', data, dims: [4], location: 'cpu' } }, { y: null })
 * session.dispose()
 */
export class Session {
  private readonly runtime: Runtime
  private native: NativeSession | null
  private readonly profiling: boolean

  /**
   * @param model the bytes of a model, or its path: weights in other files are found beside it
   * @throws BackendError if ONNX Runtime does not load or rejects the model; its message is kept
   */
  constructor(model: Uint8Array | string, options: SessionOptions = {}) {
    this.runtime = loadRuntime()
    this.profiling = options.profile !== undefined
    this.native = new this.runtime.InferenceSession()
    try {
      if (typeof model === 'string') this.native.loadModel(model, nativeOptions(options))
      else this.native.loadModel(model.buffer, model.byteOffset, model.byteLength, nativeOptions(options))
    } catch (error) {
      throw new BackendError(`ONNX Runtime rejected a model: ${messageOf(error)}`, {}, error)
    }
  }

  /**
   * Runs the model once. Inputs are read in place.
   *
   * @param feeds every input by name
   * @param fetches the outputs wanted: `null` to have one allocated, or a tensor to write into
   * @throws BackendError with ONNX Runtime's message, for a tensor of another type or shape, or if the session was disposed
   */
  run(feeds: Feeds, fetches: Record<string, NativeTensor | null>): Record<string, NativeTensor> {
    return running(() => runCopied(this.loaded(), feeds, fetches))
  }

  /**
   * Runs a model of which some outputs stay on the device: see {@link SessionOptions.kept}.
   *
   * @throws BackendError as {@link run}
   */
  runKeeping(feeds: Feeds, names: readonly string[]): Record<string, NativeTensor | DeviceTensor> {
    return this.run(feeds, Object.fromEntries(names.map((name) => [name, null])))
  }

  /**
   * Runs a model that `Runtime.writing` has prepared, once, its outputs in the given arrays. Where the binding can do that, they
   * are written in place.
   *
   * @throws BackendError as {@link run}
   */
  runInto(feeds: Feeds, outputs: Record<string, NativeTensor>): void {
    running(() => this.runtime.writing.run(this.loaded(), feeds, outputs))
  }

  /** The model's inputs and outputs, with their types and shapes. */
  get values(): { inputs: readonly ModelValue[]; outputs: readonly ModelValue[] } {
    const { inputMetadata, outputMetadata } = this.loaded()
    return { inputs: inputMetadata.map(modelValue), outputs: outputMetadata.map(modelValue) }
  }

  /** Frees the model and its buffers. Safe to call twice. */
  dispose(): void {
    if (this.profiling) this.native?.endProfiling()
    this.native?.dispose()
    this.native = null
  }

  private loaded(): NativeSession {
    if (!this.native) throw new BackendError('This session was disposed and cannot run again.')
    return this.native
  }
}

function running<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (BackendError.isInstance(error)) throw error
    throw new BackendError(`ONNX Runtime failed: ${messageOf(error)}`, {}, error)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
