import { existsSync } from 'node:fs'
import {
  type Callback,
  createRandom,
  type Dataset,
  DcError,
  type Pipeline,
  pluginReference,
  type Registry,
  type Schedule,
} from '@dc/core'
import { type Checkpoint, earlyStopping, type Inference, infer, loadCheckpoint, train } from '@dc/trainer'
import { findLabelRule } from '../config/resolve'
import type { RunConfig } from '../config/run-config'
import { startingConfig } from '../config/starting'
import { contactSheet } from '../report/contact-sheet'
import type { Environment } from '../report/run-result'
import type { Narrator } from '../terminal/narrator'
import type { Attempts } from './attempts'
import type { RunFolder } from './folder'
import { startFrom, startFromCheckpoint } from './initial-weights'
import { pseudoLabelScores } from './pseudo-labels'
import type { EpochLine } from './run-files'
import { type Training, validationScore } from './unseen'

/** What one training needs. */
export interface SeedJob {
  readonly config: RunConfig & { readonly k: number }
  readonly seed: number
  readonly registry: Registry
  /** The rows that are labelled. */
  readonly dataset: Dataset
  /** Those that are trained on, if these are not the same. */
  readonly training?: Training
  /** Name of a training beside the seed's own: it has a checkpoint of its own and writes no epochs. */
  readonly beside?: string
  readonly folder: RunFolder
  readonly narrator: Narrator
  readonly attempts: Attempts
  readonly signal?: AbortSignal
}

/** A trained and labelled seed; null if it was interrupted. */
export interface TrainedSeed {
  readonly inference: Inference
  readonly labels: Int32Array
  /** Images and their views, a PNG. */
  readonly views: Buffer | null
  readonly history: readonly Readonly<Record<string, number>>[]
  readonly seconds: number
}

/** Trains a pipeline from one seed, going on from its checkpoint if there is one, and labels the data. */
export async function trainSeed(job: SeedJob): Promise<TrainedSeed | null> {
  const { config, seed, registry, dataset, folder, attempts, signal, beside } = job
  const training = trainingOf(job)
  const random = createRandom(seed)
  const path = folder.checkpoint(seed, beside)
  const resume = existsSync(path) ? await loadCheckpoint(path) : undefined
  const earlier = beside === undefined ? await keepEpochs(folder, seed, resume?.history.length ?? 0) : 0
  const clock = stopwatch(earlier)
  const first = resume ? undefined : await trainStart(job)
  if (first === null) return null

  const pipeline = registry.create(
    'pipeline',
    config.pipeline,
    { ...config.options, k: training.k },
    { inputShape: training.dataset.sampleShape, random: random.split('weights') },
  ) as Pipeline
  try {
    if (config.init !== null) await startFrom(config.init, seed, pipeline)
    if (first) startFromCheckpoint(first, pipeline)
    const { epochs, batchSize, dropLast, optimizer, learningRate, patience, callbacks } = config.training
    // Rows kept for validation tell best when to end; without them the loss does.
    const validation = patience === undefined ? undefined : training.validation
    const watched = validation ? { log: 'validation', higherIsBetter: true } : { log: 'loss' }
    const schedule = make<Schedule>(registry, 'schedule', learningRate)
    const { history, interrupted } = await train(pipeline, training.dataset, {
      epochs,
      batchSize,
      dropLast,
      optimizer: make(registry, 'optimizer', optimizer),
      learningRate: schedule,
      random: random.split('training'),
      callbacks: [
        narration(job),
        ...(beside === undefined ? [recorder(job, clock)] : []),
        ...(patience === undefined ? [] : [earlyStopping({ ...watched, patience })]),
        ...callbacks.map((callback) => make<Callback>(registry, 'callback', callback)),
      ],
      keepBest: validation && watched,
      evaluate: async (trained) => {
        const { labels } = training.dataset
        const score = () => validationScore(trained, validation!)
        const pseudo = () => pseudoLabelScores(trained, labels!)
        return {
          ...(validation && { validation: await attempts.make('the validation score', score, Number.NaN) }),
          ...(labels && (await attempts.make('the scores of the pseudo-labels', pseudo, {}))),
        }
      },
      checkpoint: { path, every: Math.max(1, Math.round(epochs / 10)), note: { seed } },
      resume,
      signal,
    })
    if (interrupted) return null
    const inference = await infer(pipeline, dataset)
    requireFinite(inference, config, seed)
    const rule = findLabelRule(config.labels)
    const labels = await rule.labels({ pipeline, inference, k: config.k, random: random.split('labels') })
    const seconds = clock()
    const sheet = () => contactSheet(pipeline, dataset, random.split('contact sheet'))
    const views = beside === undefined ? await attempts.make('the contact sheet', sheet, null) : null
    return { inference, labels, views, history, seconds }
  } finally {
    pipeline.dispose?.()
  }
}

/** The rows that are trained on, which are all of them where a job says no other. */
function trainingOf({ config, dataset, training }: Pick<SeedJob, 'config' | 'dataset' | 'training'>): Training {
  return training ?? { dataset, k: config.k }
}

/** What the seed starts from: a checkpoint, undefined if it starts from random weights; null if it was interrupted. */
async function trainStart(job: SeedJob): Promise<Checkpoint | undefined | null> {
  const { config, seed, registry, folder, narrator } = job
  const { dataset, k } = trainingOf(job)
  const starting = startingConfig(config, { rows: dataset.size, k }, registry)
  if (!starting) return undefined
  const { pipeline, preset, training } = starting.config
  narrator.note(
    `seed ${seed}: first ${pipeline} (preset ${preset}, ${training.epochs} epochs), whose backbone it starts from`,
  )
  for (const note of starting.notes) narrator.note(`${pipeline}: ${note}`)
  const beside = `start by ${pipeline}`
  const trained = await trainSeed({ ...job, config: { ...starting.config, k: config.k }, beside })
  return trained && loadCheckpoint(folder.checkpoint(seed, beside))
}

/** @throws DcError if the last update made the network give what is no number */
function requireFinite({ embedding, width }: Inference, { training }: RunConfig, seed: number): void {
  const bad = embedding.findIndex((value) => !Number.isFinite(value))
  if (bad < 0) return
  const row = Math.floor(bad / width)
  const { name } = pluginReference(training.learningRate)
  throw new DcError(
    `seed ${seed}: the trained network gives ${embedding[bad]} for row ${row}, so the training diverged. A lower learning rate (--lr; the schedule is ${name}) or values of the data on a smaller scale (standardised) may help.`,
    { seed, row },
  )
}

function make<Product>(
  registry: Registry,
  kind: 'optimizer' | 'schedule' | 'callback',
  reference: RunConfig['training']['optimizer'],
) {
  const { name, options } = pluginReference(reference)
  return registry.create(kind, name, options) as Product
}

/** Tells the narrator how far the training is, and why its steps are slow if they are; the latter stands in `env.json` too. */
function narration({ seed, beside, narrator, config, folder }: SeedJob): Callback {
  const label = beside === undefined ? `seed ${seed}` : `seed ${seed}, ${beside}`
  return {
    onTrainStart: ({ progress }) => narrator.trainingStarts(label, progress.epoch, config.training.epochs),
    onEpochEnd: ({ progress, logs }) => narrator.epochEnds(progress.epoch + 1, logs),
    onTrainEnd: () => narrator.trainingEnds(),
    async onPlainSteps({ reason }) {
      narrator.note(`${label}: steps are not compiled and take longer, for ${config.pipeline} ${reason}`)
      const facts = await folder.readJson<Environment>('env.json')
      const plainSteps = { ...(facts.plainSteps as object), [label]: reason }
      await folder.writeJson('env.json', { ...facts, plainSteps })
    },
  }
}

/** Writes every epoch to `metrics.jsonl`. */
function recorder({ seed, folder }: SeedJob, seconds: () => number): Callback {
  return {
    async onEpochEnd({ progress, logs, learningRate }) {
      const line: EpochLine = { seed, epoch: progress.epoch + 1, seconds: seconds(), learningRate, logs }
      await folder.append('metrics.jsonl', line)
    },
  }
}

/** Keeps what the checkpoint knows of a seed's epochs, and drops what came after it. Returns their seconds. */
async function keepEpochs(folder: RunFolder, seed: number, epochs: number): Promise<number> {
  const lines = await folder.readLines<EpochLine>('metrics.jsonl')
  const kept = lines.filter((line) => line.seed !== seed || line.epoch <= epochs)
  if (kept.length < lines.length)
    await folder.write('metrics.jsonl', kept.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return kept.filter((line) => line.seed === seed).at(-1)?.seconds ?? 0
}

/** Seconds since now, and those of earlier sittings. */
function stopwatch(earlier: number): () => number {
  const start = performance.now()
  return () => earlier + (performance.now() - start) / 1000
}
