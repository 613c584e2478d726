import {
  type Batch,
  type CompiledFunction,
  compilingBackend,
  isOnHost,
  type NamedTensors,
  NotCompilableError,
  namedParts,
  type Optimizer,
  OptionError,
  type Pipeline,
  type Progress,
  partOf,
  type Random,
  type StepContext,
  type StepFacts,
  tf,
} from '@dc/core'
import { gradients, trainable } from './gradients'
import { checkUnroll, fixedRounds, roundsByTime, type Unroll } from './rounds'
import { type ViewSource, viewsOnHost } from './view-source'

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
  /**
   * Takes steps one after the other: in one compiled call, if they are compiled and are fed the same shapes.
   *
   * @param steps at least one
   * @param state as that of {@link take}
   * @returns the loss and the logs of each, and the new state
   * @throws OptionError without steps
   */
  takeTogether(
    steps: readonly StepInputs[],
    state: NamedTensors,
  ): Promise<{ logs: Record<string, number>[]; state: NamedTensors }>
  /** How many steps should be taken together. More than one where each call brings the weights to a device and back. */
  readonly rounds: number
  /** Frees what was compiled; the pipeline stays. */
  dispose(): void
}

/** Loss and logs of each step in one tensor, and the optimiser's new state. */
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
 * @param unroll what `rounds` is for compiled steps that ask nothing of the host; by default 1, or found by time where each call
 * brings the weights to a device and back
 * @throws OptionError for an `unroll` that is neither `'auto'` nor a positive integer
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
    source = viewsOnHost(pipeline),
    unroll = 'auto',
  }: {
    readonly onPlainSteps?: (reason: string) => unknown
    readonly source?: ViewSource
    readonly unroll?: Unroll
  } = {},
): Stepper {
  checkUnroll(unroll)
  const weights = trainable(pipeline.model.variables)
  const compiled = new Map<string, CompiledFunction>()
  /** The optimiser's state of compiled steps: as variables they are updated in place. */
  let slots: Record<string, tf.Variable> | null = null
  let backend = pipeline.compilable ? compilingBackend() : null
  let isTried = false
  let rounds = fixedRounds(1)
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

  /** Steps one after the other, their logs below each other. */
  const updateAll = (
    steps: readonly { rate: tf.Scalar; fed: NamedTensors; context: StepContext }[],
    state: NamedTensors,
    keep: (next: NamedTensors) => NamedTensors,
  ): Taken => {
    const packed: tf.Tensor[] = []
    let current = state
    for (const { rate, fed, context } of steps) {
      const taken = update(rate, fed, current, context)
      packed.push(taken.packed)
      current = keep(taken.state)
    }
    return { packed: packed.length === 1 ? packed[0] : tf.stack(packed), state: current }
  }

  /** The compiled steps for tensors of these shapes, which give the packed logs. */
  const compiledFor = (steps: readonly NamedTensors[], state: Record<string, tf.Variable>) => {
    const names = Object.keys(steps[0])
    const key = `${steps.length}: ${shapesOf(steps[0])}`
    let run = compiled.get(key)
    if (run === undefined) {
      run = backend!.compile((...tensors) => {
        const slices = tensors.map((tensor) => (steps.length === 1 ? [tensor] : tf.unstack(tensor)))
        const rounds = steps.map((_, round) => {
          const own = inParts(Object.fromEntries(names.map((name, at) => [name, slices[at][round]])))
          return { ...own, context: live.contextWith(own) }
        })
        const { packed } = updateAll(rounds, state, (next) => {
          for (const [name, variable] of Object.entries(state)) variable.assign(next[name])
          return state
        })
        return { packed }
      })
      compiled.set(key, run)
    }
    return run
  }

  const takeCompiled = (steps: readonly StepTensors[], given: NamedTensors): Taken => {
    const [first] = steps
    if (!isTried) {
      const { hostCalls } = backend!.rehearse(() => void update(first.rate, first.fed, given, live.contextWith(first)))
      if (hostCalls === 0 && unroll !== 'auto') rounds = fixedRounds(unroll)
      else if (hostCalls === 0 && backend!.movesVariables)
        rounds = roundsByTime(backend!, bytesOf({ ...weights, ...given }))
    }
    isTried = true
    slots ??= Object.fromEntries(Object.entries(given).map(([name, value]) => [name, tf.variable(value, false)]))
    const state = slots
    for (const [name, variable] of Object.entries(state)) if (given[name] !== variable) variable.assign(given[name])
    const flat = steps.map(inOne)
    // The last batch of an epoch may be smaller, and what a step is told may be more than the step before it was.
    const alike = new Set(flat.map(shapesOf)).size === 1
    const packed = (alike ? [flat] : flat.map((step) => [step])).map((call) => {
      const stacked = (name: string) => (call.length === 1 ? call[0][name] : tf.stack(call.map((step) => step[name])))
      return compiledFor(call, state)(...Object.keys(call[0]).map(stacked)).packed
    })
    return { packed: packed.length === 1 ? packed[0] : tf.concat(packed.map((each) => each.flatten())), state }
  }

  const disposeCompiled = () => {
    for (const run of compiled.values()) run.dispose()
    compiled.clear()
  }

  /** Makes all further steps run uncompiled. @returns the reason; any error but a refusal is the step's own and is thrown */
  const giveUp = (error: unknown, given: NamedTensors): string => {
    if (!NotCompilableError.isInstance(error)) throw error
    backend = null
    rounds = fixedRounds(1)
    disposeCompiled()
    if (slots && slots !== given) tf.dispose(slots)
    slots = null
    return error.reason
  }

  const tensorsOf = ({ learningRate, batch, progress, random }: StepInputs): StepTensors => ({
    rate: tf.scalar(learningRate),
    fed: source.feed(batch, random),
    facts: {
      ...(batch.labels && { labels: tf.tensor1d(batch.labels, 'int32') }),
      ...(batch.given && { given: tf.tensor1d(batch.given, 'int32') }),
    },
    inputs: pipeline.inputs?.({ progress, rows: batch.rows }) ?? {},
  })

  const takeTogether: Stepper['takeTogether'] = async (steps, state) => {
    if (steps.length === 0) throw new OptionError('steps', steps, 'at least one')
    const start = performance.now()
    let reason: string | null = null
    const { packed, next } = tf.tidy(() => {
      const each = steps.map(tensorsOf)
      const facts = steps.map(({ progress, batch }) => ({ progress, rows: batch.rows }))
      // Steps that are taken together ask nothing of the host.
      live.show(facts[0])
      let taken: Taken | null = null
      try {
        if (backend) taken = takeCompiled(each, state)
      } catch (error) {
        reason = giveUp(error, state)
      }
      const plain = () =>
        each.map(({ rate, fed, facts: known, inputs }, at) => ({
          rate,
          fed,
          context: { ...facts[at], ...known, inputs },
        }))
      taken ??= updateAll(plain(), state, (next) => next)
      return { packed: taken.packed, next: taken.state }
    })
    if (state !== slots) tf.dispose(state)
    // The one read. On a recording backend it makes everything above run.
    const values = await packed.data()
    packed.dispose()
    if (reason !== null) await onPlainSteps?.(reason)
    else if (backend) rounds.took(performance.now() - start)
    const width = logNames.length
    const logsOf = (at: number) => Object.fromEntries(logNames.map((name, i) => [name, values[at * width + i]]))
    return { logs: steps.map((_, at) => logsOf(at)), state: next }
  }

  return {
    takeTogether,
    async take(inputs, state) {
      const { logs, state: next } = await takeTogether([inputs], state)
      return { logs: logs[0], state: next }
    },
    get rounds() {
      return rounds.now
    },
    dispose: disposeCompiled,
  }
}

const part = 'part'

/** All tensors of a step as one record, and back. */
const inOne = ({ rate, fed, facts, inputs }: StepTensors): NamedTensors => ({
  rate,
  ...namedParts(part, [fed, facts as NamedTensors, inputs]),
})
const inParts = ({ rate, ...others }: NamedTensors): StepTensors => ({
  rate: rate as tf.Scalar,
  fed: partOf(part, others, 0),
  facts: partOf(part, others, 1) as RowFacts,
  inputs: partOf(part, others, 2),
})

const shapesOf = (tensors: NamedTensors): string =>
  Object.entries(tensors)
    .map(([name, { shape, dtype }]) => `${name} ${dtype}[${shape}]`)
    .join()

function bytesOf(tensors: NamedTensors): number {
  return Object.values(tensors).reduce((sum, { size }) => sum + 4 * size, 0)
}

/** What a step may know of its rows as tensors, which are inputs of a compiled one. */
type RowFacts = Pick<StepContext, 'labels' | 'given'>

/** The tensors that a step is given. */
interface StepTensors {
  readonly rate: tf.Scalar
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
