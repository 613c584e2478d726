import { baselineTitle } from '../judge/baseline-names'
import { meanAndDeviation } from '../report/numbers'
import type { ComparedRun, ComparedScores } from './read-runs'

/** Mean and sample standard deviation over the seeds of which a value is known. */
export interface Summary {
  readonly mean: number
  /** Null for one seed. */
  readonly sd: number | null
  /** Seeds that have it. */
  readonly n: number
}

/** A run in a table of comparison. */
export interface Line {
  readonly run: string
  /** Values of the settings that differ among the runs. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly seeds: readonly number[]
  /** Null where no seed has it. */
  readonly scores: Readonly<Record<string, Summary | null>>
  readonly seconds: Summary
}

/** Runs side by side. */
export interface Comparison {
  /** Paths of the settings in which the runs differ. */
  readonly settings: readonly string[]
  readonly scores: readonly string[]
  readonly lines: readonly Line[]
  /** k-means, spectral clustering and Leiden on the same data, a line for each and each data set. */
  readonly baselines: readonly Line[]
}

/** Puts runs side by side: what differs in their settings, and each score over their seeds. */
export function compareRuns(runs: readonly ComparedRun[]): Comparison {
  const flat = runs.map(({ config: { seeds: _, ...config }, dataset, rowsChecksum, k, backend }) => ({
    ...leaves(config),
    // The same file may have held other rows.
    ...(rowsChecksum && { 'data.checksum': rowsChecksum.slice(0, 8) }),
    k,
    rows: dataset.size,
    backend,
  }))
  const paths = [...new Set(flat.flatMap((each) => Object.keys(each)))]
  const settings = paths.filter((path) => new Set(flat.map((each) => JSON.stringify(at(each, path)))).size > 1)
  const scores = [...new Set(runs.flatMap(({ seeds }) => seeds.flatMap((seed) => Object.keys(seed.scores))))]
  const lines = runs.map(({ run, seeds }, place) => line(run, settingsAt(settings, flat[place]), seeds, scores))
  return { settings, scores, lines, baselines: baselineLines(runs, flat, settings, scores) }
}

/** Runs by the rows that they are on, each group in its order. Runs whose rows are not known stand with those of the same name and number. */
export function byRows(runs: readonly ComparedRun[]): ComparedRun[][] {
  const groups = new Map<string, ComparedRun[]>()
  for (const run of runs) {
    const key = run.rowsChecksum ?? JSON.stringify([run.dataset.name, run.dataset.size])
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()]
}

type Seeded = ComparedScores & { readonly seed: number }

function line(run: string, settings: Line['settings'], seeds: readonly Seeded[], scores: readonly string[]): Line {
  return {
    run,
    settings,
    seeds: seeds.map(({ seed }) => seed),
    scores: Object.fromEntries(
      scores.map((name) => [name, summary(seeds.map((seed) => seed.scores[name]).filter(isKnown))]),
    ),
    seconds: summary(seeds.map(({ seconds }) => seconds))!,
  }
}

const at = (each: object, path: string) => (each as Record<string, unknown>)[path]
const settingsAt = (paths: readonly string[], own: object) =>
  Object.fromEntries(paths.map((path) => [path, at(own, path)]))

/** Settings that a baseline depends on. */
const isOfData = (path: string) => path === 'k' || path === 'rows' || path.split('.')[0] === 'data'

/** Runs on the same data and clusters were compared with the same baselines; each first seed counts once. */
function baselineLines(
  runs: readonly ComparedRun[],
  flat: readonly object[],
  settings: readonly string[],
  scores: readonly string[],
): Line[] {
  const paths = settings.filter(isOfData)
  const groups = new Map<string, { settings: Line['settings']; seeds: Map<string, Map<number, Seeded>> }>()
  runs.forEach(({ baselines, seeds: [{ seed }] }, place) => {
    const own = settingsAt(paths, flat[place])
    const key = JSON.stringify(own)
    const group = groups.get(key) ?? { settings: own, seeds: new Map() }
    groups.set(key, group)
    for (const [name, found] of Object.entries(baselines)) {
      const of = group.seeds.get(name) ?? new Map<number, Seeded>()
      group.seeds.set(name, of)
      if (!of.has(seed)) of.set(seed, { seed, ...found })
    }
  })
  return [...groups.values()].flatMap((group) =>
    [...group.seeds].map(([name, seeds]) =>
      line(
        baselineTitle(name),
        group.settings,
        [...seeds.values()].sort((a, b) => a.seed - b.seed),
        scores,
      ),
    ),
  )
}

const isKnown = (value: number | null | undefined): value is number => typeof value === 'number'

function summary(values: readonly number[]): Summary | null {
  if (values.length === 0) return null
  const { mean, deviation } = meanAndDeviation(values)
  return { mean, sd: values.length > 1 ? deviation : null, n: values.length }
}

/** The values without members, by their path. A part called by its name alone is `{ name }`. */
export function leaves(value: unknown, path = ''): Record<string, unknown> {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return { [path]: value }
  return Object.assign({}, ...Object.entries(value).map(([name, member]) => leaves(member, below(name))))
}
