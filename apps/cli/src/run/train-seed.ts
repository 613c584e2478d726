import { type ClassicalPipeline, createRandom, type InferredRows, type NamedArrays } from '@dc/core'
import { type History, labelTrained, type ModelData, modelOf } from '@dc/pipelines'
import { toHost } from '@dc/trainer'
import { contactSheet } from '../report/contact-sheet'
import { stopwatch, type TrainingJob, trainedRows, withTrained } from './training'

/** A trained and labelled seed. */
export interface TrainedSeed {
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
export async function trainSeed(job: TrainingJob): Promise<TrainedSeed> {
  const { config, seed, dataset, attempts, signal, beside } = job
  if (config.training === null) return fitSeed(job)
  return withTrained(job, async ({ pipeline, history, clock }) => {
    const about = { method: config, k: config.k, seed, signal }
    const { inference, labels, state: rule } = await labelTrained(pipeline, dataset, about)
    const seconds = clock()
    const model = modelFor(job, { weights: await toHost(pipeline.model.variables), state: {}, rule })
    const sheet = () => contactSheet(pipeline, dataset, createRandom(seed).split('contact sheet'))
    const views = beside === undefined ? await attempts.make('the contact sheet', sheet, null) : null
    return { inference, labels, model, views, history, seconds }
  })
}

/** The same of a method without training steps. */
async function fitSeed(job: TrainingJob): Promise<TrainedSeed> {
  const { config, seed, registry, dataset, narrator, signal } = job
  const clock = stopwatch(0)
  narrator.note(`seed ${seed}: ${config.pipeline}`)
  const pipeline = registry.make('pipeline', config.pipeline, { ...config.options, k: config.k }) as ClassicalPipeline
  const inference = await pipeline.fit(dataset, createRandom(seed).split('baseline'), { signal })
  for (const notice of pipeline.notices?.() ?? []) narrator.note(`seed ${seed}: ${notice}`)
  const model = modelFor(job, { weights: {}, state: pipeline.state(), rule: {} })
  return { inference, labels: inference.labels, model, views: null, history: [], seconds: clock() }
}

function modelFor(
  job: TrainingJob,
  arrays: Pick<ModelData, 'weights' | 'state'> & { readonly rule: NamedArrays },
): ModelData {
  const { config, seed, dataset } = job
  const { preset, pipeline, training, options, labels, scores, start, unseen, beside, data } = config
  return modelOf({
    method: { preset, pipeline, training, options, labels, scores, start, unseen, beside },
    k: config.k,
    trainedK: trainedRows(job).k,
    seed,
    dataset,
    about: { data: readAgain(data) },
    ...arrays,
  })
}

/** How other rows are read in the same way: all but where these were. */
function readAgain({ name, options }: TrainingJob['config']['data']): object {
  const { path: _, ...others } = options
  return { name, options: others }
}
