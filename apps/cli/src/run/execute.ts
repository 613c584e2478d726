import { type BackendChoice, createRandom, type Dataset, DcError, OptionError, type Registry } from '@dc/core'
import { availableProducts, type Products } from '@dc/spectral'
import type { Inference } from '@dc/trainer'
import { findLabelRule, findPreset } from '../config/resolve'
import type { RunConfig } from '../config/run-config'
import { certainty } from '../report/certainty'
import { layOut } from '../report/map2d'
import { renderReport } from '../report/page'
import type { Environment, RunResult, SeedResult, UnseenScores } from '../report/run-result'
import type { Narrator } from '../terminal/narrator'
import { kmeansBaseline } from './baseline'
import type { RunFolder } from './folder'
import { labelsCsv, metricsOf } from './run-files'
import { score } from './scores'
import { type TrainedSeed, trainSeed } from './train-seed'
import { keepUnseen, type SplitByClass, scoreUnseen } from './unseen'

/** Everything a run needs, checked and loaded. */
export interface Job {
  readonly config: RunConfig & { readonly k: number }
  readonly registry: Registry
  /** The rows that are clustered and scored. */
  readonly dataset: Dataset
  /** Those of other classes that are trained on, if these are not the same. */
  readonly training?: SplitByClass['training']
  readonly backend: BackendChoice
  readonly folder: RunFolder
  readonly narrator: Narrator
  readonly signal?: AbortSignal
}

/** Reads the data that a configuration names. @throws DataError if that fails */
export const readData = async ({ data }: RunConfig, registry: Registry): Promise<Dataset> =>
  registry.create('dataset', data.name, data.options)

/**
 * The rows that are clustered, those that are trained on if they are others, and k.
 *
 * @param whole as {@link readData} gave it
 * @throws OptionError if k is missing, or more than there are rows
 */
export function settleRows(
  config: RunConfig,
  whole: Dataset,
): { dataset: Dataset; k: number; training?: SplitByClass['training'] } {
  const split = config.unseen === null ? undefined : keepUnseen(whole, config.unseen)
  const dataset = split?.unseen ?? whole
  const classes = new Set(dataset.labels?.filter((label) => label >= 0) ?? []).size
  const k = config.k ?? classes
  if (config.k === null && classes < 2)
    throw new OptionError('--k', undefined, `a number of clusters; '${dataset.name}' has no labels to count`)
  if (k > dataset.size)
    throw new OptionError('--k', k, `at most ${dataset.size}, the number of rows of '${dataset.name}'`)
  return { dataset, k, training: split?.training }
}

/**
 * Runs k-means and every seed, and writes the run folder.
 *
 * @returns null if the signal interrupted it; checkpoints and the epochs so far are then in the folder
 */
export async function execute(job: Job): Promise<RunResult | null> {
  const { config, dataset, folder, narrator } = job
  const start = performance.now()
  const products = await availableProducts()
  const baseline = await runBaseline(job, products)

  const seeds: SeedResult[] = []
  let shown: { seed: number; trained: TrainedSeed } | undefined
  for (const seed of config.seeds) {
    const trained = await trainSeed({ ...job, seed })
    if (!trained) return null
    const { inference, labels, history, seconds } = trained
    const scored = { labels, k: config.k, truth: dataset.labels, space: inference.embedding, width: inference.width }
    const unseen = await besideOthers({ ...job, seed }, inference, products)
    if (!unseen) return null
    const held = unseen.length > 0 ? { unseen } : {}
    seeds.push({ seed, epochs: history.length, history, ...score({ ...scored, products }), ...held, seconds })
    shown ??= { seed, trained }
    narrator.seedEnds(seeds.at(-1)!)
  }
  if (!shown) throw new DcError('No seed was run.')

  narrator.note('drawing the report')
  const { seed, trained } = shown
  const { embedding, width } = trained.inference
  const { map, method } = layOut(embedding, dataset.size, width, seed)
  const run: RunResult = {
    pipeline: config.pipeline,
    supervised: job.registry.get('pipeline', config.pipeline).metadata?.supervised === true,
    recipe: findPreset(config.pipeline, config.preset),
    labelRule: findLabelRule(config.labels),
    dataset,
    k: config.k,
    seeds,
    shownSeed: seed,
    shown: {
      labels: trained.labels,
      certainty: certainty(embedding, width, trained.labels, config.k),
      map,
      mapMethod: method,
    },
    kmeans: baseline,
    backend: job.backend,
    seconds: (performance.now() - start) / 1000,
    finishedAt: new Date().toISOString(),
    config,
    // As it stands in the folder now: trainings have added to it.
    environment: await folder.readJson<Environment>('env.json'),
  }
  await folder.write('labels.csv', labelsCsv(run))
  if (trained.views) await folder.write('views.png', trained.views)
  await folder.write('report.html', await renderReport(run, dataset, trained.views))
  // Last, so that a folder with metrics.json is a finished run.
  await folder.writeJson('metrics.json', metricsOf(run))
  return run
}

/**
 * Of a run on unseen classes: scores of the input, of the trainings that this one is compared with, and of its own
 * embedding. Null if the signal interrupted it.
 */
async function besideOthers(
  job: Job & { readonly seed: number },
  own: Inference,
  products: Products | null,
): Promise<UnseenScores[] | null> {
  const { config, dataset, training, seed, narrator } = job
  if (!training || !dataset.labels) return []
  const truth = dataset.labels
  const scores = (name: string, space: Pick<Inference, 'embedding' | 'width'>) =>
    scoreUnseen(name, space, truth, seed, products)
  const embedding = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
  const found = [scores('input', { embedding, width: embedding.length / dataset.size })]
  for (const [name, options] of Object.entries(config.beside)) {
    narrator.note(`seed ${seed}: ${name}, to compare with`)
    const other = await trainSeed({
      ...job,
      config: { ...config, options: { ...config.options, ...options } },
      beside: name,
    })
    if (!other) return null
    found.push(scores(name, other.inference))
  }
  return [...found, scores(config.pipeline, own)]
}

/** The baseline and its scores; the silhouette is of the rows at hand. */
async function runBaseline(
  { config, dataset, narrator }: Job,
  products: Products | null,
): Promise<RunResult['kmeans']> {
  narrator.note('k-means on the input')
  const start = performance.now()
  const random = createRandom(config.seeds[0]).split('baseline')
  const { labels, method, ...rest } = await kmeansBaseline(dataset, { k: config.k, random, products })
  const seconds = (performance.now() - start) / 1000
  const scores = score({ labels, k: config.k, truth: dataset.labels, ...rest, products })
  return { ...scores, seconds, method }
}
