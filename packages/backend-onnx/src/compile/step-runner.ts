import { tf } from '@dc/core'
import { OptionError, ShapeError } from '@dc/core/errors'
import type { OnnxBackend } from '../backend'
import { type Storage, sameShape, Value } from '../graph/value'
import type { ElementArray } from '../runtime/element-type'
import { inForm, type Results } from './results'
import { type PlannedStage, planStep, type Source, type StepPlan } from './step-plan'
import type { TracedStep } from './traced-step'
import { UpdateRunner } from './update-runner'

/** What one call has at hand. */
interface Call {
  readonly inputs: readonly tf.Tensor[]
  /** What graphs and the host have computed so far. */
  readonly slots: ElementArray[]
}

/** Runs a plan, again and again. */
export class StepRunner {
  /** On a device, what the step reads from around it: it does not change, so it is brought there once. */
  private readonly brought = new Map<Storage, Storage>()

  private constructor(
    readonly plan: StepPlan,
    private readonly updates: UpdateRunner,
    private readonly backend: OnnxBackend,
  ) {}

  /** A runner of a traced step. Where there is no memory to compute updates in, the graph computes them too. */
  static of(traced: TracedStep, backend: OnnxBackend): StepRunner {
    // On a device the graph computes them, and variables stay there.
    for (const updatesApart of backend.keepsOnDevice ? [false] : [true, false]) {
      const plan = planStep(traced, { updatesApart })
      const updates = UpdateRunner.of(plan.updates)
      if (updates) return new StepRunner(plan, updates, backend)
    }
    throw new RangeError('There is no memory at all.')
  }

  /** Runs the graphs and updates: results as new tensors, variables assigned. */
  run(inputs: readonly tf.Tensor[]): Results {
    this.check(inputs)
    const { stages, results, assignments, form } = this.plan
    const call: Call = { inputs, slots: [] }
    for (const stage of stages.slice(0, -1)) this.runStage(stage, call)
    const last = stages[stages.length - 1]
    const { outputs, updated } = this.backend.keepsOnDevice
      ? { outputs: this.runKeeping(last, call), updated: [] }
      : this.runUpdating(last, call)
    const [resultTensors, newValues] = [results, assignments].map((list) =>
      list.map(({ type, shape, origin }) => {
        const value = new Value(type, shape)
        value.storage = 'output' in origin ? outputs[origin.output] : updated[origin.update][origin.result]
        return tf.engine().makeTensorFromTensorInfo(this.backend.tensor(value))
      }),
    )
    for (const { graph, fills } of stages)
      fills.forEach((slot, i) => {
        this.backend.recycle(graph.outputs[i].type, call.slots[slot])
      })
    assignments.forEach(({ variable }, i) => {
      variable.assign(newValues[i])
      newValues[i].dispose()
    })
    return inForm(form, resultTensors)
  }

  /** Lets go of what the step reads from around it. */
  dispose(): void {
    for (const there of this.brought.values()) this.backend.giveBack(there)
    this.brought.clear()
    for (const value of this.plan.captured) this.backend.release(value)
  }

  /** Computes the last stage on the device, where new values of variables stay. */
  private runKeeping({ graph, sources }: PlannedStage, call: Call): readonly Storage[] {
    const assigned = new Set(this.plan.assignments.flatMap(({ origin }) => ('output' in origin ? [origin.output] : [])))
    return this.backend.computeKeeping(
      graph,
      sources.map((source, i) =>
        'captured' in source ? this.broughtOf(source.captured, graph.inputs[i]) : this.storageOf(source, call),
      ),
      graph.outputs.map((_, i) => assigned.has(i)),
    )
  }

  private broughtOf(storage: Storage, value: Value): Storage {
    const there = this.brought.get(storage) ?? this.backend.bring(storage, value)
    this.brought.set(storage, there)
    return there
  }

  /** Computes the last stage, and the updates after it. */
  private runUpdating(last: PlannedStage, call: Call): { outputs: readonly Storage[]; updated: Storage[][] } {
    const { outputs, updated } = this.updates.run({
      storageOf: (source) => this.storageOf(source, call),
      mayGo: (source) => this.mayGo(source, call),
      runGraph: (targets) => this.runStage(last, call, targets),
    })
    return { outputs: outputs.map((data) => ({ data, holders: 0, escaped: false })), updated }
  }

  /** Computes a stage, puts what others read of it into its slots, and asks the host. */
  private runStage(
    { graph, sources, fills, calls }: PlannedStage,
    call: Call,
    targets: readonly (ElementArray | undefined)[] = [],
  ): ElementArray[] {
    const outputs = this.backend.compute(
      graph,
      sources.map((source) => this.storageOf(source, call)),
      targets,
    )
    fills.forEach((slot, i) => {
      call.slots[slot] = outputs[i]
    })
    for (const { from, to, compute } of calls) call.slots[to] = compute((call.slots[from] as Float32Array).slice())
    return outputs
  }

  private storageOf(source: Source, { inputs, slots }: Call): Storage {
    if ('slot' in source) return { data: slots[source.slot], holders: 0, escaped: false }
    if ('captured' in source) return source.captured
    return this.backend.storedValue('argument' in source ? inputs[source.argument] : source.variable).storage!
  }

  /** Whether an array is that of a variable that gets a new one, and nothing else has it. */
  private mayGo(source: Source, { inputs }: Call): boolean {
    if (!('variable' in source)) return false
    const { variable } = source
    const isAssigned = this.plan.assignments.some((assignment) => assignment.variable === variable)
    return isAssigned && !inputs.some(({ dataId }) => dataId === variable.dataId) && this.backend.isSole(variable)
  }

  private check(inputs: readonly tf.Tensor[]): void {
    const expected = this.plan.inputs
    if (inputs.length !== expected.length)
      throw new OptionError('inputs', inputs.length, `${expected.length} tensors, as at the first calls`)
    expected.forEach(({ shape, dtype }, i) => {
      if (!sameShape(inputs[i].shape, shape) || inputs[i].dtype !== dtype)
        throw new ShapeError(
          `input ${i} (${inputs[i].dtype})`,
          inputs[i].shape,
          `[${shape.join(', ')}] of ${dtype}, as the function was traced with`,
        )
    })
  }
}
