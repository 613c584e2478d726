import { tf } from '@dc/core'
import { BackendError, OptionError, ShapeError } from '@dc/core/errors'
import type { HostCall, OnnxBackend } from '../backend'
import type { Trace } from '../graph/trace'
import { sameShape, stored, type Value } from '../graph/value'
import type { ElementArray } from '../runtime/element-type'
import { stagesOf } from './stages'

/** What a compiled function returns: a tensor, a list of them, or a record. */
export type Results = tf.Tensor | readonly tf.Tensor[] | { readonly [name: string]: tf.Tensor }

/** Where an input of a graph comes from at each call; null for what the step reads from around it. */
type Source =
  | { readonly argument: number }
  | { readonly variable: tf.Variable }
  /** What an earlier stage or the host has computed, by its number. */
  | { readonly slot: number }
  | null

/** A stage, with numbers in place of the values that are handed from one to another. */
interface FedStage {
  readonly graph: Trace
  readonly sources: readonly Source[]
  readonly fills: readonly number[]
  readonly calls: readonly { readonly from: number; readonly to: number; readonly compute: HostCall['compute'] }[]
}

/** The graphs of a step, and how calls feed them. */
export class TracedStep {
  private readonly shapes: readonly { shape: readonly number[]; dtype: tf.DataType }[]
  private readonly stages: readonly FedStage[]
  private readonly form: Results
  private readonly resultCount: number
  private readonly assigned: readonly tf.Variable[]
  /** What the step reads from around it. */
  private captured: readonly Value[]

  /**
   * Traces the step on placeholders: one for each argument and each variable, so that no two of them are the same array.
   * The variables have their values back afterwards.
   */
  constructor(
    step: (...inputs: tf.Tensor[]) => Results,
    inputs: readonly tf.Tensor[],
    private readonly backend: OnnxBackend,
    readMessage: string,
  ) {
    backend.flush()
    this.shapes = inputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype }))
    const placeholder = ({ shape, dtype }: tf.Tensor) =>
      tf.engine().makeTensorFromTensorInfo(backend.placeholder(shape, dtype))
    const variables = Object.values(tf.engine().registeredVariables).filter(isNumeric)
    const originals = variables.map((variable) => tf.clone(variable))
    const stand = inputs.map(placeholder)
    const standIns = variables.map(placeholder)
    variables.forEach((variable, i) => {
      variable.assign(standIns[i])
    })
    try {
      const storages = { arguments: stand.map(storageOf), variables: standIns.map(storageOf) }
      const found = inTidy(() => {
        const calls: HostCall[] = []
        const form = backend.withoutReads(readMessage, () => step(...stand), calls)
        const results = tensorsOf(form)
        requireNoneNew(variables)
        const assigned = variables.filter((variable, i) => variable.dataId !== standIns[i].dataId)
        const stages = stagesOf(
          [...results, ...assigned].map((tensor) => backend.value(tensor)),
          calls,
        )
        const slots = stages.flatMap(({ fills, calls }) => [...fills, ...calls.map(({ output }) => output)])
        const numberOf = ({ storage }: Value) => slots.findIndex((slot) => slot.storage === storage)
        const sourceOf = (value: Value): Source => {
          const argument = storages.arguments.indexOf(value.storage)
          if (argument >= 0) return { argument }
          const variable = variables[storages.variables.indexOf(value.storage)]
          if (variable) return { variable }
          const slot = numberOf(value)
          return slot >= 0 ? { slot } : null
        }
        const fed = stages.map(({ graph, fills, calls }) => ({
          graph,
          sources: graph.inputs.map(sourceOf),
          fills: fills.map(numberOf),
          calls: calls.map(({ input, output, compute }) => ({ from: numberOf(input), to: numberOf(output), compute })),
        }))
        const captured = fed.flatMap(({ graph, sources }) => graph.inputs.filter((_, i) => sources[i] === null))
        // Now, for the tensors that the step made go when it ends.
        for (const value of captured) backend.retain(value)
        return { form, resultCount: results.length, assigned, stages: fed, captured }
      })
      this.form = found.form
      this.resultCount = found.resultCount
      this.assigned = found.assigned
      this.stages = found.stages
      this.captured = found.captured
    } finally {
      variables.forEach((variable, i) => {
        variable.assign(originals[i])
      })
      tf.dispose([...originals, ...stand, ...standIns])
    }

    function storageOf(tensor: tf.Tensor) {
      return backend.value(tensor).storage
    }
  }

  /** Runs the graphs: results as new tensors, variables assigned. */
  call(inputs: readonly tf.Tensor[]): Results {
    this.check(inputs)
    const slots: ElementArray[] = []
    const computed = this.stages.map((stage) => this.run(stage, inputs, slots))
    const { graph } = this.stages[this.stages.length - 1]
    const tensors = computed[computed.length - 1].map((array, i) => {
      const { type, shape } = graph.outputs[i]
      return tf.engine().makeTensorFromTensorInfo(this.backend.tensor(stored(type, shape, array)))
    })
    for (const { graph, fills } of this.stages)
      fills.forEach((slot, i) => {
        this.backend.recycle(graph.outputs[i].type, slots[slot])
      })
    this.assigned.forEach((variable, i) => {
      const updated = tensors[this.resultCount + i]
      variable.assign(updated)
      updated.dispose()
    })
    return withTensors(this.form, tensors.slice(0, this.resultCount))
  }

  /** Computes a stage, puts what others read of it into its slots, and asks the host. */
  private run(stage: FedStage, inputs: readonly tf.Tensor[], slots: ElementArray[]): ElementArray[] {
    const { graph, sources, fills, calls } = stage
    sources.forEach((source, i) => {
      if (source === null) return
      if ('slot' in source) graph.inputs[i].storage = { data: slots[source.slot], holders: 0, escaped: false }
      else {
        const tensor = 'argument' in source ? inputs[source.argument] : source.variable
        graph.inputs[i].storage = this.backend.storedValue(tensor).storage
      }
    })
    const arrays = this.backend.compute(graph)
    fills.forEach((slot, i) => {
      slots[slot] = arrays[i]
    })
    for (const { from, to, compute } of calls) slots[to] = compute((slots[from] as Float32Array).slice())
    return arrays
  }

  dispose(): void {
    for (const value of this.captured) this.backend.release(value)
    this.captured = []
  }

  private check(inputs: readonly tf.Tensor[]): void {
    if (inputs.length !== this.shapes.length)
      throw new OptionError('inputs', inputs.length, `${this.shapes.length} tensors, as at the first calls`)
    this.shapes.forEach(({ shape, dtype }, i) => {
      if (!sameShape(inputs[i].shape, shape) || inputs[i].dtype !== dtype)
        throw new ShapeError(
          `input ${i} (${inputs[i].dtype})`,
          inputs[i].shape,
          `[${shape.join(', ')}] of ${dtype}, as the function was traced with`,
        )
    })
  }
}

/** A scope for tensors whose result is none. */
function inTidy<T>(run: () => T): T {
  tf.engine().startScope()
  try {
    return run()
  } finally {
    tf.engine().endScope()
  }
}

const isNumeric = ({ dtype }: tf.Variable): boolean => dtype !== 'string' && dtype !== 'complex64'

/** A variable made inside the graph has no value outside it. */
function requireNoneNew(known: readonly tf.Variable[]): void {
  const made = Object.values(tf.engine().registeredVariables).filter(
    (variable) => isNumeric(variable) && !known.includes(variable),
  )
  if (made.length === 0) return
  tf.dispose(made)
  const names = made.map(({ name }) => name).join(', ')
  throw new BackendError(`compile: the function made variables (${names}) while it was traced. Make them before.`, {
    names,
  })
}

/** The tensors of a step's results, in order. */
export function tensorsOf(results: Results): readonly tf.Tensor[] {
  const tensors = results instanceof tf.Tensor ? [results] : Object.values(results ?? {})
  if (tensors.length === 0 || !tensors.every((tensor) => tensor instanceof tf.Tensor))
    throw new OptionError('step', results, 'a function that returns a tensor, or a list or record of tensors')
  return tensors
}

/** Other tensors in the form of a step's results. */
export function withTensors(form: Results, tensors: readonly tf.Tensor[]): Results {
  if (form instanceof tf.Tensor) return tensors[0]
  if (Array.isArray(form)) return [...tensors]
  return Object.fromEntries(Object.keys(form).map((name, i) => [name, tensors[i]]))
}
