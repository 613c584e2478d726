import { type HostFunction, tf } from '@dc/core'
import { DataError, NotCompilableError } from '@dc/core/errors'
import { dtypeOf, elementTypeOf } from './dtypes'
import { Executor, type Statistics } from './graph/executor'
import type { Trace } from './graph/trace'
import { filled, recordedNodes, type Storage, stored, type Value } from './graph/value'
import { Recording } from './recording'
import { allocate, bytesPerElement, type ElementArray, type ElementType, fillArray } from './runtime/element-type'
import type { SessionOptions } from './runtime/session-options'

/** How many operators may wait unread before they are run anyway. */
const pendingLimit = 20_000

/** What a tensor's data id stands for. */
interface Entry {
  dtype: tf.DataType
  references: number
  /** Numbers; absent for strings and complex numbers. */
  value: Value | null
  /** UTF-8 strings, kept outside the graph. */
  strings: Uint8Array[] | null
  /** Real and imaginary part of a complex tensor. */
  parts: { real: tf.TensorInfo; imag: tf.TensorInfo } | null
}

/** Options of {@link OnnxBackend}. */
export interface OnnxBackendOptions extends SessionOptions {
  /** Compiled graphs kept for reuse; default 128. */
  readonly graphs?: number
}

/**
 * A TensorFlow.js backend that records operators and runs them in ONNX Runtime.
 *
 * A kernel does no work: it adds to the graph of pending values. Reading a tensor, or {@link OnnxBackend.flush},
 * computes all pending tensors that are still alive as one compiled model, which is kept by the graph's structure.
 */
export class OnnxBackend extends tf.KernelBackend {
  private readonly entries: tf.DataStorage<Entry>
  private readonly executor: Executor
  /** Entries whose value is pending: what the next flush computes. */
  private readonly pending = new Set<Entry>()
  /** Arrays of disposed tensors that pending operators may still read. */
  private readonly graveyard = new Map<Storage, ElementType>()
  private nodesAtFlush = recordedNodes()
  private numberOfIds = 0
  private storedBytes = 0
  /** Whether a function only records. */
  readonly recording = new Recording()

  constructor(options: OnnxBackendOptions = {}) {
    super()
    // Higher levels merge the transposes of filters that are cheap one axis at a time into slow general ones.
    const { graphs = 128, optimization = 'basic', ...session } = options
    this.entries = new tf.DataStorage<Entry>(this, tf.engine())
    this.executor = new Executor({ ...session, optimization }, graphs)
  }

  /** Counts of compiled graphs, flushes, operators and sessions. */
  get statistics(): Statistics & { pending: number } {
    return { ...this.executor.statistics, pending: this.pending.size }
  }

  /** Whether every run brings the variables to a device and back. */
  get movesVariables(): boolean {
    return this.executor.isOnDevice && !this.executor.keeps
  }

  // Storage, as tfjs's engine asks for it.

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): object {
    const id = {}
    this.put(id, this.entryOf(values, shape, dtype), 1)
    return id
  }

  override move(
    id: object,
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    this.put(id, this.entryOf(values, shape, dtype), references)
  }

  override readSync(id: object): tf.backend_util.BackendValues {
    this.recording.refuse('reads a tensor')
    const entry = this.entries.get(id)
    if (entry.strings) return entry.strings
    if (entry.parts) {
      const real = this.readSync(entry.parts.real.dataId) as Float32Array
      return tf.backend_util.mergeRealAndImagArrays(real, this.readSync(entry.parts.imag.dataId) as Float32Array)
    }
    const value = entry.value!
    if (value.fill !== null) return hostArray(fillArray(value.type, value.size, value.fill))
    if (value.storage === null) this.settle(value)
    const storage = value.storage!
    if (storage.home) return hostArray(storage.data.slice())
    storage.escaped = true
    return hostArray(storage.data)
  }

  override async read(id: object): Promise<tf.backend_util.BackendValues> {
    try {
      return this.readSync(id)
    } catch (error) {
      // Whoever records is told when it ends. Here nobody may be waiting, and Node ends a process for that.
      if (NotCompilableError.isInstance(error)) return new Promise(() => {})
      throw error
    }
  }

  override disposeData(id: object, force = false): boolean {
    if (!this.entries.has(id)) return true
    const entry = this.entries.get(id)
    entry.references--
    if (!force && entry.references > 0) return false
    this.entries.delete(id)
    this.numberOfIds--
    this.pending.delete(entry)
    if (entry.parts) {
      this.disposeData(entry.parts.real.dataId, force)
      this.disposeData(entry.parts.imag.dataId, force)
    }
    if (entry.value) this.release(entry.value)
    return true
  }

  override refCount(id: object): number {
    return this.entries.has(id) ? this.entries.get(id).references : 0
  }

  override incRef(id: object): void {
    this.entries.get(id).references++
  }

  override numDataIds(): number {
    return this.numberOfIds
  }

  override memory(): { unreliable: boolean; reasons: string[]; storedBytes: number; freeBytes: number } {
    const reasons = ['Pending tensors take no memory yet; buffers of disposed tensors are kept for reuse.']
    return { unreliable: true, reasons, storedBytes: this.storedBytes, freeBytes: this.executor.buffers.freeBytes }
  }

  override floatPrecision(): 32 {
    return 32
  }

  override timerAvailable(): boolean {
    return true
  }

  /** Times a function together with the computation of what it recorded. */
  override async time(run: () => void): Promise<tf.BackendTimingInfo> {
    this.flush()
    const start = performance.now()
    run()
    this.flush()
    return { kernelMs: performance.now() - start }
  }

  override dispose(): void {
    this.executor.dispose()
    this.pending.clear()
    this.graveyard.clear()
  }

  // For kernels.

  /** The value behind a tensor, in the tensor's shape. */
  value(tensor: tf.TensorInfo): Value {
    const { value, dtype } = this.entries.get(tensor.dataId)
    if (!value) throw new DataError(`A ${dtype} tensor has no numbers to compute with.`, { dtype })
    return value.withShape(tensor.shape)
  }

  /** Makes a recorded value a tensor. */
  tensor(value: Value, dtype: tf.DataType = dtypeOf(value.type)): tf.TensorInfo {
    const dataId = {}
    this.put(dataId, { dtype, references: 0, value, strings: null, parts: null }, 1)
    if (recordedNodes() - this.nodesAtFlush > pendingLimit && !this.recording.isOn) this.flush()
    return { dataId, shape: [...value.shape], dtype }
  }

  /** Makes a complex tensor of two real ones, which it then owns. */
  complexTensor(real: tf.TensorInfo, imag: tf.TensorInfo): tf.TensorInfo {
    const dataId = {}
    this.put(dataId, { dtype: 'complex64', references: 0, value: null, strings: null, parts: { real, imag } }, 1)
    return { dataId, shape: real.shape, dtype: 'complex64' }
  }

  /** Real and imaginary part of a complex tensor. */
  complexParts(tensor: tf.TensorInfo): { real: tf.TensorInfo; imag: tf.TensorInfo } {
    const { parts, dtype } = this.entries.get(tensor.dataId)
    if (!parts) throw new DataError(`Expected a complex64 tensor, got ${dtype}.`, { dtype })
    return parts
  }

  // For compiled functions.

  /** See `CompilingBackend` of @dc/core. */
  hostTensor(x: tf.Tensor, shape: readonly number[], compute: HostFunction): tf.Tensor | null {
    const { isOn, hostCalls } = this.recording
    if (!isOn) return null
    if (hostCalls === null)
      return this.recording.interrupted(() => tf.tensor(compute(x.dataSync<'float32'>().slice()), [...shape]))
    const info = this.placeholder(shape, 'float32')
    hostCalls.push({ input: this.value(x), output: this.value(info), compute })
    return tf.engine().makeTensorFromTensorInfo(info)
  }

  /** A tensor that stands for others of its shape while a function is traced. It has no elements to compute with. */
  placeholder(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo {
    const type = elementTypeOf(dtype)
    return this.tensor(stored(type, shape, allocate(type, 0)), dtype)
  }

  /** A tensor's value with its elements in an array. */
  storedValue(tensor: tf.TensorInfo): Value {
    const entry = this.entries.get(tensor.dataId)
    if (entry.value?.node) this.flush()
    const { value } = entry
    if (!value)
      throw new DataError(`A ${entry.dtype} tensor cannot go into a compiled function.`, { dtype: entry.dtype })
    if (value.fill !== null) {
      entry.value = stored(value.type, value.shape, fillArray(value.type, value.size, value.fill))
      this.retain(entry.value)
    }
    return entry.value!
  }

  /**
   * Runs a graph; its outputs in arrays that are the caller's.
   *
   * @param feeds what its inputs are
   * @param targets arrays for some of the outputs; the others get new ones
   */
  compute(graph: Trace, feeds: readonly Storage[], targets: readonly (ElementArray | undefined)[]): ElementArray[] {
    return this.executor.execute(graph, feeds, targets)
  }

  /** Whether {@link computeKeeping} can leave arrays on the device. */
  get keepsOnDevice(): boolean {
    return this.executor.keeps
  }

  /** An array on the device, for all graphs that read it; the caller gives it back. */
  bring(storage: Storage, like: Value): Storage {
    return this.executor.bring(storage, like)
  }

  /** Gives back what {@link bring} has brought. */
  giveBack(there: Storage): void {
    this.executor.giveBack(there)
  }

  /**
   * Runs a graph; some of its outputs stay on the device.
   *
   * @param kept for each output, whether it stays there
   */
  computeKeeping(graph: Trace, feeds: readonly Storage[], kept: readonly boolean[]): Storage[] {
    return this.executor.executeKeeping(graph, feeds, kept)
  }

  /** Whether nothing but this tensor reads its array, now or when pending operators are computed. */
  isSole({ dataId }: tf.TensorInfo): boolean {
    const { references, value } = this.entries.get(dataId)
    return references === 1 && value?.storage?.holders === 1 && this.pending.size === 0
  }

  /** Takes an array of {@link compute} back for other results. */
  recycle(type: ElementType, array: ElementArray): void {
    this.executor.buffers.give(type, array)
  }

  /** Keeps a stored value's array from reuse until it is released as often. */
  retain({ storage, type, size }: Value): void {
    if (storage && storage.holders++ === 0) this.storedBytes += size * bytesPerElement(type)
  }

  /** Gives a stored value's array up; when nobody holds it any more its memory is reused. */
  release({ storage, type, size }: Value): void {
    if (storage === null || --storage.holders > 0) return
    this.storedBytes -= size * bytesPerElement(type)
    if (!storage.escaped) this.graveyard.set(storage, type)
    this.releaseIfIdle()
  }

  /** Computes all pending tensors that are alive. */
  flush(): void {
    this.recording.refuse('has pending tensors computed')
    const pending = [...this.pending]
    const values = [...new Set(pending.map((entry) => entry.value!))]
    if (values.length > 0) this.executor.run(values)
    this.pending.clear()
    for (const entry of pending) this.retain(entry.value!)
    this.nodesAtFlush = recordedNodes()
    this.releaseIfIdle()
  }

  private put(id: object, entry: Entry, references: number): void {
    entry.references = references
    this.entries.set(id, entry)
    this.numberOfIds++
    if (entry.value?.node) this.pending.add(entry)
    else if (entry.value) this.retain(entry.value)
  }

  /** Computes one value, with all that is pending unless that fails: one bad operator must not spoil the others. */
  private settle(value: Value): void {
    try {
      this.flush()
    } catch (error) {
      if (this.pending.size <= 1) throw error
      this.executor.run([value])
      for (const entry of this.pending)
        if (entry.value === value) {
          this.pending.delete(entry)
          this.retain(value)
        }
    }
  }

  private entryOf(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): Entry {
    const entry: Entry = { dtype, references: 0, value: null, strings: null, parts: null }
    if (dtype === 'string') entry.strings = (values ?? []) as Uint8Array[]
    else if (dtype === 'complex64') {
      const { real, imag } = tf.backend_util.splitRealAndImagArrays(values as Float32Array)
      const part = (data: Float32Array) => ({
        dataId: this.write(data, shape, 'float32'),
        shape,
        dtype: 'float32' as const,
      })
      entry.parts = { real: part(real), imag: part(imag) }
    } else {
      entry.value = this.hold(values as ArrayLike<number>, shape, dtype)
    }
    return entry
  }

  /** Takes numbers over from the caller, who may change them afterwards: pending operators must not see that. */
  private hold(values: ArrayLike<number>, shape: number[], dtype: tf.DataType): Value {
    const type = elementTypeOf(dtype)
    const size = values?.length ?? 0
    if (size === 0) return filled(type, shape, 0)
    if (size > 1 && (values[0] === 0 || values[0] === 1) && allEqual(values)) return filled(type, shape, values[0])
    const data = this.executor.buffers.take(type, size) as Float32Array
    data.set(values)
    const value = stored(type, shape, data)
    if (size === 1) value.bake = 'until-changed'
    return value
  }

  /** Reuses the memory of disposed tensors as soon as nothing pending can read it. */
  private releaseIfIdle(): void {
    if (this.pending.size > 0 || this.graveyard.size === 0) return
    // Not what a compiled function has kept since.
    for (const [storage, type] of this.graveyard)
      if (storage.holders > 0) continue
      else if (storage.home) storage.home.release(storage)
      else this.executor.buffers.give(type, storage.data)
    this.graveyard.clear()
  }
}

function hostArray(data: ElementArray): tf.backend_util.BackendValues {
  return data as Float32Array
}

function allEqual(values: ArrayLike<number>): boolean {
  const first = values[0]
  if (values[values.length - 1] !== first || values[values.length >> 1] !== first) return false
  for (let i = 1; i < values.length; i++) if (!Object.is(values[i], first)) return false
  return true
}
