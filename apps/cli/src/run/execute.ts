import { type BackendChoice, type Dataset, DcError, letEventsIn, type Registry } from '@dc/core'
import { checksum, datasetChecksum } from '@dc/core/cache'
import {
  allRows,
  certainty,
  correctedOf,
  encodeModel,
  findLabelRule,
  findPreset,
  type Places,
  readOnHost,
  rowWidth,
} from '@dc/pipelines'
import { availableProducts, type Products } from '@dc/spectral'
import { lastRun } from '../compare/last-run'
import type { RunConfig } from '../config/run-config'
import type { RunCorrections } from '../corrections/go-by'
import { tellHeld } from '../corrections/tell-held'
import { atlasCommand, atlasFile } from '../elsewhere/atlas'
import { writeElsewhere } from '../elsewhere/write-elsewhere'
import { dataIssues } from '../issues/data-issues'
import { issueFiles, issuesCsv } from '../issues/issues-csv'
import { baselineTitle } from '../judge/baseline-names'
import { runBaselines } from '../judge/baselines'
import { clusterFacts } from '../judge/cluster-facts'
import { commonSpace } from '../judge/common-space'
import { judge } from '../judge/judge'
import { layOut, nowhere } from '../report/map2d'
import { renderReport } from '../report/page'
import type { Baselines, Environment, Labeling, RunResult, SeedResult, UnseenScores } from '../report/run-result'
import type { Narrator } from '../terminal/narrator'
import type { Live } from '../watch/live'
import { askedScores } from './asked-scores'
import { createAttempts } from './attempts'
import { writeFirstLabels } from './first-labels'
import type { RunFolder } from './folder'
import { labelsCsv } from './labels-csv'
import { readPhases } from './phase-times'
import { metricsOf, readKCurve } from './run-files'
import { type Scored, score } from './scores'
import { type TrainedSeed, trainSeed } from './train-seed'
import type { SeedJob } from './training'
import { scoreUnseen, type Training } from './unseen'

/** Everything a run needs, checked and loaded. */
export interface Job {
  /** Its k is null where the method finds it. */
  readonly config: RunConfig
  readonly registry: Registry
  /** The rows that are clustered and scored. */
  readonly dataset: Dataset
  /** Those that are trained on, if these are not the same. */
  readonly training?: Training
  /** What a person has said of the clusters of an earlier run, if this one goes by that. */
  readonly corrections?: RunCorrections
  /** Is told what the training does, of a run that is watched. */
  readonly live?: Live
  readonly backend: BackendChoice
  readonly folder: RunFolder
  readonly narrator: Narrator
  readonly signal?: AbortSignal
}

/** Of fewer rows the run's own labels are there soon. */
const manyRows = 1000

/**
 * Runs the baselines and every seed, and writes the run folder. What a finished training can do without (a score, the map, the
 * contact sheet, the report) never ends the run: it is told and noted under `failures`.
 *
 * @throws InterruptedError once the signal is aborted; checkpoints and the epochs so far are then in the folder
 */
export async function execute(job: Job): Promise<RunResult> {
  const { config, dataset, folder, narrator, signal } = job
  const start = performance.now()
  const products = await availableProducts()
  const attempts = createAttempts(narrator)
  if (config.k !== null && config.training !== null && dataset.size >= manyRows) {
    const first = { ...job, k: config.k, seed: config.seeds[0], products }
    await attempts.make('the first labels', () => writeFirstLabels(first), undefined)
  }
  const space = await attempts.make(
    'the space of the scores',
    () => commonSpace(dataset, products, { signal }),
    undefined,
  )
  const scored: Omit<Scored, 'labels' | 'k'> = {
    truth: dataset.labels,
    space: space ?? attempts.failures['the space of the scores'],
    products,
    asked: asked(job),
  }
  const compared = async (k: number) => {
    narrator.note('k-means, spectral clustering and Leiden on the input, to compare with')
    const about = { dataset, k, seed: config.seeds[0], space, products, attempts, signal }
    return scoredBaselines(await runBaselines(about), scored)
  }
  const factsOf = (labels: Int32Array, k: number) => {
    const others = config.seeds.slice(1).map((seed, at) => [`seed ${seed}`, seedLabels[1 + at]] as const)
    const compared = { ...titled(labelsOf(baselines!)), ...Object.fromEntries(others) }
    return clusterFacts(labels, k, space, compared, products)
  }
  const clusters = job.corrections?.plan.k ?? config.k
  let baselines = clusters === null ? undefined : await compared(clusters)
  const data = await checksumOf(job)

  const seeds: SeedResult[] = []
  const seedLabels: Int32Array[] = []
  let shown: { seed: number; trained: TrainedSeed; labeling: Labeling } | undefined
  for (const seed of config.seeds) {
    const trained = await trainSeed({ ...job, seed, data, attempts })
    const { k, places, labels, history, seconds } = trained
    // With as many clusters as the first seed has found.
    baselines ??= await compared(k)
    if (!shown) {
      const sure = await certainty(places, labels, k)
      shown = { seed, trained, labeling: { labels, certainty: sure, map: nowhere(dataset.size), mapMethod: 'none' } }
      // At once, so that they are kept whatever comes; the places on the map are added at the end.
      await folder.write('labels.csv', labelsCsv(shown.labeling, dataset, labelsOf(baselines), trained.clusterNames))
      if (trained.held) tellHeld(trained.held, narrator)
      const { model } = trained
      await attempts.make('the model', async () => folder.write('model.dclust', await encodeModel(model)), undefined)
    }
    await letEventsIn(signal)
    const scores = score({ ...scored, labels, k })
    seedLabels.push(labels)
    const unseen = await besideOthers({ ...job, seed, data, attempts }, places, products)
    seeds.push({ seed, epochs: history.length, history, ...scores, ...(unseen.length > 0 && { unseen }), seconds })
    narrator.seedEnds(seeds.at(-1)!)
  }
  if (!shown || !baselines) throw new DcError('No seed was run.')

  await letEventsIn(signal)
  narrator.note('drawing the report')
  const { seed, trained, labeling } = shown
  const lay = () => layOut(trained.places, dataset.size, seed, signal)
  const { map, method } = await attempts.make('the map', lay, { map: labeling.map, method: labeling.mapMethod })
  const checksums = () => correctedOf(dataset, labeling.labels, trained.k)
  const corrects = await attempts.make('what corrections are of', checksums, undefined)
  const issues = space && (await attempts.make('the data issues', async () => dataIssues(dataset, space), undefined))
  const finishedAt = new Date().toISOString()
  const last = await lastRun(folder.path, { corrects, finishedAt, config })
  const run: RunResult = {
    pipeline: config.pipeline,
    supervised: job.registry.get('pipeline', config.pipeline).traits?.supervised === true,
    recipe: findPreset(config.pipeline, config.preset),
    labelRule: findLabelRule(config.labels),
    dataset,
    k: trained.k,
    ...(trained.clusterNames && { clusterNames: trained.clusterNames }),
    ...(trained.held && { corrections: trained.held }),
    ...(corrects && { corrects }),
    ...(issues && { issues }),
    ...(await readKCurve(folder)),
    seeds,
    phases: await readPhases(folder),
    shownSeed: seed,
    shown: { ...labeling, map, mapMethod: method },
    baselines,
    space: space?.description ?? 'none',
    clusters: await attempts.make('the facts of the clusters', () => factsOf(labeling.labels, trained.k), []),
    ...judge({
      ...job,
      ...{ pipeline: config.pipeline, seeds, seedLabels, baselines, askedK: clusters },
      steps: config.training && { ...config.training, rows: (job.training?.dataset ?? dataset).size },
    }),
    backend: job.backend,
    seconds: (performance.now() - start) / 1000,
    finishedAt,
    ...(last && { last }),
    failures: { ...attempts.failures },
    config,
    // As it stands in the folder now: trainings have added to it.
    environment: await folder.readJson<Environment>('env.json'),
  }
  for (const { message } of run.warnings) narrator.note(`warning: ${message}`)
  await folder.write('labels.csv', labelsCsv(run.shown, dataset, labelsOf(baselines), trained.clusterNames))
  const draw = async () => {
    if (issues) await folder.write(issueFiles.csv, issuesCsv(issues, dataset))
    if (issues) await folder.writeJson(issueFiles.json, issues)
    if (trained.views) await folder.write('views.png', trained.views)
    await folder.write('report.html', await renderReport(run, dataset, trained.views, signal))
  }
  await attempts.make('the report', draw, undefined)
  await attempts.make('the files for other tools', () => writeElsewhere(folder, run, dataset), undefined)
  narrator.note(`look at the rows in embedding-atlas: ${atlasCommand(folder.file(atlasFile), dataset)}`)
  const finished = { ...run, failures: { ...attempts.failures } }
  // Last, so that a folder with metrics.json is a finished run.
  await folder.writeJson('metrics.json', metricsOf(finished))
  return finished
}

/**
 * Of a run on unseen classes: scores of the input, of the trainings that this one is compared with, and of its own
 * embedding.
 */
async function besideOthers(
  job: Job & Pick<SeedJob, 'seed' | 'data' | 'attempts'>,
  own: Places,
  products: Products | null,
): Promise<UnseenScores[]> {
  const { config, dataset, training, seed, narrator, attempts } = job
  if (config.unseen === null || !training || !dataset.labels) return []
  const truth = dataset.labels
  const scores = (name: string, space: Parameters<typeof scoreUnseen>[1]) =>
    scoreUnseen(name, space, truth, seed, products)
  const placed = async ({ width, read }: Places) => ({ embedding: await read(allRows(dataset)), width })
  const found = [scores('input', { embedding: await readOnHost(dataset, allRows(dataset)), width: rowWidth(dataset) })]
  for (const [name, options] of Object.entries(config.beside)) {
    narrator.note(`seed ${seed}: ${name}, to compare with`)
    const merged = { ...config, options: { ...config.options, ...options } }
    const part = `the training '${name}'`
    const other = await attempts.make(part, () => trainSeed({ ...job, config: merged, beside: name }), undefined)
    await letEventsIn(job.signal)
    found.push(other ? scores(name, await placed(other.places)) : unscored(name, attempts.failures[part]))
  }
  return [...found, scores(config.pipeline, await placed(own))]
}

/** Of a training that failed. */
const unscored = (name: string, why: string): UnseenScores => ({
  name,
  nmi: null,
  nmiSpectral: null,
  recall: {},
  undefinedScores: { training: why },
})

const asked = ({ config, registry }: Job) => askedScores(config.scores, registry)

/** What a checkpoint is of: all rows that are trained on, decide when to end, or are labelled. */
async function checksumOf({ dataset, training }: Job): Promise<string> {
  const parts = training
    ? [dataset, training.dataset, ...(training.validation ? [training.validation] : [])]
    : [dataset]
  const sums: string[] = []
  for (const part of parts) sums.push(await datasetChecksum(part))
  return sums.length === 1 ? sums[0] : checksum(sums.join())
}

/** Baselines with their scores. */
function scoredBaselines(
  found: Awaited<ReturnType<typeof runBaselines>>,
  scored: Omit<Scored, 'labels' | 'k'>,
): Baselines {
  return Object.fromEntries(
    Object.entries(found).map(([name, { labels, k, ...facts }]) => [
      name,
      { ...score({ ...scored, labels, k }), ...facts, k, labels },
    ]),
  ) as Baselines
}

const titled = (labelings: Record<string, Int32Array>) =>
  Object.fromEntries(Object.entries(labelings).map(([name, labels]) => [baselineTitle(name), labels]))

const labelsOf = (baselines: Baselines): Record<string, Int32Array> =>
  Object.fromEntries(Object.entries(baselines).flatMap(([name, { labels }]) => (labels ? [[name, labels]] : [])))
