import {
  type Batch,
  type CompiledFunction,
  compilingBackend,
  isOnHost,
  type NamedTensors,
  NotCompilableError,
  type Optimizer,
  type Pipeline,
  type Progress,
  type Random,
  type StepContext,
  type StepFacts,
  tf,
} from '@dc/core'
import { gradients, trainable } from './gradients'
import { onHost, type ViewSource } from './view-source'

/** The inputs of one optimisation step. */
export interface StepInputs {
  readonly learningRate: number
  /** Without values if the source of the views needs none. */
  readonly batch: Batch
  readonly progress: Progress
  /** Draws the views. */
  readonly random: Random
}

/** Takes optimisation steps. */
export interface Stepper {
  /**
   * Takes one optimisation step: writes the new weights in place.
   *
   * @param state the optimiser's state; it is disposed and replaced by the one returned
   * @returns the loss and the logs, read in one tensor, and the new state
   */
  take(inputs: StepInputs, state: NamedTensors): Promise<{ logs: Record<string, number>; state: NamedTensors }>
  /** Frees what was compiled; the pipeline stays. */
  dispose(): void
}

/** Loss and logs in one tensor, and the optimiser's new state. */
interface Taken {
  readonly packed: tf.Tensor
  readonly state: NamedTensors
}

/**
 * Takes the steps of a pipeline: constrains the model, takes the loss of the views and its gradients, and applies the
 * optimiser's update.
 *
 * If the pipeline is `compilable` and the backend compiles, steps run compiled, with one graph for each shape of the views.
 * Up to rounding they give the same numbers as uncompiled steps. Before the first step is compiled, the whole of it is tried.
 * If it reads a tensor, or looks at the rows or the progress in its context outside `onHost`, all steps run uncompiled.
 *
 * @param onPlainSteps is called once, with the reason, if steps that should be compiled are not: "reads a tensor"
 * @param source makes the views; by default the host does. Whoever made it disposes it
 * @example
 * const steps = stepper(pipeline, adam())
 * let state = adam().init(trainable(pipeline.model.variables))
 * const taken = await steps.take({ learningRate: 1e-3, batch, progress, random }, state)
 * state = taken.state
 */
export function stepper(
  pipeline: Pipeline,
  optimizer: Optimizer,
  {
    onPlainSteps,
    source = onHost(pipeline),
  }: { readonly onPlainSteps?: (reason: string) => unknown; readonly source?: ViewSource } = {},
): Stepper {
  const weights = trainable(pipeline.model.variables)
  const compiled = new Map<string, CompiledFunction>()
  /** The optimiser's state of compiled steps: as variables they are updated in place. */
  let slots: Record<string, tf.Variable> | null = null
  let backend = pipeline.compilable ? compilingBackend() : null
  let isTried = false
  let logNames: readonly string[] = []
  const live = liveContext()

  const update = (rate: tf.Scalar, fed: NamedTensors, state: NamedTensors, context: StepContext): Taken => {
    pipeline.model.constrain?.()
    const views = source.views(fed)
    const traced =
      pipeline.gradients?.(views, context, weights) ?? gradients(() => pipeline.step(views, context), weights)
    const updated = optimizer.update(traced.gradients, state, weights, rate)
    for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name])
    logNames = ['loss', ...Object.keys(traced.logs)]
    const packed = tf.stack([traced.loss, ...Object.values(traced.logs)])
    return { packed, state: updated.state }
  }

  /** The compiled step for tensors of these shapes, which gives the packed logs. */
  const compiledFor = (given: StepTensors, state: Record<string, tf.Variable>) => {
    const names = { fed: Object.keys(given.fed), facts: Object.keys(given.facts), inputs: Object.keys(given.inputs) }
    const key = [given.fed, given.facts, given.inputs]
      .map((some) =>
        Object.entries(some).map(([name, { shape, dtype }]: [string, tf.Tensor]) => `${name} ${dtype}[${shape}]`),
      )
      .join('; ')
    let run = compiled.get(key)
    if (run === undefined) {
      run = backend!.compile((rate, ...tensors) => {
        const left = [...tensors]
        const next = (of: readonly string[]) => Object.fromEntries(of.map((name) => [name, left.shift()!]))
        const fed = next(names.fed)
        const seen = { facts: next(names.facts) as RowFacts, inputs: next(names.inputs) }
        const taken = update(rate as tf.Scalar, fed, state, live.contextWith(seen))
        for (const [name, variable] of Object.entries(state)) variable.assign(taken.state[name])
        return { packed: taken.packed }
      })
      compiled.set(key, run)
    }
    return run
  }

  const takeCompiled = (rate: tf.Scalar, tensors: StepTensors, given: NamedTensors): Taken => {
    if (!isTried) backend!.rehearse(() => void update(rate, tensors.fed, given, live.contextWith(tensors)))
    isTried = true
    slots ??= Object.fromEntries(Object.entries(given).map(([name, value]) => [name, tf.variable(value, false)]))
    const state = slots
    for (const [name, variable] of Object.entries(state)) if (given[name] !== variable) variable.assign(given[name])
    const { fed, facts, inputs } = tensors
    const all = [...Object.values(fed), ...Object.values(facts), ...Object.values(inputs)]
    const { packed } = compiledFor(tensors, state)(rate, ...all)
    return { packed, state }
  }

  const disposeCompiled = () => {
    for (const run of compiled.values()) run.dispose()
    compiled.clear()
  }

  /** Makes all further steps run uncompiled. @returns the reason; any error but a refusal is the step's own and is thrown */
  const giveUp = (error: unknown, given: NamedTensors): string => {
    if (!NotCompilableError.isInstance(error)) throw error
    backend = null
    disposeCompiled()
    if (slots && slots !== given) tf.dispose(slots)
    slots = null
    return error.reason
  }

  return {
    async take({ learningRate, batch, progress, random }, state) {
      const facts = { progress, rows: batch.rows }
      let reason: string | null = null
      const { packed, next } = tf.tidy(() => {
        const fed = source.feed(batch, random)
        const known: RowFacts = {
          ...(batch.labels && { labels: tf.tensor1d(batch.labels, 'int32') }),
          ...(batch.given && { given: tf.tensor1d(batch.given, 'int32') }),
        }
        const inputs = pipeline.inputs?.(facts) ?? {}
        const rate = tf.scalar(learningRate)
        live.show(facts)
        let taken: Taken | null = null
        try {
          if (backend) taken = takeCompiled(rate, { fed, facts: known, inputs }, state)
        } catch (error) {
          reason = giveUp(error, state)
        }
        taken ??= update(rate, fed, state, { ...facts, ...known, inputs })
        return { packed: taken.packed, next: taken.state }
      })
      if (state !== slots) tf.dispose(state)
      // The one read of the step. On a recording backend it makes everything above run.
      const values = await packed.data()
      packed.dispose()
      if (reason !== null) await onPlainSteps?.(reason)
      return { logs: Object.fromEntries(logNames.map((name, i) => [name, values[i]])), state: next }
    },
    dispose: disposeCompiled,
  }
}

/** What a step may know of its rows as tensors, which are inputs of a compiled one. */
type RowFacts = Pick<StepContext, 'labels' | 'given'>

/** The tensors that a step is given. */
interface StepTensors {
  /** What the views are made of. */
  readonly fed: NamedTensors
  readonly facts: RowFacts
  /** What `Pipeline.inputs` gives. */
  readonly inputs: NamedTensors
}

/**
 * Contexts for compiled steps. At every call they show the facts of that call, but only to functions that run on the host.
 * Anything else would go on seeing the facts of the first call.
 */
function liveContext() {
  let shown: StepFacts | null = null
  const look = <Name extends keyof StepFacts>(name: Name): StepFacts[Name] => {
    if (shown && isOnHost()) return shown[name]
    throw new NotCompilableError(`looks at its context's ${name} outside onHost, which differs from step to step`, {
      name,
    })
  }
  return {
    show: (next: StepFacts) => void (shown = next),
    contextWith: ({ facts, inputs }: Pick<StepTensors, 'facts' | 'inputs'>): StepContext => ({
      get progress() {
        return look('progress')
      },
      get rows() {
        return look('rows')
      },
      ...facts,
      inputs,
    }),
  }
}
