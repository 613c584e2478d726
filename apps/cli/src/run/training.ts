import { existsSync } from 'node:fs'
import type { Callback, Dataset, Pipeline, Progress, Registry, Schedule } from '@dc/core'
import { checksum } from '@dc/core/cache'
import {
  type History,
  labelledBy,
  type MethodTraining,
  startFromBackbone,
  startingMethod,
  trainingOf,
  trainingPart,
  trainMethod,
} from '@dc/pipelines'
import { type Checkpoint, loadCheckpoint, type TrainingIdentity } from '@dc/trainer'
import type { RunConfig } from '../config/run-config'
import type { RunCorrections } from '../corrections/go-by'
import type { Environment } from '../report/run-result'
import type { Narrator } from '../terminal/narrator'
import type { Live } from '../watch/live'
import { liveSample } from '../watch/live-sample'
import type { Attempts } from './attempts'
import { keepEpochs, writeEpoch } from './epoch-lines'
import type { RunFolder } from './folder'
import { keepInitial, startFrom } from './initial-weights'
import { phaseTimes } from './phase-times'
import { pseudoLabelScores } from './pseudo-labels'
import { type Training, validationScore } from './unseen'

/** What one seed needs. */
export interface SeedJob {
  /** Its k is null where the method finds it. */
  readonly config: RunConfig
  readonly seed: number
  readonly registry: Registry
  /** The rows that are labelled. */
  readonly dataset: Dataset
  /** Those that are trained on, if these are not the same. */
  readonly training?: Training
  /** What a person has said of the clusters of an earlier run. */
  readonly corrections?: RunCorrections
  /** Is told where some rows lie, of a run that is watched. */
  readonly live?: Live
  /** Checksum of all these rows. */
  readonly data: string
  /** Name of a training beside the seed's own: it has a checkpoint of its own and writes no epochs. */
  readonly beside?: string
  readonly folder: RunFolder
  readonly narrator: Narrator
  readonly attempts: Attempts
  readonly signal?: AbortSignal
}

/** What one training needs. */
export interface TrainingJob extends SeedJob {
  readonly config: RunConfig & { readonly k: number }
}

/** A training that has come to its end. */
export interface Trained {
  /** Is disposed after use. */
  readonly pipeline: Pipeline
  readonly history: History
  /** Since the seed began, all sittings together. */
  readonly clock: () => number
}

/**
 * Trains a pipeline from one seed and hands it over for a while. There is a checkpoint of it as soon as a step was taken; a
 * training that was interrupted, or had come to its end, goes on from there. Whatever was before its first step is done again.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function withTrained<T>(job: TrainingJob, use: (trained: Trained) => Promise<T>): Promise<T> {
  const { config, seed, registry, folder, narrator, signal, beside } = job
  const { epochs, learningRate, patience } = trainingOf(config)
  const rows = trainedRows(job)
  const path = folder.checkpoint(seed, beside)
  const identity = identityOf(job)
  const resume = existsSync(path) ? await loadCheckpoint(path, identity) : undefined
  const rateAt = (progress: Progress) => trainingPart<Schedule>(registry, 'schedule', learningRate).value(progress)
  const clock = stopwatch(beside === undefined ? await keepEpochs(folder, seed, resume, rateAt) : 0)
  // A resumed training too: what is prepared is made of the weights that it began with.
  const times = phaseTimes(folder, seed)
  const start = await startOf(job, (phase) => times.begin(phase))
  // Rows kept for validation tell best when to end; without them the loss does.
  const validation = patience === undefined ? undefined : rows.validation
  const training: MethodTraining = {
    method: config,
    k: rows.k,
    seed,
    registry,
    dataset: rows.dataset,
    async begin(pipeline) {
      if (config.init !== null) await keepInitial(await startFrom(config.init, seed, pipeline, folder), seed, folder)
      if (start) startFromBackbone(start.variables, pipeline)
    },
    callbacks: [
      narration(job),
      ...(beside === undefined ? [times, recorder(job, clock)] : []),
      ...(job.live ? [liveSample(rows.dataset, job.live)] : []),
    ],
    watched: validation ? { log: 'validation', higherIsBetter: true } : { log: 'loss' },
    keepBest: validation !== undefined,
    evaluate: (trained) => evaluate(job, rows, validation, trained),
    checkpoint: { path, every: Math.max(1, Math.round(epochs / 10)) },
    identity,
    resume,
    signal,
  }
  try {
    return await trainMethod(training, (pipeline, history) => use({ pipeline, history, clock }))
  } finally {
    narrator.trainingEnds()
  }
}

/** The rows that are trained on, which are all of them where a job says no other. */
export function trainedRows({
  config,
  dataset,
  training,
}: Pick<TrainingJob, 'config' | 'dataset' | 'training'>): Training {
  return training ?? { dataset, k: config.k }
}

/** What must be the same for a training to go on: all that decides what it learns. */
function identityOf({ config, seed, data, ...job }: TrainingJob): TrainingIdentity {
  const { pipeline, options, training, start } = config
  const { k } = trainedRows({ config, ...job })
  const { corrections } = job
  const said = corrections ? [corrections.plan.corrections, [...corrections.before.labels]] : []
  return { seed, pipeline, data, settings: checksum(JSON.stringify([k, options, training, start, ...said])) }
}

/** The training that this one starts from, trained now or earlier; undefined if it starts from other weights. */
async function startOf(job: TrainingJob, begins: (phase: string) => void): Promise<Checkpoint | undefined> {
  const { config, seed, registry, folder, narrator } = job
  const { dataset, k } = trainedRows(job)
  const starting = config.init === null ? startingMethod(config, { rows: dataset.size, k }, registry) : null
  if (!starting) return undefined
  const { pipeline, preset } = config.start!
  const name = `start by ${pipeline}`
  const beside = job.beside === undefined ? name : `${job.beside} ${name}`
  const first = { ...job, config: { ...config, ...starting.config, k: config.k }, beside }
  begins(`training of ${pipeline}`)
  const path = folder.checkpoint(seed, beside)
  const earlier = existsSync(path) ? await loadCheckpoint(path, identityOf(first)) : undefined
  if (earlier && earlier.step === earlier.steps) return earlier
  const { labelledBy: teacher } = starting
  const what = teacher ? `, whose labels ${starting.config.pipeline} learns` : ''
  narrator.note(
    `seed ${seed}: first ${pipeline} (preset ${preset}${what}, ${trainingOf(starting.config).epochs} epochs; --set start.epochs=n says otherwise), whose backbone it starts from`,
  )
  for (const note of starting.notes) narrator.note(`${starting.config.pipeline}: ${note}`)
  const labelled = teacher && (await labelledBy(teacher, dataset, { k, seed, registry, signal: job.signal }))
  await withTrained(labelled ? { ...first, training: { dataset: labelled, k } } : first, async () => {})
  return loadCheckpoint(path)
}

/** Scores of an epoch, for the report and for early stopping. */
async function evaluate(
  { attempts }: TrainingJob,
  { dataset: { labels } }: Training,
  validation: Dataset | undefined,
  trained: Pipeline,
): Promise<Record<string, number>> {
  const score = () => validationScore(trained, validation!)
  const pseudo = () => pseudoLabelScores(trained, labels!)
  return {
    ...(validation && { validation: await attempts.make('the validation score', score, Number.NaN) }),
    ...(labels && (await attempts.make('the scores of the pseudo-labels', pseudo, {}))),
  }
}

/** Tells the narrator how far the training is, and why its steps are slow if they are; the latter stands in `env.json` too. */
function narration({ seed, beside, narrator, config, folder }: TrainingJob): Callback {
  const label = beside === undefined ? `seed ${seed}` : `seed ${seed}, ${beside}`
  return {
    onTrainStart: ({ progress }) => narrator.trainingStarts(label, progress.epoch, progress.epochs),
    onPhase: (part) => narrator.phase(label, part),
    onEpochEnd: ({ progress, logs }) => narrator.epochEnds(progress.epoch + 1, logs),
    async onPlainSteps({ reason, phase }) {
      const whose = phase === undefined ? label : `${label}, ${phase}`
      narrator.note(`${whose}: steps are not compiled and take longer, for ${config.pipeline} ${reason}`)
      const facts = await folder.readJson<Environment>('env.json')
      const plainSteps = { ...(facts.plainSteps as object), [whose]: reason }
      await folder.writeJson('env.json', { ...facts, plainSteps })
    },
  }
}

/** Writes every epoch to `metrics.jsonl`. */
function recorder({ seed, folder }: TrainingJob, seconds: () => number): Callback {
  return {
    onEpochEnd: ({ progress, logs, learningRate }) =>
      writeEpoch(folder, { seed, epoch: progress.epoch + 1, seconds: seconds(), learningRate, logs }),
  }
}

/** Seconds since now, and those of earlier sittings. */
export function stopwatch(earlier: number): () => number {
  const start = performance.now()
  return () => earlier + (performance.now() - start) / 1000
}
