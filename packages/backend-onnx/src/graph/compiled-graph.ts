import { BackendError } from '@dc/core/errors'
import { channelBlock } from '../runtime/channel-block'
import { type ElementArray, fillArray } from '../runtime/element-type'
import { encodeModel, type InitializerDefinition, type NodeDefinition } from '../runtime/encode-model'
import type { DeviceTensor, Feeds, NativeTensor } from '../runtime/native'
import { loadRuntime } from '../runtime/runtime'
import { Session } from '../runtime/session'
import type { SessionOptions } from '../runtime/session-options'
import { type Lender, onDevice, type Traffic } from './device-arrays'
import { rewrite } from './rewrite'
import type { Trace } from './trace'
import { integers, type Storage, Value } from './value'
import { workingMemory } from './working-memory'

/** A trace as a loaded model. */
export class CompiledGraph implements Lender {
  private readonly session: Session
  private lent = 0
  private ended = false
  /** Which of the trace's inputs are fed; the others are baked in. */
  private readonly fed: readonly number[]
  readonly nodeCount: number
  /** Bytes that the session takes for results between operators, and keeps between runs. */
  readonly workingMemory: number

  /**
   * @param baked for each input of the trace, what becomes part of the model; null for one that is fed
   * @param traffic is told of what goes to a device and comes from it
   * @param kept for each output, whether it stays on the device; then {@link runKeeping} runs it
   * @throws BackendError if ONNX Runtime rejects the model; names the operators and the shapes
   */
  constructor(
    trace: Trace,
    baked: readonly (ElementArray | null)[],
    options: SessionOptions,
    private readonly traffic: Traffic,
    kept?: readonly boolean[],
  ) {
    const bakedData = (value: Value) => baked[trace.inputs.indexOf(value)] ?? null
    // Only the CPU provider has blocked kernels.
    const plan = rewrite(trace, bakedData, options.providers ? {} : { cpu: true, channelBlock })
    const writer = new ModelWriter()
    this.fed = baked.flatMap((data, i) => (data === null ? [i] : []))
    plan.inputs.forEach((value, i) => {
      const data = baked[i]
      if (data) writer.bake(value, data)
      else writer.input(value, `i${i}`)
    })
    plan.outputs.forEach((value, i) => {
      writer.output(value, `o${i}`)
    })
    for (const node of plan.nodes)
      writer.node({
        op: node.op,
        domain: node.domain,
        attributes: node.attributes,
        inputs: node.inputs.map((input) => (input === null ? '' : writer.name(input))),
        outputs: node.outputs.map((output) => writer.name(output)),
      })
    plan.outputs.forEach((value, i) => {
      writer.copyOutput(value, `o${i}`)
    })
    this.nodeCount = plan.nodes.length
    this.workingMemory = workingMemory(plan)
    try {
      this.session = kept
        ? new Session(encodeModel(writer), { ...options, kept: kept.flatMap((stays, i) => (stays ? [`o${i}`] : [])) })
        : new Session(encodeModel(loadRuntime().writing.prepared(writer)), options)
    } catch (error) {
      throw failure(error, trace)
    }
  }

  /** Runs an equal trace; the results land in arrays that are given, one for each output. */
  run(trace: Trace, inputs: readonly Storage[], results: readonly ElementArray[]): void {
    const feeds = this.feedsOf(trace, inputs)
    const fetches: Record<string, NativeTensor> = {}
    trace.outputs.forEach((output, i) => {
      fetches[`o${i}`] = tensor(output, results[i])
    })
    try {
      this.session.runInto(feeds, fetches)
    } catch (error) {
      throw failure(error, trace)
    }
    for (const { byteLength } of results) this.traffic.fromDevice += byteLength
  }

  /** Runs an equal trace; of the results some stay on the device, as its model was compiled for. */
  runKeeping(trace: Trace, inputs: readonly Storage[]): (ElementArray | DeviceTensor)[] {
    const feeds = this.feedsOf(trace, inputs)
    const names = trace.outputs.map((_, i) => `o${i}`)
    let results: ReturnType<Session['runKeeping']>
    try {
      results = this.session.runKeeping(feeds, names)
    } catch (error) {
      throw failure(error, trace)
    }
    return names.map((name) => {
      const result = results[name]
      if (result.location === 'gpu-buffer') return result
      this.traffic.fromDevice += result.data.byteLength
      return result.data
    })
  }

  private feedsOf(trace: Trace, inputs: readonly Storage[]): Feeds {
    const feeds: Feeds = {}
    for (const i of this.fed) {
      const there = onDevice(inputs[i], trace.inputs[i].shape)
      feeds[`i${i}`] = there ?? tensor(trace.inputs[i], inputs[i].data)
      if (!there) this.traffic.toDevice += inputs[i].data.byteLength
    }
    return feeds
  }

  /** One of its results stays on the device. */
  lend(): void {
    this.lent++
  }

  takeBack(): void {
    this.lent--
    if (this.lent === 0 && this.ended) this.session.dispose()
  }

  /** Frees the model; if some of its results are on the device, once the last of them is given back. */
  dispose(): void {
    this.ended = true
    if (this.lent === 0) this.session.dispose()
  }
}

function tensor(value: Value, data: ElementArray): NativeTensor {
  return { type: value.type, data, dims: value.shape, location: 'cpu' }
}

/** Collects the parts of a model and gives every value its name. */
class ModelWriter {
  readonly inputs: { name: string; type: Value['type']; shape: readonly number[] }[] = []
  readonly outputs: { name: string; type: Value['type']; shape: readonly number[] }[] = []
  readonly nodes: NodeDefinition[] = []
  readonly initializers: InitializerDefinition[] = []
  private readonly names = new Map<Value, string>()
  private readonly shared = new Map<string, string>()

  input(value: Value, name: string): void {
    this.names.set(value, name)
    this.inputs.push({ name, type: value.type, shape: value.shape })
  }

  node(definition: NodeDefinition): void {
    this.nodes.push(definition)
  }

  /** Declares an output; the operator that makes the value writes it under that name. */
  output(value: Value, name: string): void {
    this.outputs.push({ name, type: value.type, shape: value.shape })
    if (value.node && value.node.op !== 'Input' && !this.names.has(value)) this.names.set(value, name)
  }

  /** Copies the value to an output that no operator writes: an input, a constant, another output. */
  copyOutput(value: Value, name: string): void {
    const made = this.name(value)
    if (made !== name) this.node({ op: 'Identity', inputs: [made], outputs: [name] })
  }

  /** The name of a value; constants and fills are written out at their first use. */
  name(value: Value): string {
    let name = this.names.get(value)
    if (name === undefined) {
      if (value.fill !== null) name = this.fillName(value)
      else if (value.bake === 'always') name = this.bake(value, value.data!)
      else name = `v${this.names.size}`
      this.names.set(value, name)
    }
    return name
  }

  /** Writes stored data as a constant; equal constants are shared. */
  bake(value: Value, data: ElementArray): string {
    const key = `${value.type}[${value.shape}]${data.join()}`
    let name = this.shared.get(key)
    if (name === undefined) {
      name = `c${this.shared.size}`
      this.shared.set(key, name)
      this.initializers.push({ name, type: value.type, shape: value.shape, data: data.slice() })
    }
    this.names.set(value, name)
    return name
  }

  /** A fill is one number, and an Expand where the operator needs the whole array. */
  private fillName(value: Value): string {
    const single = value.shape.map(() => 1)
    const number = this.bake(new Value(value.type, single), fillArray(value.type, 1, value.fill ?? 0))
    if (value.size === 1) return number
    const name = `v${this.names.size}`
    const dimensions = integers(value.shape)
    const shape = this.bake(dimensions, dimensions.data!)
    this.node({ op: 'Expand', inputs: [number, shape], outputs: [name] })
    return name
  }
}

/** Adds to ONNX Runtime's message what was being computed. */
function failure(error: unknown, { nodes, outputs }: Trace): BackendError {
  const message = error instanceof Error ? error.message : String(error)
  const ops = nodes.slice(-8).map(({ op, inputs, outputs: results }) => {
    const shape = (value: Value | null) => (value ? `${value.type}[${value.shape}]` : 'none')
    return `  ${op}(${inputs.map(shape).join(', ')}) → ${results.map(shape).join(', ')}`
  })
  return new BackendError(
    `${message}\nWhile computing ${outputs.length} results by ${nodes.length} operators, the last of them:\n${ops.join('\n')}`,
    { operators: nodes.length, results: outputs.map((output) => output.shape) },
    error,
  )
}
