import { allocate, bytesOf, type ElementArray, type ElementType, elementTypes } from '../runtime/element-type'
import type { NativeValue } from '../runtime/model-value'
import type { Feeds, NativeSession, NativeTensor } from '../runtime/native'
import { type Address, checked, type OrtModule, Scratch, wordsAt } from './ort-module'

/** An input or output, and its name in the module's memory. */
type Known = NativeValue & { readonly address: Address }

/** How this package names what ONNX Runtime has numbers for. */
const levels: Readonly<Record<string, number>> = { disabled: 0, basic: 1, extended: 2, all: 99 }
const typeNames = new Map<number, ElementType>(
  Object.entries(elementTypes).map(([name, number]) => [number, name as ElementType]),
)
/** `location` of a tensor in the module's memory. */
const onCpu = 1

/** A session of onnxruntime-web, as synchronous as that of onnxruntime-node's binding. */
export class WebSession implements NativeSession {
  private handle: Address = 0
  private inputs: readonly Known[] = []
  private outputs: readonly Known[] = []

  constructor(private readonly module: OrtModule) {}

  loadModel(path: string, options: object): void
  loadModel(buffer: ArrayBufferLike, byteOffset: number, byteLength: number, options: object): void
  loadModel(model: string | ArrayBufferLike, ...rest: (number | object)[]): void {
    if (typeof model === 'string') throw new Error('it reads no files here; give the bytes of the model')
    const [offset, length, options] = rest as [number, number, NativeOptions]
    const { module } = this
    const scratch = new Scratch(module)
    const settings = sessionOptions(module, scratch, options)
    try {
      const bytes = scratch.copy(new Uint8Array(model, offset, length))
      this.handle = module._OrtCreateSession(bytes, length, settings)
      checked(module, this.handle === 0)
      const counts = scratch.words([0, 0])
      checked(module, module._OrtGetInputOutputCount(this.handle, counts, counts + 4) !== 0)
      const [inputs, outputs] = wordsAt(module, counts, 2)
      const known = Array.from({ length: inputs + outputs }, (_, at) => this.describe(at, scratch))
      this.inputs = known.slice(0, inputs)
      this.outputs = known.slice(inputs)
    } finally {
      module._OrtReleaseSessionOptions(settings)
      scratch.free()
    }
  }

  get inputMetadata(): readonly NativeValue[] {
    return this.inputs
  }

  get outputMetadata(): readonly NativeValue[] {
    return this.outputs
  }

  /** Inputs are copied into the module's memory, and outputs out of it, into the arrays that are given for them. */
  run(feeds: Feeds, fetches: Record<string, NativeTensor | null>): Record<string, NativeTensor> {
    const { module } = this
    const scratch = new Scratch(module)
    const tensors: Address[] = []
    try {
      const given = Object.entries(feeds).map(([name, feed]) => {
        if (feed.location !== 'cpu') throw new Error(`input '${name}' is not in memory`)
        tensors.push(this.tensor(feed, scratch))
        return this.nameOf(name, this.inputs)
      })
      const names = Object.keys(fetches)
      const wanted = scratch.words(names.map((name) => this.nameOf(name, this.outputs)))
      const results = scratch.words(names.map(() => 0))
      const failed = module._OrtRun(
        this.handle,
        scratch.words(given),
        scratch.words(tensors),
        given.length,
        wanted,
        names.length,
        results,
        0,
      )
      const found = wordsAt(module, results, names.length)
      tensors.push(...found.filter((address) => address !== 0))
      checked(module, failed !== 0)
      return Object.fromEntries(names.map((name, at) => [name, this.read(name, found[at], fetches[name], scratch)]))
    } finally {
      for (const tensor of tensors) module._OrtReleaseTensor(tensor)
      scratch.free()
    }
  }

  endProfiling(): void {}

  dispose(): void {
    for (const { address } of [...this.inputs, ...this.outputs]) this.module._OrtFree(address)
    this.inputs = []
    this.outputs = []
    if (this.handle !== 0) this.module._OrtReleaseSession(this.handle)
    this.handle = 0
  }

  private nameOf(name: string, values: readonly Known[]): Address {
    const known = values.find((value) => value.name === name)
    if (!known) throw new Error(`the model has no '${name}'`)
    return known.address
  }

  private describe(index: number, scratch: Scratch): Known {
    const { module } = this
    const told = scratch.words([0, 0])
    checked(module, module._OrtGetInputOutputMetadata(this.handle, index, told, told + 4) !== 0)
    const [address, about] = wordsAt(module, told, 2)
    try {
      const name = module.UTF8ToString(address >>> 0)
      const [type, rank] = about === 0 ? [0, 0] : wordsAt(module, about, 2)
      if (type === 0) return { name, address, isTensor: false }
      const symbols = wordsAt(module, about + 8, rank)
      const sizes = wordsAt(module, about + 8 + 4 * rank, rank)
      return {
        name,
        address,
        isTensor: true,
        type,
        shape: sizes.map((size, at) => (symbols[at] === 0 ? size : -1)),
        symbolicDimensions: symbols.map((symbol) => (symbol === 0 ? '' : module.UTF8ToString(symbol >>> 0))),
      }
    } finally {
      if (about !== 0) module._OrtFree(about)
    }
  }

  private tensor({ type, data, dims }: NativeTensor, scratch: Scratch): Address {
    const { module } = this
    const bytes = bytesOf(data)
    const tensor = module._OrtCreateTensor(
      elementTypes[type as ElementType],
      scratch.copy(bytes),
      bytes.byteLength,
      scratch.words(dims),
      dims.length,
      onCpu,
    )
    checked(module, tensor === 0)
    return tensor
  }

  private read(name: string, tensor: Address, target: NativeTensor | null, scratch: Scratch): NativeTensor {
    const { module } = this
    const told = scratch.words([0, 0, 0, 0])
    checked(module, module._OrtGetTensorData(tensor, told, told + 4, told + 8, told + 12) !== 0)
    const [number, start, sides, rank] = wordsAt(module, told, 4)
    const dims = wordsAt(module, sides, rank)
    module._OrtFree(sides)
    const type = typeNames.get(number)
    if (type === undefined) throw new Error(`output '${name}' is of type ${number}, which JavaScript has no array for`)
    if (target !== null && (target.type !== type || String(target.dims) !== String(dims)))
      throw new Error(`output '${name}' is ${type}[${dims}]; it was given an array for ${target.type}[${target.dims}]`)
    const size = dims.reduce((product, side) => product * side, 1)
    const data: ElementArray = target?.data ?? allocate(type, size)
    const bytes = bytesOf(data)
    bytes.set(module.HEAPU8.subarray(start >>> 0, (start >>> 0) + bytes.byteLength))
    return target ?? { type, data, dims, location: 'cpu' }
  }
}

/** What `nativeOptions` makes, as far as it is asked for here. */
interface NativeOptions {
  readonly enableMemPattern?: boolean
  readonly graphOptimizationLevel?: string
  readonly logSeverityLevel?: number
  readonly extra?: object
}

function sessionOptions(module: OrtModule, scratch: Scratch, options: NativeOptions): Address {
  const { graphOptimizationLevel = 'all', enableMemPattern = true, logSeverityLevel = 3, extra = {} } = options
  const handle = module._OrtCreateSessionOptions(
    levels[graphOptimizationLevel],
    true,
    enableMemPattern,
    0,
    false,
    0,
    0,
    logSeverityLevel,
    0,
    0,
  )
  checked(module, handle === 0)
  for (const [key, value] of entriesOf(extra))
    checked(module, module._OrtAddSessionConfigEntry(handle, scratch.text(key), scratch.text(value)) !== 0)
  return handle
}

/** Nested settings by their dotted names. */
function entriesOf(settings: object, prefix = ''): [string, string][] {
  return Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'object' ? entriesOf(value, `${prefix}${name}.`) : [[`${prefix}${name}`, String(value)]],
  )
}
