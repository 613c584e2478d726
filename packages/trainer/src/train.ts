import {
  type Batch,
  type Callback,
  DataError,
  type Dataset,
  gpuFailure,
  InterruptedError,
  letEventsIn,
  type NamedTensors,
  type NamedVariables,
  type Optimizer,
  OptionError,
  type Phase,
  type Pipeline,
  type Progress,
  type Random,
  type Schedule,
  tf,
  throwIfInterrupted,
} from '@dc/core'
import { batchCount, batches } from '@dc/data/rows'
import { checkOptions } from './check-options'
import { type Checkpoint, restoreVariables, saveCheckpoint } from './checkpoint/checkpoint'
import { fromHost, toHost } from './checkpoint/host-tensor'
import { requireIdentity, type TrainingIdentity } from './checkpoint/identity'
import { allFinite, diverged } from './divergence'
import { trainable } from './gradients'
import type { Unroll } from './rounds'
import { type StepInputs, stepper } from './step'
import { type ViewsOn, viewSource } from './view-source'

/** What {@link train} needs beside a pipeline and a dataset. */
export interface TrainOptions {
  readonly epochs: number
  readonly batchSize: number
  /** Leaves out the last batch of an epoch if it is not full (default true: balanced targets want full batches). */
  readonly dropLast?: boolean
  readonly optimizer: Optimizer
  readonly learningRate: Schedule
  /** Source of the shuffles, the views and `prepare`; a resumed run must get one of the same seed. */
  readonly random: Random
  /**
   * Where views are made. On the device the data set is sent once, and each step is sent row numbers and what was drawn for each
   * row. Without `resident` views of the pipeline the host makes them in any case. Default `'auto'`: the device for a GPU, if the rows
   * have at most 128 MiB as float32. Which one it is may change the views drawn, not their distribution.
   */
  readonly viewsOn?: ViewsOn
  /**
   * Steps in one compiled call, for a pipeline that is `compilable` and asks nothing of the host. Default `'auto'`: 1, or, where each
   * call brings the weights to a device and back, as many as it takes until that is a tenth of a step (16 at most). `onStep`
   * is called for every step, after all of a call.
   */
  readonly unroll?: Unroll
  readonly callbacks?: readonly Callback[]
  /**
   * Numbers that join the logs of each epoch at its end, such as a score on validation rows; a callback may watch them.
   * Must draw nothing from `random` and change nothing, or a resumed run would differ.
   */
  readonly evaluate?: (
    pipeline: Pipeline,
  ) => Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>
  /**
   * At the end the weights are those of the epoch in which this log was best; a checkpoint keeps them. Of several such
   * epochs the last one counts, so that a log that never moves leaves the last weights; one that is NaN is no best.
   * What a pipeline keeps beside its weights stays as it is.
   */
  readonly keepBest?: { readonly log: string; readonly higherIsBetter?: boolean }
  /**
   * Aborting stops after the step at hand, writes a checkpoint if there is a path for one and a step was taken, and throws
   * `InterruptedError`.
   */
  readonly signal?: AbortSignal
  readonly checkpoint?: {
    readonly path: string
    /** Epochs between two checkpoints, an integer ≥ 1 (default 1); one is always written at the end. */
    readonly every?: number
    /** Anything that the app wants to find again in the checkpoint. */
    readonly note?: unknown
  }
  /** The checkpoint to go on from. The pipeline must have the weights that the training began with; see `Pipeline.prepare`. */
  readonly resume?: Checkpoint
  /**
   * What a checkpoint must be of to go on from it, and what this training's checkpoints say of themselves: the seed, and
   * `datasetChecksum` of `@dc/core/cache`.
   */
  readonly identity?: TrainingIdentity
}

/** How a training ended. */
export interface TrainResult {
  /** Mean logs of each epoch that was finished, the loss under `loss`. */
  readonly history: readonly Readonly<Record<string, number>>[]
  readonly steps: number
  readonly epochs: number
  /** Whether a callback ended it by `'stop'`. */
  readonly stopped: boolean
}

/**
 * Trains a pipeline on a dataset.
 *
 * Every step constrains the model, draws the views, takes the loss and its gradients, and applies the optimiser's update.
 * Loss and logs are then read in one tensor; on a recording backend this is the one flush of the step. Shuffles come from
 * `random.split('epoch e')` and views from `random.split('step s')`, so that a run resumed anywhere draws what the unbroken
 * run would have drawn.
 *
 * @throws OptionError for epochs, a batch size and other options that cannot be; DataError for a checkpoint of another optimiser,
 * seed or data
 * @throws DcError when the loss is no longer finite, or a checkpoint cannot be written
 * @throws InterruptedError when the signal was aborted before the last step
 * @example
 * const { history } = await train(pipeline, await loadOptdigits(), {
 *   epochs: 100, batchSize: 256, optimizer: sgd({ momentum: 0.9, weightDecay: 5e-4 }),
 *   learningRate: linear({ from: 0.04 }), random: createRandom(0),
 * })
 */
export async function train(pipeline: Pipeline, dataset: Dataset, options: TrainOptions): Promise<TrainResult> {
  const {
    epochs,
    batchSize,
    dropLast = true,
    random,
    callbacks = [],
    signal,
    checkpoint,
    unroll = 'auto',
    viewsOn = 'auto',
  } = options
  // Before the first step there is nothing to go on with: what was prepared may have been cut short.
  const resume = options.resume?.step === 0 ? undefined : options.resume
  checkOptions(options)
  const perEpoch = batchCount(dataset.size, { batchSize, dropLast })
  const steps = perEpoch * epochs
  if (resume && (resume.steps !== steps || resume.epochs !== epochs)) {
    const allowed = `one of ${epochs} epochs and ${steps} steps, as now`
    throw new OptionError('resume', `a run of ${resume.epochs} epochs and ${resume.steps} steps`, allowed)
  }
  if (resume && !(Number.isInteger(resume.step) && resume.step >= 0 && resume.step <= steps))
    throw new OptionError('resume.step', resume.step, `an integer 0 … ${steps}`)
  if (resume && options.identity) requireIdentity(resume.identity, options.identity)
  const onPhase = (part: Phase) => {
    for (const callback of callbacks) callback.onPhase?.(part)
  }
  const onPlainSteps = async (info: { reason: string; phase?: string }) => {
    for (const callback of callbacks) await callback.onPlainSteps?.(info)
  }
  const sitting = { signal, resumed: resume !== undefined, onPhase, onPlainSteps }
  await pipeline.prepare?.(dataset, random.split('prepare'), sitting)
  throwIfInterrupted(signal)
  const source = await viewSource(pipeline, dataset, {
    on: viewsOn,
    random: random.split('resident'),
  })
  const weights = trainable(pipeline.model.variables)
  const run = start(pipeline, options.optimizer, weights, resume)
  const step = stepper(pipeline, options.optimizer, {
    source,
    unroll,
    onPlainSteps: (reason) => onPlainSteps({ reason }),
  })
  const progressAt = (step: number): Progress => ({ step, steps, epoch: Math.floor(step / perEpoch), epochs })

  /** What a step is given of a batch. */
  const inputsOf = async (batch: Batch, at: number): Promise<StepInputs> => {
    const progress = progressAt(at)
    const learningRate = options.learningRate.value(progress)
    const drawn = random.split(`step ${at}`)
    const others = source.needsValues && pipeline.beside?.(batch.rows, drawn)
    const whole = others ? { ...batch, beside: await dataset.read(others) } : batch
    return { learningRate, batch: whole, progress, random: drawn }
  }

  const takeSteps = async (inputs: readonly StepInputs[]) => {
    const [{ progress: first, learningRate: firstRate }] = inputs
    const taken = await step.takeTogether(inputs, run.optimizer).catch(async (error: unknown) => {
      const failure = gpuFailure(error)
      if (failure) throw failure
      // A part of a step may refuse what is no number before there is a loss.
      throw (await allFinite(weights)) ? error : diverged(Number.NaN, first, firstRate, error)
    })
    run.optimizer = taken.state
    for (const [at, logs] of taken.logs.entries()) {
      const { progress, learningRate } = inputs[at]
      if (!Number.isFinite(logs.loss)) throw diverged(logs.loss, progress, learningRate)
      for (const [name, value] of Object.entries(logs)) run.epochSums[name] = (run.epochSums[name] ?? 0) + value
      run.step++
    }
    for (const [at, logs] of taken.logs.entries()) {
      const { progress, learningRate } = inputs[at]
      for (const callback of callbacks) await callback.onStep?.({ progress, logs, learningRate })
    }
  }

  /** Runs what is left of an epoch; false if the signal cut it short. */
  const runEpoch = async (epoch: number): Promise<boolean> => {
    let position = epoch * perEpoch
    const cut = { batchSize, dropLast, random: random.split(`epoch ${epoch}`), withValues: source.needsValues }
    let together: StepInputs[] = []
    const take = async () => {
      const inputs = together
      together = []
      if (inputs.length > 0) await takeSteps(inputs)
    }
    for await (const batch of batches(dataset, cut)) {
      // A resumed epoch passes over the batches it has already seen.
      if (position++ < run.step) continue
      await letEventsIn()
      if (signal?.aborted) return false
      together.push(await inputsOf(batch, run.step + together.length))
      if (together.length >= step.rounds) await take()
    }
    await take()
    return true
  }

  /** Closes an epoch; true if a callback asks to stop. */
  const endEpoch = async (): Promise<boolean> => {
    const means = Object.entries(run.epochSums).map(([name, sum]) => [name, sum / perEpoch])
    const logs = {
      ...Object.fromEntries(means),
      ...(await pipeline.epochLogs?.()),
      ...(await options.evaluate?.(pipeline)),
    }
    run.history.push(logs)
    run.epochSums = {}
    if (options.keepBest && lastIsBest(run.history, options.keepBest)) run.best = await toHost(pipeline.model.variables)
    const progress = progressAt(run.step - 1)
    const learningRate = options.learningRate.value(progress)
    const answers: unknown[] = []
    for (const callback of callbacks)
      answers.push(await callback.onEpochEnd?.({ progress, logs, learningRate, pipeline }))
    return answers.includes('stop')
  }

  const save = async () => {
    if (!checkpoint) return
    const state = await snapshot(run, pipeline)
    const identity = options.identity ?? resume?.identity
    await saveCheckpoint(checkpoint.path, { ...state, steps, epochs, identity, note: checkpoint.note })
  }

  let stopped = false
  try {
    const { history } = run
    for (const callback of callbacks) {
      const answer = await callback.onTrainStart?.({ progress: progressAt(run.step), pipeline, history })
      stopped ||= answer === 'stop'
    }
    while (run.step < steps && !stopped && !signal?.aborted) {
      if (!(await runEpoch(Math.floor(run.step / perEpoch)))) break
      stopped = await endEpoch()
      if (run.step < steps && history.length % (checkpoint?.every ?? 1) === 0) await save()
    }
    const interrupted = Boolean(signal?.aborted) && run.step < steps
    if (!interrupted && Object.keys(run.best).length > 0) restoreVariables(pipeline.model.variables, run.best)
    // What was prepared is not kept by itself.
    if (run.step > 0) await save()
    const progress = progressAt(Math.max(0, run.step - 1))
    for (const callback of callbacks) await callback.onTrainEnd?.({ progress, pipeline, interrupted })
    if (interrupted)
      throw new InterruptedError(`Interrupted after ${run.step} of ${steps} steps.`, { step: run.step, steps })
    return { history, steps: run.step, epochs: history.length, stopped }
  } finally {
    step.dispose()
    source.dispose()
    tf.dispose(run.optimizer)
  }
}

/** Where a training stands. */
interface Run {
  step: number
  epochSums: Record<string, number>
  history: Record<string, number>[]
  optimizer: NamedTensors
  best: Checkpoint['best']
}

/** Whether a log has never been better than in the last epoch. */
function lastIsBest(
  history: readonly Readonly<Record<string, number>>[],
  { log, higherIsBetter = false }: NonNullable<TrainOptions['keepBest']>,
): boolean {
  const losses = history.map((logs) => {
    if (!(log in logs)) throw new OptionError('keepBest.log', log, `one of the logs: ${Object.keys(logs).join(', ')}`)
    // In a checkpoint's JSON, what was no number is null.
    const value = logs[log] ?? Number.NaN
    return higherIsBetter ? -value : value
  })
  const last = losses.pop()!
  return !Number.isNaN(last) && losses.every((loss) => Number.isNaN(loss) || last <= loss)
}

/** A checkpoint of another optimiser, or of a version that kept its state otherwise, cannot go on. */
function requireState(optimizer: Optimizer, weights: NamedVariables, { optimizer: found }: Checkpoint): void {
  const state = optimizer.init(weights)
  const expected = Object.keys(state)
  tf.dispose(state)
  const missing = expected.find((name) => !(name in found))
  const extra = Object.keys(found).find((name) => !expected.includes(name))
  if (missing === undefined && extra === undefined) return
  const what = missing === undefined ? `holds '${extra}'` : `lacks '${missing}'`
  throw new DataError(
    `The checkpoint's optimiser state ${what}: it is of another optimiser or of an earlier version. Start anew from its weights.`,
    { missing: missing ?? null, extra: extra ?? null },
  )
}

function start(pipeline: Pipeline, optimizer: Optimizer, weights: NamedVariables, resume?: Checkpoint): Run {
  if (!resume) return { step: 0, epochSums: {}, history: [], optimizer: optimizer.init(weights), best: {} }
  requireState(optimizer, weights, resume)
  restoreVariables(pipeline.model.variables, resume.variables)
  const state = fromHost(resume.pipeline)
  if (Object.keys(state).length > 0) pipeline.restore?.(state)
  tf.dispose(state)
  return {
    step: resume.step,
    epochSums: { ...resume.epochSums },
    history: [...resume.history],
    optimizer: fromHost(resume.optimizer),
    best: resume.best,
  }
}

async function snapshot(run: Run, pipeline: Pipeline) {
  return {
    step: run.step,
    epochSums: run.epochSums,
    history: run.history,
    variables: await toHost(pipeline.model.variables),
    optimizer: await toHost(run.optimizer),
    pipeline: await toHost(pipeline.state?.() ?? {}),
    best: run.best,
  }
}
