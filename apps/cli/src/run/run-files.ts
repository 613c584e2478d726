// How a run lies on disk, and how it is read again for `dclust report`.
import { DataError, type Dataset, quoted } from '@dc/core'
import { correctedOf, findLabelRule, findPreset, type KCurve } from '@dc/pipelines'
import { parseConfig, type RunConfig } from '../config/run-config'
import type { DataIssues } from '../issues/data-issues'
import { issueFiles } from '../issues/issues-csv'
import { meanAndDeviation } from '../report/numbers'
import type { BackendFacts, Environment, RunResult, SeedResult } from '../report/run-result'
import { reasonOf } from './defined'
import { readEpochs } from './epoch-lines'
import type { RunFolder } from './folder'
import { readLabelsCsv } from './labels-csv'
import { readPhases } from './phase-times'

const scoreNames = [
  'acc',
  'nmi',
  'ari',
  'ami',
  'purity',
  'meanClassAcc',
  'f1',
  'silhouette',
  'neighbourAgreement',
  'sizeBalance',
] as const
type ScoreSummary = Partial<Record<(typeof scoreNames)[number], number>> & {
  /** Of the metrics that the configuration asks for. */
  readonly scores?: Readonly<Record<string, number>>
}

/** Where a run keeps what spoke for its number of clusters, if that was looked for. */
export const kCurveFile = 'k-curve.json'

/** The curve of a run's folder. */
export const readKCurve = async (folder: RunFolder): Promise<Pick<RunResult, 'kCurve'>> =>
  folder.has(kCurveFile) ? { kCurve: await folder.readJson<KCurve>(kCurveFile) } : {}

/** What `metrics.json` holds, and what `--json` prints. */
export interface Metrics {
  readonly pipeline: string
  readonly supervised: boolean
  readonly recipe: string
  readonly labels: string
  /** `classNames`: what the numbers under `truth` in `labels.csv` stand for. */
  readonly dataset: { readonly name: string; readonly size: number; readonly classNames?: readonly string[] }
  readonly k: number
  /** By cluster, null where there is none; left out where no cluster has a name. */
  readonly clusterNames?: RunResult['clusterNames']
  /** How many corrections hold, of a run that went by corrections. */
  readonly corrections?: RunResult['corrections']
  /** What corrections of this run say that they are of. */
  readonly corrects?: RunResult['corrects']
  /** What spoke for it, if the number of clusters was looked for. */
  readonly kCurve?: RunResult['kCurve']
  /** Means over the seeds; their standard deviations under `sd` if there are several. */
  readonly final: ScoreSummary & { readonly sd?: ScoreSummary }
  /** Scores of the methods that every run is compared with; their labels are in `labels.csv`. */
  readonly baselines: RunResult['baselines']
  /** Mean ARI between the labels of every two seeds; null for one seed. */
  readonly seedAgreement: number | null
  readonly agreement: RunResult['agreement']
  /** What all labelings were scored in. */
  readonly space: string
  readonly verdict: string
  readonly warnings: RunResult['warnings']
  /** Facts of each cluster of the shown seed. */
  readonly clusters: RunResult['clusters']
  readonly seeds: readonly Omit<SeedResult, 'history'>[]
  readonly shownSeed: number
  readonly seconds: number
  readonly backend: string
  readonly backendDescription: string
  readonly backendAttempts: BackendFacts['attempts']
  readonly mapMethod: string
  readonly finishedAt: string
  /** What could not be made of the finished training, and why; usually nothing. */
  readonly failures: Readonly<Record<string, string>>
}

/** The run in numbers. */
export function metricsOf(run: RunResult): Metrics {
  const summary = (pick: 'mean' | 'deviation'): ScoreSummary => {
    const over = (names: readonly string[], of: (seed: SeedResult, name: string) => unknown) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const values = run.seeds.map((seed) => of(seed, name)).filter((value) => typeof value === 'number')
          return values.length === run.seeds.length ? [[name, meanAndDeviation(values)[pick]]] : []
        }),
      )
    const asked = Object.keys(run.seeds[0].scores ?? {})
    return {
      ...over(scoreNames, (seed, name) => seed[name as keyof SeedResult]),
      ...(asked.length > 0 && { scores: over(asked, ({ scores }, name) => scores?.[name]) }),
    }
  }
  return {
    pipeline: run.pipeline,
    supervised: run.supervised,
    recipe: run.recipe.name,
    labels: run.labelRule.name,
    dataset: { name: run.dataset.name, size: run.dataset.size, classNames: run.dataset.classNames },
    k: run.k,
    ...(run.clusterNames && { clusterNames: run.clusterNames }),
    ...(run.corrections && { corrections: run.corrections }),
    ...(run.corrects && { corrects: run.corrects }),
    ...(run.kCurve && { kCurve: run.kCurve }),
    final: { ...summary('mean'), ...(run.seeds.length > 1 ? { sd: summary('deviation') } : {}) },
    baselines: Object.fromEntries(
      Object.entries(run.baselines).map(([name, { labels: _, ...scores }]) => [name, scores]),
    ) as RunResult['baselines'],
    seedAgreement: run.seedAgreement,
    agreement: run.agreement,
    space: run.space,
    verdict: run.verdict,
    warnings: run.warnings,
    clusters: run.clusters,
    seeds: run.seeds.map(({ history: _, ...seed }) => seed),
    shownSeed: run.shownSeed,
    seconds: run.seconds,
    backend: run.backend.name,
    backendDescription: run.backend.description,
    backendAttempts: run.backend.attempts,
    mapMethod: run.shown.mapMethod,
    finishedAt: run.finishedAt,
    failures: run.failures,
  }
}

/** The configuration that a run was made with. @throws DataError, OptionError */
export async function readConfig(folder: RunFolder): Promise<RunConfig> {
  const name = 'config.resolved.json'
  const config = await folder.readJson(name)
  try {
    return parseConfig(config)
  } catch (error) {
    const path = folder.file(name)
    throw new DataError(`${quoted(path)}: ${reasonOf(error)}`, { path }, error)
  }
}

/**
 * A finished run from its folder.
 *
 * @param dataset the data that it was run on
 * @returns the run, and what is missing of it, a sentence each
 * @throws DataError if a file is missing or does not fit the data
 */
export async function readRun(folder: RunFolder, dataset: Dataset): Promise<{ run: RunResult; notes: string[] }> {
  const config = await readConfig(folder)
  const metrics = await folder.readJson<Metrics>('metrics.json')
  const { lines, broken } = await readEpochs(folder)
  const historyOf = (seed: number) => lines.filter((line) => line.seed === seed).map(({ logs }) => logs)
  const { baselines, ...shown } = await readLabels(folder, dataset.size)
  const run: RunResult = {
    pipeline: metrics.pipeline,
    supervised: metrics.supervised,
    recipe: findPreset(config.pipeline, config.preset),
    labelRule: findLabelRule(metrics.labels),
    dataset,
    k: metrics.k,
    ...(metrics.clusterNames && { clusterNames: metrics.clusterNames }),
    ...(metrics.corrections && { corrections: metrics.corrections }),
    ...(folder.has(issueFiles.json) && { issues: await folder.readJson<DataIssues>(issueFiles.json) }),
    corrects: metrics.corrects ?? (await correctedOf(dataset, shown.labels, metrics.k)),
    ...(await readKCurve(folder)),
    seeds: metrics.seeds.map((seed) => ({ ...seed, history: historyOf(seed.seed) })),
    phases: await readPhases(folder),
    shownSeed: metrics.shownSeed,
    shown: { ...shown, mapMethod: metrics.mapMethod },
    baselines: Object.fromEntries(
      Object.entries(metrics.baselines).map(([name, scores]) => [name, { ...scores, labels: baselines[name] }]),
    ) as RunResult['baselines'],
    // A folder of an earlier version has none of these.
    seedAgreement: metrics.seedAgreement ?? null,
    agreement: metrics.agreement ?? { methods: [], ari: [], nmi: [] },
    space: metrics.space ?? 'none',
    verdict: metrics.verdict ?? '',
    warnings: metrics.warnings ?? [],
    clusters: metrics.clusters ?? [],
    backend: {
      name: metrics.backend,
      description: metrics.backendDescription,
      attempts: metrics.backendAttempts,
    },
    seconds: metrics.seconds,
    finishedAt: metrics.finishedAt,
    failures: metrics.failures ?? {},
    config,
    environment: await folder.readJson<Environment>('env.json'),
  }
  const notes = broken.map((line) => `left out line ${line} of ${folder.file('metrics.jsonl')}, which is no epoch`)
  return { run, notes }
}

async function readLabels(folder: RunFolder, size: number) {
  const path = folder.file('labels.csv')
  const { labels, certainty, map, baselines } = await readLabelsCsv(path)
  if (labels.length !== size)
    throw new DataError(`${quoted(path)} has ${labels.length} rows, the data ${size}.`, { path, size })
  return { labels, certainty, map, baselines }
}
