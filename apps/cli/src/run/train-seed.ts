import { type ClassicalPipeline, createRandom, type Dataset, type InferredRows } from '@dc/core'
import {
  foundClusters,
  type History,
  labelTrained,
  type ModelData,
  type ModelParts,
  modelOf,
  withClusters,
} from '@dc/pipelines'
import { toHost } from '@dc/trainer'
import { contactSheet } from '../report/contact-sheet'
import { type SeedJob, stopwatch, type TrainingJob, trainedRows, withTrained } from './training'

/** A trained and labelled seed. */
export interface TrainedSeed {
  /** Number of clusters, which the method may have found. */
  readonly k: number
  readonly inference: InferredRows
  readonly labels: Int32Array
  /** What labels new rows. */
  readonly model: ModelData
  /** Images and their views, a PNG. */
  readonly views: Buffer | null
  readonly history: History
  readonly seconds: number
}

/** Trains a pipeline from one seed and labels the data. @throws InterruptedError once the signal is aborted */
export async function trainSeed(task: SeedJob): Promise<TrainedSeed> {
  const { config, seed, dataset, attempts, signal, beside } = task
  const { k } = config
  if (config.training === null || k === null) return fitSeed(task)
  const job: TrainingJob = { ...task, config: { ...config, k } }
  return withTrained(job, async ({ pipeline, history, clock }) => {
    const about = { method: config, k, seed, signal }
    const { inference, labels, state: rule } = await labelTrained(pipeline, dataset, about)
    const seconds = clock()
    const clusters = { k, trainedK: trainedRows(job).k }
    const model = modelFor(job, { ...clusters, weights: await toHost(pipeline.model.variables), state: {}, rule })
    const sheet = () => contactSheet(pipeline, dataset, createRandom(seed).split('contact sheet'))
    const views = beside === undefined ? await attempts.make('the contact sheet', sheet, null) : null
    return { k, inference, labels, model, views, history, seconds }
  })
}

/** The same of a method without training steps. */
async function fitSeed(job: SeedJob): Promise<TrainedSeed> {
  const { config, seed, registry, dataset, narrator, signal } = job
  const clock = stopwatch(0)
  narrator.note(`seed ${seed}: ${config.pipeline}`)
  const options = withClusters(config.options, config.k)
  const pipeline = registry.make('pipeline', config.pipeline, options) as ClassicalPipeline
  const inference = await pipeline.fit(dataset, createRandom(seed).split('baseline'), { signal })
  for (const notice of pipeline.notices?.() ?? []) narrator.note(`seed ${seed}: ${notice}`)
  const { labels } = inference
  const k = foundClusters(config.pipeline, registry, labels) ?? config.k!
  const model = modelFor(job, { k, trainedK: k, weights: {}, state: pipeline.state(), rule: {} })
  return { k, inference, labels, model, views: null, history: [], seconds: clock() }
}

function modelFor(
  { config, seed, dataset }: SeedJob,
  found: Pick<ModelParts, 'k' | 'trainedK' | 'weights' | 'state' | 'rule'>,
): ModelData {
  const { preset, pipeline, training, options, labels, scores, start, unseen, beside } = config
  return modelOf({
    method: { preset, pipeline, training, options, labels, scores, start, unseen, beside },
    seed,
    dataset,
    about: { data: readAgain(config, dataset) },
    ...found,
  })
}

/** How other rows are read in the same way: all but where these were, and by the same encoder. */
function readAgain({ data, encoder }: SeedJob['config'], dataset: Dataset): object {
  const { path: _, ...others } = data.options
  const facts = dataset.encoder
  return { name: data.name, options: others, ...(encoder && { encoder: { ...encoder, ...(facts && { facts }) } }) }
}
