import { quoted, tf } from '@dc/core'
import { NotCompilableError, OptionError, ShapeError } from '@dc/core/errors'
import type { HostCall, OnnxBackend } from '../backend'
import type { Trace } from '../graph/trace'
import { type Storage, sameShape, stored, Value } from '../graph/value'
import type { ElementArray } from '../runtime/element-type'
import { keepingVariables, numericVariables } from './keeping-variables'
import { stagesOf } from './stages'
import { UpdateStage } from './update-stage'
import { type Assignment, findUpdates } from './updates'

/** What a compiled function returns: a tensor, a list of them, or a record. */
export type Results = tf.Tensor | readonly tf.Tensor[] | { readonly [name: string]: tf.Tensor }

/** Where a stored value that the step reads comes from at each call. */
type Source =
  | { readonly argument: number }
  | { readonly variable: tf.Variable }
  /** What an earlier stage or the host has computed, by its number. */
  | { readonly slot: number }
  /** What the step reads from around it. */
  | { readonly captured: Value }

/** Where a result or a variable's new value is found after a call, by its position. */
type Origin = { readonly computed: number } | { readonly updated: number }

/** A stage, with numbers in place of the values that are handed from one to another. */
interface FedStage {
  readonly graph: Trace
  readonly sources: readonly Source[]
  readonly fills: readonly number[]
  readonly calls: readonly { readonly from: number; readonly to: number; readonly compute: HostCall['compute'] }[]
}

/** The graphs of a step and its updates, and how calls feed them. */
export class TracedStep {
  private readonly shapes: readonly { shape: readonly number[]; dtype: tf.DataType }[]
  private readonly stages: readonly FedStage[]
  private readonly update: UpdateStage | null
  private readonly updateSources: ReadonlyMap<Value, Source>
  /** Of the results, then of the variables' new values. */
  private readonly origins: readonly Origin[]
  private readonly forms: readonly Pick<Value, 'type' | 'shape'>[]
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
  ) {
    backend.flush()
    inputs.forEach(({ dtype }, i) => {
      requireNumbers(dtype, `takes a ${dtype} tensor as input ${i}`)
    })
    this.shapes = inputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype }))
    const placeholder = ({ shape, dtype }: tf.Tensor) =>
      tf.engine().makeTensorFromTensorInfo(backend.placeholder(shape, dtype))
    const found = keepingVariables((variables) => {
      const stand = inputs.map(placeholder)
      const standIns = variables.map(placeholder)
      variables.forEach((variable, i) => {
        variable.assign(standIns[i])
      })
      try {
        const storages = { arguments: stand.map(storageOf), variables: standIns.map(storageOf) }
        return inTidy(() => {
          const calls: HostCall[] = []
          const form = backend.record(() => step(...stand), calls)
          const results = tensorsOf(form)
          results.forEach(({ dtype }, i) => {
            requireNumbers(dtype, `gives a ${dtype} tensor as result ${i}`)
          })
          requireNoneNew(variables)
          const assigned = variables.filter((variable, i) => variable.dataId !== standIns[i].dataId)
          const values = [...results, ...assigned].map((tensor) => backend.value(tensor))
          const assignments = assigned.map((variable, i) => ({
            value: values[results.length + i],
            old: storages.variables[variables.indexOf(variable)]!,
          }))
          const update = updateStage(values.slice(0, results.length), assignments, calls, (storage) =>
            [...storages.arguments, ...storages.variables].includes(storage),
          )
          const updated = update?.results ?? []
          const computed = values.filter((value) => !updated.includes(value))
          const stages = stagesOf([...computed, ...(update?.wanted ?? [])], calls)
          const slots = stages.flatMap(({ fills, calls }) => [...fills, ...calls.map(({ output }) => output)])
          const numberOf = ({ storage }: Value) => slots.findIndex((slot) => slot.storage === storage)
          const sourceOf = (value: Value): Source => {
            const argument = storages.arguments.indexOf(value.storage)
            if (argument >= 0) return { argument }
            const variable = variables[storages.variables.indexOf(value.storage)]
            if (variable) return { variable }
            const slot = numberOf(value)
            return slot >= 0 ? { slot } : { captured: value }
          }
          const fed = stages.map(({ graph, fills, calls }) => ({
            graph,
            sources: graph.inputs.map(sourceOf),
            fills: fills.map(numberOf),
            calls: calls.map(({ input, output, compute }) => ({
              from: numberOf(input),
              to: numberOf(output),
              compute,
            })),
          }))
          const updateSources = new Map((update?.stored ?? []).map((value) => [value, sourceOf(value)]))
          const sources = [...fed.flatMap((stage) => stage.sources), ...updateSources.values()]
          const captured = sources.flatMap((source) => ('captured' in source ? source.captured : []))
          // Now, for the tensors that the step made go when it ends.
          for (const value of captured) backend.retain(value)
          let position = 0
          const origins = values.map((value): Origin => {
            const at = updated.indexOf(value)
            return at < 0 ? { computed: position++ } : { updated: at }
          })
          const forms = values.map(({ type, shape }) => ({ type, shape }))
          return {
            form,
            forms,
            origins,
            resultCount: results.length,
            assigned,
            stages: fed,
            update,
            updateSources,
            captured,
          }
        })
      } finally {
        tf.dispose([...stand, ...standIns])
      }
    })
    this.form = found.form
    this.forms = found.forms
    this.origins = found.origins
    this.resultCount = found.resultCount
    this.assigned = found.assigned
    this.stages = found.stages
    this.update = found.update
    this.updateSources = found.updateSources
    this.captured = found.captured

    function storageOf(tensor: tf.Tensor) {
      return backend.value(tensor).storage
    }
  }

  /** Runs the graphs and updates: results as new tensors, variables assigned. */
  call(inputs: readonly tf.Tensor[]): Results {
    this.check(inputs)
    const slots: ElementArray[] = []
    const last = this.stages.length - 1
    for (const stage of this.stages.slice(0, last)) this.run(stage, inputs, slots)
    let computed: readonly ElementArray[] = []
    const runLast = (targets?: readonly (ElementArray | undefined)[]) => {
      computed = this.run(this.stages[last], inputs, slots, targets)
      return computed
    }
    const updated = this.runUpdate(inputs, slots, runLast)
    const tensors = this.origins.map((origin, i) => {
      const { type, shape } = this.forms[i]
      const value = 'computed' in origin ? stored(type, shape, computed[origin.computed]) : new Value(type, shape)
      if ('updated' in origin) value.storage = updated[origin.updated]
      return tf.engine().makeTensorFromTensorInfo(this.backend.tensor(value))
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

  /** Runs the last graph, with the updates behind it if there are some. */
  private runUpdate(
    inputs: readonly tf.Tensor[],
    slots: readonly ElementArray[],
    runLast: (targets?: readonly (ElementArray | undefined)[]) => readonly ElementArray[],
  ): readonly Storage[] {
    if (this.update === null) {
      runLast()
      return []
    }
    const outputs = this.resultCount + this.assigned.length - this.update.results.length
    return this.update.run(
      (value) => this.storageOf(this.updateSources.get(value)!, inputs, slots),
      (value) => this.mayGo(this.updateSources.get(value)!, inputs),
      (targets) => runLast([...Array<undefined>(outputs), ...targets]).slice(outputs),
    )
  }

  private storageOf(source: Source, inputs: readonly tf.Tensor[], slots: readonly ElementArray[]): Storage {
    if ('slot' in source) return { data: slots[source.slot], holders: 0, escaped: false }
    if ('captured' in source) return source.captured.storage!
    return this.backend.storedValue('argument' in source ? inputs[source.argument] : source.variable).storage!
  }

  /** Whether a value is a variable's that gets a new one, and nothing else has it. */
  private mayGo(source: Source, inputs: readonly tf.Tensor[]): boolean {
    if (!('variable' in source) || !this.assigned.includes(source.variable)) return false
    return !inputs.some(({ dataId }) => dataId === source.variable.dataId) && this.backend.isSole(source.variable)
  }

  /** Computes a stage, puts what others read of it into its slots, and asks the host. */
  private run(
    { graph, sources, fills, calls }: FedStage,
    inputs: readonly tf.Tensor[],
    slots: ElementArray[],
    targets?: readonly (ElementArray | undefined)[],
  ): ElementArray[] {
    sources.forEach((source, i) => {
      graph.inputs[i].storage = this.storageOf(source, inputs, slots)
    })
    const arrays = this.backend.compute(graph, targets)
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

/** The updates of a step; null if it has none. */
function updateStage(
  results: readonly Value[],
  assignments: readonly Assignment[],
  calls: readonly HostCall[],
  isOld: (storage: Storage) => boolean,
): UpdateStage | null {
  const asked = calls.map(({ input }) => input)
  const stage = UpdateStage.of(findUpdates(assignments, results, asked, isOld))
  // A graph has to have an output.
  const graphOutputs = stage && results.length + assignments.length - stage.results.length + stage.wanted.length
  return graphOutputs ? stage : null
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

function requireNumbers(dtype: tf.DataType, what: string): void {
  if (dtype === 'string' || dtype === 'complex64') throw new NotCompilableError(what)
}

/** A variable made inside the graph has no value outside it. */
function requireNoneNew(known: readonly tf.Variable[]): void {
  const made = numericVariables().filter((variable) => !known.includes(variable))
  if (made.length === 0) return
  tf.dispose([...made])
  const names = made.map(({ name }) => quoted(name)).join(', ')
  throw new NotCompilableError(`makes variables (${names}) while it is traced`, { names })
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
