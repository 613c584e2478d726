// How a run lies on disk, and how it is read again for `dclust report`.
import { DataError, type Dataset } from '@dc/core'
import { findLabelRule, findPreset } from '@dc/pipelines'
import { parseConfig, type RunConfig } from '../config/run-config'
import { meanAndDeviation } from '../report/numbers'
import type { BackendFacts, Environment, Labeling, RunResult, SeedResult } from '../report/run-result'
import { readEpochs } from './epoch-lines'
import type { RunFolder } from './folder'

const scoreNames = ['acc', 'nmi', 'ari', 'ami', 'purity', 'meanClassAcc', 'f1', 'silhouette'] as const
type ScoreSummary = Partial<Record<(typeof scoreNames)[number], number>> & {
  /** Of the metrics that the configuration asks for. */
  readonly scores?: Readonly<Record<string, number>>
}

/** What `metrics.json` holds, and what `--json` prints. */
export interface Metrics {
  readonly pipeline: string
  readonly supervised: boolean
  readonly recipe: string
  readonly labels: string
  /** `classNames`: what the numbers under `truth` in `labels.csv` stand for. */
  readonly dataset: { readonly name: string; readonly size: number; readonly classNames?: readonly string[] }
  readonly k: number
  /** Means over the seeds; their standard deviations under `sd` if there are several. */
  readonly final: ScoreSummary & { readonly sd?: ScoreSummary }
  readonly baselines: { readonly kmeans: RunResult['kmeans'] }
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
    final: { ...summary('mean'), ...(run.seeds.length > 1 ? { sd: summary('deviation') } : {}) },
    baselines: { kmeans: run.kmeans },
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

const header = 'row,label,truth,certainty,x,y'

/**
 * `labels.csv`: numbers only, so that nothing in it is a formula to a spreadsheet; `metrics.json` holds the names of the
 * classes. Empty fields where the truth is not known or a row is not on the map.
 */
export function labelsCsv({ labels, certainty, map }: Labeling, truth?: Int32Array): string {
  const number = (value: number) => (Number.isNaN(value) ? '' : value)
  const lines = Array.from(labels, (label, row) => {
    const known = truth && truth[row] >= 0 ? truth[row] : ''
    return [row, label, known, number(certainty[row]), number(map[2 * row]), number(map[2 * row + 1])].join(',')
  })
  return `${[header, ...lines].join('\n')}\n`
}

/** The configuration that a run was made with. @throws DataError, OptionError */
export async function readConfig(folder: RunFolder): Promise<RunConfig> {
  return parseConfig(await folder.readJson('config.resolved.json'))
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
  const run: RunResult = {
    pipeline: metrics.pipeline,
    supervised: metrics.supervised,
    recipe: findPreset(config.pipeline, config.preset),
    labelRule: findLabelRule(metrics.labels),
    dataset,
    k: metrics.k,
    seeds: metrics.seeds.map((seed) => ({ ...seed, history: historyOf(seed.seed) })),
    shownSeed: metrics.shownSeed,
    shown: { ...parseLabels(await folder.read('labels.csv'), dataset.size, folder), mapMethod: metrics.mapMethod },
    kmeans: metrics.baselines.kmeans,
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

function parseLabels(text: string, size: number, folder: RunFolder) {
  const lines = text.trimEnd().split('\n').slice(1)
  if (lines.length !== size)
    throw new DataError(`'${folder.file('labels.csv')}' has ${lines.length} rows, the data ${size}.`, { size })
  const field = (line: string, at: number) => line.split(',')[at]
  const number = (value: string) => (value === '' ? Number.NaN : Number(value))
  const map = new Float64Array(2 * size)
  lines.forEach((line, row) => {
    map[2 * row] = number(field(line, 4))
    map[2 * row + 1] = number(field(line, 5))
  })
  return {
    labels: Int32Array.from(lines, (line) => Number(field(line, 1))),
    certainty: Float64Array.from(lines, (line) => number(field(line, 3))),
    map,
  }
}
