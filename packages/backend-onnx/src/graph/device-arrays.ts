import { allocate, type ElementArray, type ElementType } from '../runtime/element-type'
import { encodeModel } from '../runtime/encode-model'
import type { NativeTensor } from '../runtime/native'
import { Session } from '../runtime/session'
import type { SessionOptions } from '../runtime/session-options'
import { type Storage, sizeOf } from './value'

/** A tensor in the device's memory, as ONNX Runtime's binding returns it and takes it again. */
export interface DeviceTensor {
  readonly type: string
  readonly dims: readonly number[]
  readonly location: 'gpu-buffer'
  dispose(): void
}

/** Bytes that went over the bus since the start. */
export interface Traffic {
  toDevice: number
  fromDevice: number
}

/** Who makes arrays on the device. Their memory is its own: it has to stay until they are given back. */
export interface Lender {
  lend(): void
  takeBack(): void
}

/** An array that lies on the device. The host gets a copy when it first asks for one. */
class DeviceStorage implements Storage {
  holders = 0
  escaped = false
  private copy: ElementArray | null = null

  constructor(
    readonly onDevice: DeviceTensor,
    readonly home: DeviceArrays,
  ) {}

  get data(): ElementArray {
    this.copy ??= this.home.read(this.onDevice)
    return this.copy
  }
}

/** Keeps what one run of a graph computes on the device, for the next run: the weights of a training cross no bus then. */
export class DeviceArrays {
  /** Copies an array to the host, for each type and number of axes. */
  private readonly readers = new Map<string, Session>()
  /** What lies there, and who made it. */
  private readonly kept = new Map<DeviceTensor, Lender>()

  private constructor(
    private readonly options: SessionOptions,
    private readonly traffic: Traffic,
  ) {
    // ONNX Runtime closes the device with its last session, and a process ends that then touches an array there.
    this.readerOf('float32', 0)
  }

  /**
   * @returns null where all arrays are the host's, or where ONNX Runtime cannot keep them: then each run copies them
   */
  static of(options: SessionOptions, traffic: Traffic): DeviceArrays | null {
    if (!options.providers) return null
    let arrays: DeviceArrays | null = null
    try {
      arrays = new DeviceArrays(options, traffic)
      if (arrays.works()) return arrays
    } catch {
      // As the sentence above says.
    }
    arrays?.dispose()
    return null
  }

  keep(tensor: DeviceTensor, lender: Lender): Storage {
    lender.lend()
    this.kept.set(tensor, lender)
    return new DeviceStorage(tensor, this)
  }

  read(tensor: DeviceTensor): ElementArray {
    const reader = this.readerOf(tensor.type as ElementType, tensor.dims.length)
    const { y } = reader.run({ x: tensor as unknown as NativeTensor }, { y: null })
    this.traffic.fromDevice += y.data.byteLength
    return y.data
  }

  /** Gives up an array that nobody needs. */
  release(storage: Storage): void {
    const { onDevice } = storage as DeviceStorage
    const lender = this.kept.get(onDevice)
    if (!lender) return
    this.kept.delete(onDevice)
    onDevice.dispose()
    lender.takeBack()
  }

  dispose(): void {
    for (const [tensor, lender] of this.kept) {
      tensor.dispose()
      lender.takeBack()
    }
    this.kept.clear()
    for (const reader of this.readers.values()) reader.dispose()
    this.readers.clear()
  }

  private readerOf(type: ElementType, axes: number): Session {
    const key = `${type} ${axes}`
    const known = this.readers.get(key)
    if (known) return known
    const shape = Array.from({ length: axes }, (_, axis) => `n${axis}`)
    const model = encodeModel({
      inputs: [{ name: 'x', type, shape }],
      outputs: [{ name: 'y', type, shape }],
      nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    })
    const reader = new Session(model, this.options)
    this.readers.set(key, reader)
    return reader
  }

  /** Keeps an array on the device, computes with it there twice, and reads it. */
  private works(): boolean {
    const shape = [2, 3]
    const model = encodeModel({
      inputs: [{ name: 'x', type: 'float32', shape }],
      outputs: [{ name: 'y', type: 'float32', shape }],
      nodes: [{ op: 'Add', inputs: ['x', 'x'], outputs: ['y'] }],
    })
    const session = new Session(model, { ...this.options, kept: ['y'] })
    const data = allocate('float32', sizeOf(shape)) as Float32Array
    data.set([1, 2, 3, 4, 5, 6])
    const x: NativeTensor = { type: 'float32', data, dims: shape, location: 'cpu' }
    const kept: DeviceTensor[] = []
    for (let round = 0; round < 2; round++) {
      const { y } = session.run({ x: (kept.at(-1) as unknown as NativeTensor) ?? x }, { y: null })
      if ((y.location as string) !== 'gpu-buffer') return false
      kept.push(y as unknown as DeviceTensor)
    }
    const found = this.read(kept[1])
    for (const tensor of kept) tensor.dispose()
    session.dispose()
    return String(found) === String(data.map((value) => 4 * value))
  }
}

/** Where an array lies on the device, if it does, in this shape. */
export function onDevice(storage: Storage, shape: readonly number[]): DeviceTensor | null {
  if (!(storage instanceof DeviceStorage)) return null
  return String(storage.onDevice.dims) === String(shape) ? storage.onDevice : null
}
