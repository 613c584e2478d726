import { tf } from '@dc/core'
import { BackendError, OptionError } from '@dc/core/errors'
import { OnnxBackend } from './backend'
import { trace } from './graph/trace'
import type { Node, Storage, Value } from './graph/value'
import { type ElementArray, type ElementType, fillArray } from './runtime/element-type'
import { encodeModel, type InitializerDefinition, type NodeDefinition } from './runtime/encode-model'

/** What {@link exportModel} needs to know. */
export interface ExportOptions {
  /** Shape of one sample. */
  readonly inputShape: readonly number[]
  /** `any` (default), or the one batch size that the model takes. */
  readonly batch?: number | 'any'
  /** Tensors whose names the model keeps. */
  readonly weights?: Readonly<Record<string, tf.Tensor>>
  /** Names of the model's input and output; default `input` and `output`. */
  readonly input?: string
  readonly output?: string
}

/**
 * Writes a function of tensors as an ONNX model. It runs the function once on this backend, which records instead of
 * computing. The record becomes the model; every other tensor that the function reads becomes a constant.
 *
 * For `batch: 'any'` the function is recorded at two batch sizes; shapes that differ between them are left open.
 *
 * @param compute from `[batch, ...inputShape]` to one tensor `[batch, …]`; must not read tensors
 * @returns the bytes of an ONNX model, operator set 21
 * @throws BackendError if the active backend is not of this package, or the function computes on the CPU in between;
 * OptionError if it depends on the batch size in a way that cannot be left open: then give `batch` a number
 * @example
 * const bytes = exportModel((x) => network.apply(x, { training: false }), { inputShape: [32, 32, 3] })
 * await writeFile('network.onnx', bytes)
 */
export function exportModel(compute: (x: tf.Tensor) => tf.Tensor, options: ExportOptions): Uint8Array {
  const { batch = 'any' } = options
  if (batch !== 'any' && !(Number.isInteger(batch) && batch > 0))
    throw new OptionError('batch', batch, "'any' or a positive integer")
  const record =
    batch === 'any' ? merge(draw(compute, 2, options), draw(compute, 3, options)) : draw(compute, batch, options)
  const { input = 'input', output = 'output', inputShape } = options
  const open = (shape: readonly number[]) => [batch === 'any' ? 'batch' : batch, ...shape]
  return encodeModel({
    inputs: [{ name: input, type: 'float32', shape: open(inputShape) }],
    outputs: [{ name: output, type: record.type, shape: open(record.shape.slice(1)) }],
    nodes: record.nodes,
    initializers: record.constants,
  })
}

/** A recorded function in the terms of an ONNX model. */
interface RecordedModel {
  readonly nodes: readonly NodeDefinition[]
  readonly constants: readonly InitializerDefinition[]
  readonly type: ElementType
  readonly shape: readonly number[]
}

function draw(compute: (x: tf.Tensor) => tf.Tensor, batch: number, options: ExportOptions): RecordedModel {
  const backend = tf.backend()
  if (!(backend instanceof OnnxBackend))
    throw new BackendError(
      `The active backend is '${tf.getBackend()}'; a model is recorded on one of @dc/backend-onnx.`,
    )
  backend.flush()
  let recorded: RecordedModel | undefined
  tf.tidy(() => {
    const shape = [batch, ...options.inputShape]
    // Distinct numbers, because a tensor of zeros would be taken for a constant.
    const x = tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => i + 1),
      shape,
    )
    const source = backend.value(x).storage!
    const named = new Map<Storage, string>()
    for (const [name, tensor] of Object.entries(options.weights ?? {})) {
      const { storage } = backend.value(tensor)
      if (storage) named.set(storage, name)
    }
    const result = backend.value(compute(x))
    const writer = new Writer(source, named, shape, options.input ?? 'input')
    for (const node of trace([result]).nodes) writer.record(node)
    recorded = writer.finish(result, options.output ?? 'output')
  })
  return recorded!
}

/** Turns recorded nodes into an ONNX model's, in the same order and under the same names whatever the batch size. */
class Writer {
  private readonly nodes: NodeDefinition[] = []
  private readonly constants: InitializerDefinition[] = []
  private readonly names = new Map<Value, string>()
  private readonly byStorage = new Map<Storage, Map<string, string>>()
  private reached = false

  constructor(
    private readonly source: Storage,
    private readonly named: ReadonlyMap<Storage, string>,
    private readonly inputShape: readonly number[],
    private readonly input: string,
  ) {}

  record({ op, domain, attributes, inputs, outputs }: Node): void {
    this.nodes.push({
      op,
      domain,
      attributes,
      inputs: inputs.map((value) => (value === null ? '' : this.name(value))),
      outputs: outputs.map((value) => this.name(value)),
    })
  }

  finish(result: Value, output: string): RecordedModel {
    const name = this.name(result)
    if (!this.reached)
      throw new BackendError(
        'The result does not depend on the input by recorded operators: some of it ran on the CPU.',
      )
    this.nodes.push({ op: 'Identity', inputs: [name], outputs: [output] })
    return { nodes: this.nodes, constants: this.constants, type: result.type, shape: result.shape }
  }

  private name(value: Value): string {
    let name = this.names.get(value)
    if (name === undefined) {
      if (value.fill !== null) name = this.fill(value)
      else if (value.storage) name = this.stored(value, value.storage)
      else name = `v${this.names.size}`
      this.names.set(value, name)
    }
    return name
  }

  /** The input or a constant, once for every shape that it is seen in. */
  private stored(value: Value, storage: Storage): string {
    const shapes = this.byStorage.get(storage) ?? new Map<string, string>()
    this.byStorage.set(storage, shapes)
    // The batch size must not show in names.
    const key = storage === this.source ? String(shapes.size) : value.shape.join('x')
    const known = [...shapes].find(([shape]) => shape === value.shape.join('x'))?.[1]
    if (known !== undefined) return known
    const name =
      storage === this.source ? this.reshapedInput(value, key) : this.weight(value, storage, shapes.size, key)
    shapes.set(value.shape.join('x'), name)
    return name
  }

  private reshapedInput(value: Value, key: string): string {
    this.reached = true
    if (value.shape.join() === this.inputShape.join()) return this.input
    const name = `${this.input}:${key}`
    this.nodes.push({ op: 'Reshape', inputs: [this.input, this.integers(value.shape)], outputs: [name] })
    return name
  }

  private weight(value: Value, storage: Storage, shapes: number, key: string): string {
    const own = this.named.get(storage)
    const name = own === undefined ? `c${this.constants.length}` : shapes === 0 ? own : `${own}:${key}`
    return this.constant(name, value.type, value.shape, storage.data.slice())
  }

  /** One number, and an Expand where there is more than one element. */
  private fill(value: Value): string {
    const number = this.constant(`c${this.constants.length}`, value.type, [], fillArray(value.type, 1, value.fill ?? 0))
    if (value.shape.length === 0) return number
    const name = `e${this.constants.length}`
    this.nodes.push({ op: 'Expand', inputs: [number, this.integers(value.shape)], outputs: [name] })
    return name
  }

  private integers(values: readonly number[]): string {
    return this.constant(`c${this.constants.length}`, 'int64', [values.length], BigInt64Array.from(values, BigInt))
  }

  private constant(name: string, type: ElementType, shape: readonly number[], data: ElementArray): string {
    this.constants.push({ name, type, shape, data })
    return name
  }
}

/** One record for every batch size from records at two of them. */
function merge(two: RecordedModel, three: RecordedModel): RecordedModel {
  const form = ({ nodes }: RecordedModel) =>
    JSON.stringify(nodes.map(({ op, attributes, inputs, outputs }) => [op, attributes, inputs, outputs]))
  const fixed = (what: string) => new OptionError('batch', 'any', `a number: ${what} depends on the batch size`)
  if (form(two) !== form(three) || two.constants.length !== three.constants.length) throw fixed('what is computed')
  const constants = two.constants.map((constant, i) => {
    const other = three.constants[i]
    const same = constant.shape.join() === other.shape.join()
    const differing = same ? differences(constant.data, other.data) : []
    if (same && differing.length === 0) return constant
    const user = two.nodes.find(({ inputs }) => inputs.includes(constant.name))
    if (!same || differing.length !== 1 || user?.op !== 'Reshape' || user.inputs[1] !== constant.name)
      throw fixed(`an operand of ${user?.op ?? 'the result'}`)
    const data = constant.data.slice() as BigInt64Array
    data[differing[0]] = -1n
    return { ...constant, data }
  })
  return { ...two, constants }
}

function differences(a: ElementArray, b: ElementArray): number[] {
  const found: number[] = []
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) found.push(i)
  return found
}
