import type { ScoreCell } from '@dc/explore/parts'
import { baselineTitle } from '../judge/baseline-names'
import { collapseOf } from '../judge/warnings'
import { shownName } from './names'
import { count, duration, extent, meanAndDeviation, scoreText } from './numbers'
import type { RunResult, Scores } from './run-result'

/** A method in a table: the run's own with all its seeds, or a baseline. */
export interface MethodRow {
  readonly name: string
  readonly detail: string
  readonly own: boolean
  readonly scores: readonly Scores[]
  readonly seedAgreement: number | null
  readonly partAgreement: number | null
}

/** The run's own method, then the baselines. */
export function methodRows(run: RunResult): MethodRow[] {
  const seeds = run.seeds.length
  const recipe = `recipe ${shownName(run.recipe.name)}`
  const baselines = Object.entries(run.baselines)
  return [
    {
      name: run.pipeline,
      detail: `${recipe}${seeds > 1 ? `, mean ± sd of ${seeds} seeds` : `, seed ${run.seeds[0].seed}`}`,
      own: true,
      scores: run.seeds,
      seedAgreement: run.seedAgreement,
      partAgreement: null,
    },
    ...baselines.map(([name, scores]) => ({
      name: baselineTitle(name),
      detail: `on the input, ${shownName(scores.method)}`,
      own: false,
      scores: [scores],
      seedAgreement: null,
      partAgreement: scores.partAgreement,
    })),
  ]
}

/** A column of scores. */
export interface Index {
  readonly title: string
  readonly meaning?: string
  of(row: MethodRow): string
  /** Name under which `undefinedScores` says why there is none. */
  readonly name?: string
  /** Whether a method is the best one by it. */
  best?(row: MethodRow): boolean
}

/** What a table shows of a method in a column. */
export const cellOf = ({ of, name, best }: Index, row: MethodRow): ScoreCell => {
  const why = name && row.scores.map(({ undefinedScores }) => undefinedScores?.[name]).find((one) => one !== undefined)
  return { text: of(row), ...(why && { why: shownName(why) }), ...(best?.(row) && { best: true }) }
}

const external = [
  ['acc', 'ACC', 'share of rows that are right after clusters are matched to classes one to one'],
  ['nmi', 'NMI', 'normalised mutual information, arithmetic mean'],
  ['ari', 'ARI', 'adjusted Rand index'],
  ['ami', 'AMI', 'mutual information, adjusted for chance'],
  ['purity', 'purity', 'share of rows that are of their cluster’s commonest class'],
] as const

/** Scores by the true classes: the first three, or all. */
export function outer(methods: readonly MethodRow[], most: number = 3): Index[] {
  return external.slice(0, most).map(([name, title, meaning]) => {
    const mean = ({ scores }: MethodRow) => meanAndDeviation(scores.map((score) => score[name] ?? Number.NaN)).mean
    return {
      ...{ name, title, meaning },
      of: ({ scores }) => scoreText(scores.map((score) => score[name])),
      best: (row) =>
        Number.isFinite(mean(row)) && methods.every((other) => other === row || !(mean(other) >= mean(row))),
    }
  })
}

/** Those of the metrics that the configuration asks for. */
export const asked = (run: RunResult): Index[] =>
  Object.keys(run.baselines.kmeans.scores ?? {}).map((name) => ({
    title: shownName(name),
    name: `scores.${name}`,
    of: ({ scores }) => scoreText(scores.map((one) => one.scores?.[name])),
  }))

/** How long it took, of several seeds on average. */
export const timeOf = ({ scores }: MethodRow): string =>
  duration(meanAndDeviation(scores.map(({ seconds }) => seconds)).mean)

/** The scores that need no label, in the order of the table. */
export function indices(run: RunResult): Index[] {
  const over = (name: 'silhouette' | 'neighbourAgreement' | 'sizeBalance') => (row: MethodRow) =>
    scoreText(row.scores.map((scores) => scores[name]))
  return [
    {
      title: 'clusters',
      meaning: 'clusters that have rows',
      of: ({ scores }) => span(scores.map(({ sizes }) => filled(sizes))),
    },
    {
      title: 'sizes',
      meaning: 'rows in the smallest and in the largest cluster',
      of: ({ scores }) => extent(scores[0].sizes).map(count).join('–'),
    },
    {
      title: 'silhouette',
      meaning: 'how much nearer rows are to their own cluster than to the next, −1 to 1',
      name: 'silhouette',
      of: over('silhouette'),
    },
    {
      title: 'neighbours',
      meaning: 'share of the nearest rows that are in the same cluster; more clusters have less of it',
      name: 'neighbourAgreement',
      of: over('neighbourAgreement'),
    },
    {
      title: 'balance',
      meaning: 'how even the sizes are: 1 all alike, 0 all in one',
      name: 'sizeBalance',
      of: over('sizeBalance'),
    },
    ...(run.seeds.length > 1
      ? [
          {
            title: 'seeds agree',
            meaning: 'mean ARI between the labels of two seeds',
            of: ({ seedAgreement }: MethodRow) => scoreText([seedAgreement]),
          },
        ]
      : []),
    {
      title: 'parts agree',
      meaning: 'mean ARI with the labels that a part of the rows gets alone',
      of: ({ partAgreement }) => scoreText([partAgreement]),
    },
  ]
}

/** Clusters that have rows. */
export const filled = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + (size > 0 ? 1 : 0), 0)

/** `14`, or `12–14` where seeds have found different numbers. */
function span(counts: readonly number[]): string {
  const [least, most] = extent(counts)
  return least === most ? count(least) : `${count(least)}–${count(most)}`
}

/** What became of the rows: `2,000 rows in 14 clusters`, or the collapse, or how many clusters died. */
export function whatCame(run: RunResult, rows: string): string {
  const { sizes } = run.seeds.find(({ seed }) => seed === run.shownSeed) ?? run.seeds[0]
  const collapse = collapseOf(sizes, run.dataset.labels)
  if (collapse) return `Collapsed: ${collapse[0].toLowerCase()}${collapse.slice(1)}`
  const found = filled(sizes)
  // A method that finds their number may find another from another seed.
  const lengths = run.seeds.map((seed) => seed.sizes.length)
  if (extent(lengths)[0] < extent(lengths)[1]) return `${rows} in ${span(lengths)} clusters`
  const empty = run.k - found
  const died = empty > 0 ? ` (${count(empty)} of ${count(run.k)} ${empty === 1 ? 'is' : 'are'} empty)` : ''
  return `${rows} in ${found} ${found === 1 ? 'cluster' : 'clusters'}${died}`
}
