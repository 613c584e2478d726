import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ClassicalPipeline, createRandom, DataError, type Dataset, fileReason, quoted } from '@dc/core'
import {
  clusterModel,
  correctedLabels,
  decodeModel,
  foundClusters,
  type HeldCorrections,
  type History,
  heldPlaces,
  holdsPlaces,
  keptModel,
  labelTrained,
  learnedPart,
  type ModelData,
  type ModelParts,
  modelOf,
  type Places,
  placedEncoder,
  placesOf,
  withClusters,
} from '@dc/pipelines'
import { toHost } from '@dc/trainer'
import type { RunCorrections } from '../corrections/go-by'
import { contactSheet } from '../report/contact-sheet'
import { type SeedJob, stopwatch, type TrainingJob, trainedRows, withTrained } from './training'

/** A trained and labelled seed. */
export interface TrainedSeed {
  /** Number of clusters, which the method may have found. */
  readonly k: number
  readonly places: Places
  readonly labels: Int32Array
  /** Of a run that goes by corrections: names of clusters, and how many corrections hold. */
  readonly clusterNames?: readonly (string | null)[]
  readonly held?: HeldCorrections
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
  if (task.corrections?.plan.exact) return keptSeed(task, task.corrections)
  if (config.training === null || k === null) return fitSeed(task)
  const job: TrainingJob = { ...task, config: { ...config, k } }
  return withTrained(job, async ({ pipeline, history, clock }) => {
    const about = { method: config, k, seed, signal }
    const { inference, labels: own, state: rule } = await labelTrained(pipeline, dataset, about)
    const seconds = clock()
    const { labels, ...reported } = reportedLabels(job, own, k)
    const clusters = { ...reported.facts, trainedK: trainedRows(job).k }
    const model = modelFor(job, { ...clusters, weights: await toHost(pipeline.model.variables), state: {}, rule })
    const sheet = () => contactSheet(pipeline, dataset, createRandom(seed).split('contact sheet'))
    const views = beside === undefined ? await attempts.make('the contact sheet', sheet, null) : null
    return { ...reported.found, places: placesOf(dataset, inference), labels, model, views, history, seconds }
  })
}

/** The same of a method without training steps. */
async function fitSeed(job: SeedJob): Promise<TrainedSeed> {
  const { config, seed, registry, dataset, narrator, signal } = job
  const clock = stopwatch(0)
  narrator.note(`seed ${seed}: ${config.pipeline}`)
  const options = withClusters(config.options, config.k)
  const pipeline = registry.make('pipeline', config.pipeline, options) as ClassicalPipeline
  const learned = learnedPart(dataset)
  const sitting = { signal, embedding: holdsPlaces(dataset, pipeline) }
  const part = await pipeline.fit(learned, createRandom(seed).split('baseline'), sitting)
  const inference = learned === dataset ? part : await pipeline.predict(dataset, sitting)
  const places = placesOf(dataset, inference, pipeline)
  for (const notice of pipeline.notices?.() ?? []) narrator.note(`seed ${seed}: ${notice}`)
  const k = foundClusters(config.pipeline, registry, inference.labels) ?? config.k!
  const { labels, ...reported } = reportedLabels(job, inference.labels, k)
  const clusters = { ...reported.facts, trainedK: k }
  const model = modelFor(job, { ...clusters, weights: {}, state: pipeline.state(), rule: {} })
  return { ...reported.found, places, labels, model, views: null, history: [], seconds: clock() }
}

/** The labels that are reported, by corrections if there are any, and what model and run say of the clusters. */
function reportedLabels({ corrections }: SeedJob, own: Int32Array, k: number) {
  if (!corrections) return { labels: own, facts: { k }, found: { k } }
  const { plan, guide } = corrections
  const { labels, clusters, held } = correctedLabels(plan, guide, own)
  return { labels, facts: { k: plan.k, clusters }, found: { k: plan.k, held, ...named(clusters.names) } }
}

const named = (names: readonly (string | null)[]) =>
  names.some((name) => name !== null) ? { clusterNames: names } : {}

/** The model of the run that is corrected, where its clusters are merged and named and no more. */
async function keptSeed({ registry, dataset, signal }: SeedJob, corrections: RunCorrections): Promise<TrainedSeed> {
  const clock = stopwatch(0)
  const { plan, guide, before, corrected } = corrections
  const path = join(corrected.run, 'model.dclust')
  const bytes = await readFile(path).catch((error) => {
    throw new DataError(`Cannot read ${quoted(path)}: ${fileReason(error)}.`, { path }, error)
  })
  const earlier = await decodeModel(bytes, path)
  const { embedding } = await clusterModel(earlier, registry).infer(dataset, { signal })
  const { columns: width } = embedding
  const labels = before.labels.map((label) => plan.final[label])
  const places = heldPlaces(Float32Array.from(embedding.values), width)
  const { held } = correctedLabels(plan, guide, before.labels)
  const about = { k: plan.k, held, ...named(plan.names) }
  return { ...about, places, labels, model: keptModel(earlier, plan), views: null, history: [], seconds: clock() }
}

function modelFor(
  { config, seed, dataset }: SeedJob,
  found: Pick<ModelParts, 'k' | 'trainedK' | 'clusters' | 'weights' | 'state' | 'rule'>,
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
  return {
    name: data.name,
    options: others,
    ...(encoder && { encoder: { ...placedEncoder(encoder), ...(facts && { facts }) } }),
  }
}
