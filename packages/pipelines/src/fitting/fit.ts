import {
  type ClassicalPipeline,
  createRandom,
  DataError,
  type Dataset,
  type NamedArrays,
  OptionError,
  pluginReference,
  type Registry,
  throwIfInterrupted,
} from '@dc/core'
import { type HostTensor, toHost } from '@dc/trainer'
import { checkPipeline } from '../assemble'
import { type Correcting, correcting } from '../corrections/correcting'
import { correctedLabels, learnedPart } from '../corrections/finish'
import { placedEncoder } from '../encoders/encoder-place'
import { encoderReference } from '../encoders/encoder-reference'
import type { UsedEncoder } from '../encoders/through-encoder'
import { finders, foundClusters, withClusters } from '../found-clusters'
import { type KCurve, kCurve } from '../k-curve/k-curve'
import { classesOf, knownRows } from '../known-rows'
import { clusterModel } from '../model/cluster-model'
import type { ModelData } from '../model/model-data'
import { modelOf } from '../model/model-of'
import { holdsPlaces, type Places, placesOf } from '../places'
import { readAs } from '../read-path'
import { fitRows } from '../recipes/fit-rows'
import { defaultPreset, recipeOf } from '../recipes/presets'
import { type Method, methodOf } from '../recipes/recipe'
import { rowKind } from '../recipes/row-kind'
import { startBy, startingMethod } from '../recipes/starting'
import type { Typed } from '../recipes/typed'
import { assemble } from '../registry'
import { type AnyRows, datasetOf } from '../rows'
import { backboneOf, startFromBackbone } from './backbone'
import { requireBackend } from './backend'
import { certainty } from './certainty'
import { checkFitOptions } from './check-options'
import type { FitOptions } from './fit-options'
import type { Fitted } from './fitted'
import { keptFit } from './kept-fit'
import { labelTrained } from './label-trained'
import { labelledBy } from './labelled-by'
import { progressOf } from './progress'
import { type History, trainMethod } from './train-method'

/**
 * Fits a method to rows: reads them, trains what is to be trained, and labels them. True labels of a data set are looked at
 * by supervised methods alone.
 *
 * @param data rows in any form
 * @returns the labels, and a model that labels new rows and can be saved; nothing of it holds tensors
 * @throws OptionError, UnknownPluginError for options that cannot be; DataError, ShapeError for rows that cannot be;
 * InterruptedError once the signal is aborted
 * @example
 * const found = await fit([[0, 0], [0, 1], [9, 9], [9, 8]], { method: 'kmeans', k: 2 })
 * found.labels // [0, 0, 1, 1] or [1, 1, 0, 0]
 * await found.predict([[8, 8]])
 */
export async function fit(data: AnyRows, options: FitOptions): Promise<Fitted> {
  checkFitOptions(options)
  const { registry = assemble(), seed = 0, signal } = options
  if (!Number.isSafeInteger(seed) || seed < 0) throw new OptionError('seed', seed, 'an integer ≥ 0')
  const name = options.method
  const { traits = {} } = registry.get('pipeline', name)
  throwIfInterrupted(signal)
  const report = progressOf(options.onProgress)
  report('reading')
  const encoder = usedEncoder(options, registry)
  const read = await datasetOf(data, 'data', encoder && { encoder }, {
    encoders: registry,
    onPhase: report.part,
    ...(signal && { signal }),
  })
  if (read.texts) throw new OptionError('encoder', options.encoder, 'one that describes texts, for the rows are texts')
  const correct = options.corrections && (await correctionsOf(options, read, seed, registry))
  if (correct?.plan.exact) return keptFit(options.init!, correct, registry)
  const dataset = correct?.dataset ?? read
  const known = traits.supervised ? supervisedRows(dataset, name) : undefined
  const finds = traits.findsClusters === true && (options.k === undefined || options.k === 'auto')
  const curve = options.k === 'auto' && !finds ? await countClusters(dataset, options, seed) : undefined
  const asked = correct?.plan.fitted ?? (options.k === 'auto' ? curve?.k : options.k)
  const k = finds ? null : clustersOf(asked, dataset, registry)
  const rows = known?.dataset ?? learnedPart(dataset)
  const trainedK = known?.k ?? k
  const { method, notes } = settle(options, dataset, { rows: rows.size, k: trainedK }, registry)
  const about = await readingOf(
    data,
    encoder && dataset.encoder && { ...placedEncoder(encoder), facts: dataset.encoder },
  )
  const task = { method, seed, registry, dataset, about, curve, correct }
  if (k === null || trainedK === null || traits.classical) return fitClassical(task, k, notes, report, signal)
  await requireBackend()
  const job = { ...task, k, trainedK }
  const { history, labelled, weights } = await fitTrained(job, rows, report, options)
  const { inference, labels, state } = labelled
  return fitted(
    job,
    notes,
    history,
    { labels, places: placesOf(dataset, inference) },
    { weights, state: {}, rule: state },
  )
}

async function correctionsOf(
  { corrections, init, method, signal }: FitOptions,
  dataset: Dataset,
  seed: number,
  registry: Registry,
): Promise<Correcting> {
  const { k, clusterNames: names } = init!
  const labels = 'labels' in init! ? init.labels : await init!.predict(dataset, { signal })
  const before = { method: init!.method, labels, k, ...(names && { names }) }
  const random = createRandom(seed).split('corrections')
  return correcting(corrections, before, dataset, { method, registry, random, ...(signal && { signal }) })
}

function usedEncoder({ encoder }: FitOptions, registry: Registry): UsedEncoder | undefined {
  if (encoder === undefined) return undefined
  if (typeof encoder === 'string') return encoderReference(encoder, registry) ?? undefined
  return pluginReference(encoder, 'encoder')
}

/** How the rows were read, for whoever labels others. */
async function readingOf(data: AnyRows, encoder: UsedEncoder | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (typeof data !== 'string' && !encoder) return {}
  return { data: { ...(typeof data === 'string' && (await readAs(data))), ...(encoder && { encoder }) } }
}

/** What is fitted to what. */
interface Job {
  readonly method: Method
  readonly k: number
  readonly trainedK: number
  readonly seed: number
  readonly registry: Registry
  readonly dataset: Dataset
  /** How the rows were read. */
  readonly about: Readonly<Record<string, unknown>>
  readonly curve?: KCurve
  readonly correct?: Correcting
}

type Report = ReturnType<typeof progressOf>

async function fitClassical(
  task: Omit<Job, 'k' | 'trainedK'>,
  k: number | null,
  notes: readonly string[],
  report: Report,
  signal?: AbortSignal,
): Promise<Fitted> {
  const { method, seed, registry, dataset } = task
  report(method.pipeline)
  const pipeline = registry.make('pipeline', method.pipeline, withClusters(method.options, k)) as ClassicalPipeline
  const learned = learnedPart(dataset)
  const sitting = { signal, embedding: holdsPlaces(dataset, pipeline) }
  const part = await pipeline.fit(learned, createRandom(seed).split('baseline'), sitting)
  const rows = learned === dataset ? part : await pipeline.predict(dataset, sitting)
  throwIfInterrupted(signal)
  const told = [...notes, ...(pipeline.notices?.() ?? [])]
  const found = foundClusters(method.pipeline, registry, rows.labels) ?? k!
  const job = { ...task, k: found, trainedK: found }
  return fitted(
    job,
    told,
    [],
    { labels: rows.labels, places: placesOf(dataset, rows, pipeline) },
    { weights: {}, state: pipeline.state(), rule: {} },
  )
}

async function fitTrained(job: Job, rows: Dataset, report: Report, { signal, callbacks: told = [] }: FitOptions) {
  const { method, k, trainedK, seed, registry, dataset } = job
  const training = { seed, registry, dataset: rows, k: trainedK, signal }
  const start = startingMethod(method, { rows: rows.size, k: trainedK }, registry)
  let backbone: Record<string, HostTensor> | undefined
  if (start) {
    const name = `start by ${method.start!.pipeline}`
    report(name)
    const first = start.labelledBy ? await labelledBy(start.labelledBy, rows, { ...training, k: trainedK }) : rows
    const callbacks = [report.training(name), ...told]
    backbone = await trainMethod({ ...training, dataset: first, method: start.config, callbacks }, ({ model }) =>
      toHost(backboneOf(model.variables)),
    )
  }
  return trainMethod(
    {
      ...training,
      method,
      callbacks: [report.training('training'), ...told],
      begin: (pipeline) => backbone && startFromBackbone(backbone, pipeline),
    },
    async (pipeline, history) => {
      report('labelling')
      const labelled = await labelTrained(pipeline, dataset, { method, k, seed, signal })
      return { history, labelled, weights: await toHost(pipeline.model.variables) }
    },
  )
}

async function fitted(
  { method, k: own, trainedK, seed, registry, dataset, about, curve, correct }: Job,
  notes: readonly string[],
  history: History,
  { labels: found, places }: { readonly labels: Int32Array; readonly places: Places },
  arrays: { weights: ModelData['weights']; state: NamedArrays; rule: NamedArrays },
): Promise<Fitted> {
  const corrected = correct && correctedLabels(correct.plan, correct.guide, found)
  const labels = corrected?.labels ?? found
  const k = correct?.plan.k ?? own
  const clusters = corrected?.clusters
  const data = modelOf({ method, k, trainedK, seed, dataset, about, ...(clusters && { clusters }), ...arrays })
  const sure = await certainty(places, labels, k)
  return Object.freeze({
    ...clusterModel(data, registry),
    labels,
    ...(corrected && { corrections: corrected.held }),
    certainty: sure,
    history,
    notes,
    ...(curve && { kCurve: curve }),
  })
}

/** The number of clusters by the rows alone. */
function countClusters(dataset: Dataset, { onProgress, signal }: FitOptions, seed: number): Promise<KCurve> {
  return kCurve(dataset, {
    random: createRandom(seed).split('clusters'),
    onProgress: (done, total) => onProgress?.({ phase: 'number of clusters', done, total }),
    signal,
  })
}

function supervisedRows(dataset: Dataset, method: string) {
  const { length } = classesOf(dataset)
  if (length < 2)
    throw new DataError(`${method} is supervised and needs rows of two classes at least; there are ${length}.`)
  return knownRows(dataset)
}

/** @throws OptionError if it is not given and not known, or cannot be */
function clustersOf(given: number | undefined, dataset: Dataset, registry: Registry): number {
  const k = given ?? classesOf(dataset).length
  if (given === undefined && k < 2)
    throw new OptionError(
      'k',
      given,
      `a number of clusters, or 'auto', for the data have no labels to count; or a method that finds it: ${finders(registry).join(', ')}`,
    )
  if (!Number.isInteger(k) || k < 2 || k > dataset.size)
    throw new OptionError('k', k, `an integer from 2 to ${dataset.size}, the number of rows`)
  return k
}

/** The method with all its values, fitted to few rows; what was given holds. */
function settle(
  given: FitOptions,
  dataset: Dataset,
  size: { rows: number; k: number | null },
  registry: Registry,
): { method: Method; notes: readonly string[] } {
  const name = given.method
  const recipe = recipeOf(name, given.preset ?? defaultPreset(name, rowKind(dataset)), registry)
  if (recipe.training === null && given.training !== undefined)
    throw new OptionError('training', given.training, `nothing: ${name} has no training steps`)
  if (recipe.training === null && given.start !== undefined)
    throw new OptionError('start', given.start, `nothing: ${name} has no training steps`)
  if (given.start !== undefined) registry.get('pipeline', given.start)
  const options = { ...recipe.options, ...given.options }
  const method = methodOf({
    ...recipe,
    options,
    training: recipe.training && { ...recipe.training, ...given.training },
    labels: given.labels ?? recipe.labels,
    ...(given.start !== undefined && { start: startBy(given.start) }),
    // Classes are kept from training by those who have something to compare with.
    unseen: null,
    beside: {},
  })
  checkPipeline(name, withClusters(method.options, size.k), registry)
  const notices = dataset.notices ?? []
  if (size.k === null) return { method, notes: notices }
  const { config, notes } = fitRows(method, { ...size, k: size.k }, typedOptions(given), registry)
  return { method: config, notes: [...notices, ...notes] }
}

/** Which values were given: they are not changed to fit few rows. */
function typedOptions({ options = {}, training = {} }: FitOptions): Typed {
  const given: Record<string, unknown> = { options, training }
  return {
    source(path) {
      let at: unknown = given
      for (const key of path.split('.')) {
        if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null
        at = (at as Record<string, unknown>)[key]
      }
      return at === undefined ? null : path
    },
  }
}
