import type { ElementArray, ElementType } from '../runtime/element-type'
import { encodeModel } from '../runtime/encode-model'
import type { DeviceTensor, NativeTensor } from '../runtime/native'
import { Session } from '../runtime/session'
import type { SessionOptions } from '../runtime/session-options'
import type { Storage } from './value'

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

/** Of what copies arrays, which stays as long as they do. */
const outlives: Lender = { lend() {}, takeBack() {} }

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
  /** They copy an array to the host or to the device, for each type and number of axes. */
  private readonly copiers = new Map<string, Session>()
  /** Copies of the host's arrays, and how many steps read each. */
  private readonly copies: {
    readonly of: Storage
    readonly shape: string
    readonly there: Storage
    readers: number
  }[] = []
  /** What lies there, and who made it. */
  private readonly kept = new Map<DeviceTensor, Lender>()

  private constructor(
    private readonly options: SessionOptions,
    private readonly traffic: Traffic,
  ) {
    // ONNX Runtime closes the device with its last session, and a process ends that then touches an array there.
    this.copierOf('float32', 0, false)
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

  /** Brings an array to the device, once for all that read it. The caller gives it back. */
  bring(storage: Storage, type: ElementType, dims: readonly number[]): Storage {
    const shape = String(dims)
    let copy = this.copies.find((other) => other.of === storage && other.shape === shape)
    if (!copy) {
      copy = { of: storage, shape, there: this.send(storage, type, dims), readers: 0 }
      this.copies.push(copy)
    }
    copy.readers++
    return copy.there
  }

  /** Gives back what {@link bring} has brought. */
  giveBack(there: Storage): void {
    const at = this.copies.findIndex((copy) => copy.there === there)
    if (at < 0 || --this.copies[at].readers > 0) return
    this.copies.splice(at, 1)
    this.release(there)
  }

  private send(storage: Storage, type: ElementType, dims: readonly number[]): Storage {
    const carrier = this.copierOf(type, dims.length, true)
    const { y } = carrier.runKeeping({ x: { type, data: storage.data, dims, location: 'cpu' } }, ['y'])
    this.traffic.toDevice += storage.data.byteLength
    return this.keep(y as DeviceTensor, outlives)
  }

  read(tensor: DeviceTensor): ElementArray {
    const reader = this.copierOf(tensor.type as ElementType, tensor.dims.length, false)
    const { y } = reader.run({ x: tensor }, { y: null })
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
    this.copies.length = 0
    for (const copier of this.copiers.values()) copier.dispose()
    this.copiers.clear()
  }

  private copierOf(type: ElementType, axes: number, toDevice: boolean): Session {
    const key = `${type} ${axes} ${toDevice}`
    const known = this.copiers.get(key)
    if (known) return known
    const shape = Array.from({ length: axes }, (_, axis) => `n${axis}`)
    const model = encodeModel({
      inputs: [{ name: 'x', type, shape }],
      outputs: [{ name: 'y', type, shape }],
      nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    })
    const copier = new Session(model, { ...this.options, ...(toDevice && { kept: ['y'] }) })
    this.copiers.set(key, copier)
    return copier
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
    const kept: DeviceTensor[] = []
    try {
      let x: NativeTensor | DeviceTensor = {
        ...{ type: 'float32', data: Float32Array.of(1, 2, 3, 4, 5, 6) },
        ...{ dims: shape, location: 'cpu' },
      }
      for (let round = 0; round < 2; round++) {
        x = session.runKeeping({ x }, ['y']).y
        if (x.location !== 'gpu-buffer') return false
        kept.push(x)
      }
      return String(this.read(kept[1])) === '4,8,12,16,20,24'
    } finally {
      for (const tensor of kept) tensor.dispose()
      session.dispose()
    }
  }
}

/** Where an array lies on the device, if it does, in this shape. */
export function onDevice(storage: Storage, shape: readonly number[]): DeviceTensor | null {
  if (!(storage instanceof DeviceStorage)) return null
  return String(storage.onDevice.dims) === String(shape) ? storage.onDevice : null
}
