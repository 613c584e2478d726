import {
  type Batch,
  type CompiledFunction,
  compilingBackend,
  DcError,
  isOnHost,
  type NamedTensors,
  type Optimizer,
  type Pipeline,
  type Progress,
  type Random,
  type StepContext,
  tf,
} from '@dc/core'
import { gradients, trainable } from './gradients'

/** What one optimisation step is taken on. */
export interface StepInputs {
  readonly learningRate: number
  readonly batch: Batch
  readonly progress: Progress
  /** For the views. */
  readonly random: Random
}

/** Takes optimisation steps. */
export interface Stepper {
  /**
   * Takes one optimisation step: writes the new weights in place.
   *
   * @param state the optimiser's; disposed and replaced by the one returned
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
 * Steps of a pipeline: constrain the model, loss and gradients of views, the optimiser's update.
 *
 * The steps of a pipeline that is `compilable` run compiled on a backend that compiles, one graph for each shape of the
 * views, and give what they would give otherwise but for rounding. One that turns out to read a tensor, or to look at its
 * context outside `onHost`, runs as it is.
 *
 * @example
 * const steps = stepper(pipeline, adam())
 * let state = adam().init(trainable(pipeline.model.variables))
 * const taken = await steps.take({ learningRate: 1e-3, batch, progress, random }, state)
 * state = taken.state
 */
export function stepper(pipeline: Pipeline, optimizer: Optimizer): Stepper {
  const weights = trainable(pipeline.model.variables)
  const compiled = new Map<string, CompiledFunction>()
  /** The optimiser's state of compiled steps: as variables they are updated in place. */
  let slots: Record<string, tf.Variable> | null = null
  let backend = pipeline.compilable ? compilingBackend() : null
  let logNames: readonly string[] = []
  const live = liveContext()

  const update = (rate: tf.Scalar, views: readonly tf.Tensor[], state: NamedTensors, context: StepContext): Taken => {
    pipeline.model.constrain?.()
    const traced =
      pipeline.gradients?.(views, context, weights) ?? gradients(() => pipeline.step(views, context), weights)
    const updated = optimizer.update(traced.gradients, state, weights, rate)
    for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name])
    logNames = ['loss', ...Object.keys(traced.logs)]
    const packed = tf.stack([traced.loss, ...Object.values(traced.logs)])
    tf.dispose(traced.logs)
    return { packed, state: updated.state }
  }

  /** The compiled step for views of these shapes, which gives the packed logs. */
  const compiledFor = (views: readonly tf.Tensor[], state: Record<string, tf.Variable>) => {
    const key = views.map(({ shape, dtype }) => `${dtype}[${shape}]`).join()
    let run = compiled.get(key)
    if (run === undefined) {
      run = backend!.compile((rate, ...tensors) => {
        const taken = update(rate as tf.Scalar, tensors, state, live.context)
        for (const [name, variable] of Object.entries(state)) variable.assign(taken.state[name])
        return { packed: taken.packed }
      })
      compiled.set(key, run)
    }
    return run
  }

  const takeCompiled = (rate: tf.Scalar, views: readonly tf.Tensor[], given: NamedTensors): Taken => {
    slots ??= Object.fromEntries(Object.entries(given).map(([name, value]) => [name, tf.variable(value, false)]))
    const state = slots
    for (const [name, variable] of Object.entries(state)) if (given[name] !== variable) variable.assign(given[name])
    const { packed } = compiledFor(views, state)(rate, ...views)
    return { packed, state }
  }

  /** Tries the step, and whether it reads a tensor; the variables get their values back. */
  const readsNothing = (views: readonly tf.Tensor[]): boolean =>
    tf.tidy(() => {
      const variables = Object.values(pipeline.model.variables)
      const values = variables.map((variable) => tf.clone(variable))
      try {
        // Without gradients: of a step that throws, their tape would stay behind.
        return backend!.compiles(() => void pipeline.step(views, live.context))
      } catch (error) {
        if (OutOfSightError.isInstance(error)) return false
        throw error
      } finally {
        for (const [i, variable] of variables.entries()) variable.assign(values[i])
      }
    })

  return {
    async take({ learningRate, batch, progress, random }, state) {
      const { rows, labels } = batch
      const { packed, next } = tf.tidy(() => {
        const views = pipeline.views(batch, random)
        const rate = tf.scalar(learningRate)
        if (backend && logNames.length === 0 && !readsNothing(views)) backend = null
        live.show({ progress, rows, labels })
        const taken = backend
          ? takeCompiled(rate, views, state)
          : update(rate, views, state, { progress, rows, labels })
        return { packed: taken.packed, next: taken.state }
      })
      if (state !== slots) tf.dispose(state)
      // The one read of the step: on a recording backend it runs all of the above.
      const values = await packed.data()
      packed.dispose()
      return { logs: Object.fromEntries(logNames.map((name, i) => [name, values[i]])), state: next }
    },
    dispose() {
      for (const run of compiled.values()) run.dispose()
      compiled.clear()
    },
  }
}

/** A step looks at its context where a compiled one would see that of its first call for ever. */
class OutOfSightError extends DcError {}

/** A context for compiled steps: what is shown, but only to functions that run on the host, at every call. */
function liveContext() {
  let shown: StepContext | null = null
  const look = <Name extends keyof StepContext>(name: Name): StepContext[Name] => {
    if (shown && isOnHost()) return shown[name]
    throw new OutOfSightError(`A compiled step looks at its context's ${name}, which differ at every step.`, { name })
  }
  const context: StepContext = {
    get progress() {
      return look('progress')
    },
    get rows() {
      return look('rows')
    },
    get labels() {
      return look('labels')
    },
  }
  return { context, show: (next: StepContext) => void (shown = next) }
}
