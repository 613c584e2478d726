import { meanAndDeviation } from '../report/numbers'
import type { ComparedRun } from './read-runs'

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
}

/** Puts runs side by side: what differs in their settings, and each score over their seeds. */
export function compareRuns(runs: readonly ComparedRun[]): Comparison {
  const flat = runs.map(({ config: { seeds: _, ...config }, dataset, k, backend }) => ({
    ...leaves(config),
    k,
    rows: dataset.size,
    backend,
  }))
  const paths = [...new Set(flat.flatMap((each) => Object.keys(each)))]
  const at = (each: object, path: string) => (each as Record<string, unknown>)[path]
  const settings = paths.filter((path) => new Set(flat.map((each) => JSON.stringify(at(each, path)))).size > 1)
  const scores = [...new Set(runs.flatMap(({ seeds }) => seeds.flatMap((seed) => Object.keys(seed.scores))))]
  const lines = runs.map((run, at_): Line => {
    const own = flat[at_]
    return {
      run: run.run,
      settings: Object.fromEntries(settings.map((path) => [path, at(own, path)])),
      seeds: run.seeds.map(({ seed }) => seed),
      scores: Object.fromEntries(
        scores.map((name) => [name, summary(run.seeds.map((seed) => seed.scores[name]).filter(isKnown))]),
      ),
      seconds: summary(run.seeds.map(({ seconds }) => seconds))!,
    }
  })
  return { settings, scores, lines }
}

const isKnown = (value: number | null | undefined): value is number => typeof value === 'number'

function summary(values: readonly number[]): Summary | null {
  if (values.length === 0) return null
  const { mean, deviation } = meanAndDeviation(values)
  return { mean, sd: values.length > 1 ? deviation : null, n: values.length }
}

/** The values without members, by their path. A part called by its name alone is `{ name }`. */
function leaves(value: unknown, path = ''): Record<string, unknown> {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return { [path]: value }
  return Object.assign({}, ...Object.entries(value).map(([name, member]) => leaves(member, below(name))))
}
