import { DataError, type Metric, quoted, type Registry } from '@dc/core'
import { encodeLabels, type LabelValue } from '@dc/data'
import { assemble } from '../assembly'
import { baselineTitle } from '../judge/baseline-names'
import { sizeWarnings, worseThan } from '../judge/warnings'
import { loadPlugins } from '../plugins'
import type { Warning } from '../report/run-result'
import { defined, type Reasons } from '../run/defined'
import { matchRows } from '../run/match-rows'
import { readNamedLabels } from '../run/named-labels'
import type { Terminal } from '../terminal/output'
import { table } from '../terminal/table'
import { jsonText } from '../terminal/text'

/** What `dclust eval` was given. */
export interface EvalFlags {
  column?: string
  id?: string
  truthColumn?: string
  truthId?: string
  noise: 'cluster' | 'singletons' | 'drop'
  json?: boolean
  plugin: string[]
}

/**
 * `dclust eval LABELS TRUTH`: every score of labels against true classes.
 *
 * @throws DataError, OptionError for files and columns that do not fit
 */
export async function evaluate(
  labelsPath: string,
  truthPath: string,
  flags: EvalFlags,
  { stdout, stderr }: Terminal,
): Promise<number> {
  const registry = assemble(await loadPlugins(flags.plugin))
  const found = await readNamedLabels(labelsPath, { column: flags.column, id: flags.id }, 'labels')
  const known = await readNamedLabels(truthPath, { column: flags.truthColumn, id: flags.truthId }, 'truth')
  const { values, by } = matchRows(found, known)
  const truth = classesOf(values, truthPath)
  const rows = Array.from(truth.keys()).filter((row) => truth[row] >= 0)
  const labels = clustersOf(rows.map((row) => found.values[row]))
  const unassigned = labels.filter((label) => label < 0).length
  const score = (of: Int32Array) =>
    scoresOf({ labels: of, truth: truth.filter((label) => label >= 0) }, flags.noise, registry)
  const { scores, undefinedScores } = score(labels)
  // Those that a run was compared with, on the same rows.
  const others = Object.entries(found.baselines ?? {})
  const baselines = Object.fromEntries(
    others.map(([name, of]) => [name, score(Int32Array.from(rows, (row) => of[row]))]),
  )
  const facts = {
    rows: rows.length,
    matchedBy: by,
    leftOut: truth.length - rows.length,
    unassigned,
    classes: new Set(truth.filter((label) => label >= 0)).size,
    clusters: new Set(labels.filter((label) => label >= 0)).size,
    warnings: warningsOf(
      labels,
      truth.filter((label) => label >= 0),
      scores,
      baselines,
    ),
  }
  if (flags.json) {
    stdout.write(`${jsonText({ ...facts, scores, undefinedScores, baselines })}\n`)
    return 0
  }
  const { matchedBy, leftOut } = facts
  const unknown = leftOut > 0 ? `, ${leftOut} of unknown class left out` : ''
  stderr.write(
    `${facts.rows} rows, matched by ${matchedBy}${unknown}; ${facts.clusters} clusters, ${facts.classes} classes\n`,
  )
  if (unassigned > 0) stderr.write(`${unassigned} rows are in no cluster (−1 or empty); --noise ${flags.noise}\n`)
  for (const { message } of facts.warnings) stderr.write(`warning: ${message}\n`)
  const descriptions = new Map(
    registry.list({ kind: 'metric' }).map(({ name, description }) => [name, description ?? '']),
  )
  const shown = Object.entries(scores).map(([name, value]) => [
    name,
    ...[{ scores }, ...Object.values(baselines)].map(({ scores }) => scores[name]?.toFixed(4) ?? '–'),
    value === null ? undefinedScores[name] : (descriptions.get(name) ?? ''),
  ])
  stdout.write(`${table(['score', 'value', ...others.map(([name]) => baselineTitle(name)), 'what'], shown)}\n`)
  return 0
}

/** Of a collapse, and of labels that are worse than k-means where those are there. */
function warningsOf(
  labels: Int32Array,
  truth: Int32Array,
  { ari }: Readonly<Record<string, number | null>>,
  { kmeans }: Readonly<Record<string, { scores: Readonly<Record<string, number | null>> }>>,
): Warning[] {
  const sizes = new Map<number, number>()
  for (const label of labels) if (label >= 0) sizes.set(label, 1 + (sizes.get(label) ?? 0))
  return [...sizeWarnings([...sizes.values()], truth), ...worseThan('the labeling', ari, kmeans?.scores.ari)]
}

function classesOf(values: readonly LabelValue[], path: string): Int32Array {
  const { labels } = encodeLabels(values)
  if (!labels) throw new DataError(`${quoted(path)} has no known class: all are empty, NaN, null or −1.`, { path })
  return labels
}

/** Clusters by number; −1 where there is none. */
const clustersOf = (values: readonly LabelValue[]) =>
  encodeLabels(values).labels ?? new Int32Array(values.length).fill(-1)

/** Every metric that needs true classes. */
function scoresOf(rows: { labels: Int32Array; truth: Int32Array }, noise: EvalFlags['noise'], registry: Registry) {
  const reasons: Reasons = {}
  const scores: Record<string, number | null> = {}
  for (const { name, options } of registry.list({ kind: 'metric' })) {
    // A plugin's metric need not know of noise.
    const given = options.safeParse({ noise }).success ? { noise } : {}
    if (!options.safeParse(given).success) continue
    const metric: Metric = registry.make('metric', name, given)
    if (metric.needs === 'truth') scores[name] = defined(name, () => metric.compute(rows), reasons)
  }
  return { scores, undefinedScores: reasons }
}
