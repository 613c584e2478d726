import Table from 'cli-table3'
import { duration, meanAndDeviation, scoreText } from '../report/numbers'
import type { RunResult } from '../report/run-result'
import { unseenTable } from '../report/unseen'

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
}
const chars = {
  ...bare,
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
}

/** Characters of a line before the last column is wrapped. */
const lineWidth = 120

/** Rows under a header, in columns, without colours and frames; the last column wraps. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], right = false): string {
  const colAligns = head.map((_, column) => (right && column > 0 ? ('right' as const) : ('left' as const)))
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)))
  const others = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0)
  widths[widths.length - 1] = Math.min(widths[widths.length - 1], Math.max(40, lineWidth - others))
  const drawn = new Table({
    head: [...head],
    colAligns,
    colWidths: widths,
    wordWrap: true,
    chars: { ...chars, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  drawn.push(...rows.map((row) => [...row]))
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** The result for people: the method beside k-means, then what ran and why. */
export function resultTable(run: RunResult, out: string): string {
  const known = run.kmeans.acc !== undefined
  const several = run.seeds.length > 1
  const sizes = ({ sizes }: { sizes: readonly number[] }) => `${Math.min(...sizes)}–${Math.max(...sizes)}`
  const row = (name: string, scores: readonly RunResult['kmeans'][]) => [
    name,
    ...(known
      ? (['acc', 'nmi', 'ari'] as const).map((score) => scoreText(scores.map((one) => one[score])))
      : [scoreText(scores.map(({ silhouette }) => silhouette)), sizes(scores[0])]),
    meanAndDeviation(scores.map(({ seconds }) => seconds)).mean.toFixed(1),
  ]
  const head = ['method', ...(known ? ['ACC', 'NMI', 'ARI'] : ['silhouette', 'sizes']), 'seconds']
  const seedText = several
    ? `mean ± sd of seeds ${run.seeds.map(({ seed }) => seed).join(', ')}`
    : `seed ${run.shownSeed}`
  const unseen = unseenTable(run)
  return [
    table(head, [row(run.pipeline, run.seeds), row('k-means', [run.kmeans])], true),
    '',
    ...(unseen ? ['on classes that training did not see:', table(unseen.head, unseen.rows, true), ''] : []),
    table(
      ['', ''],
      [
        ['recipe', `${run.recipe.name}: ${run.recipe.description}`],
        ['labels', `${run.labelRule.name}: ${run.labelRule.description}`],
        ['data', `${run.dataset.name}, ${run.dataset.size} rows, ${run.k} clusters; ${seedText}`],
        ['backend', `${run.backend.name}: ${run.backend.description}${passedOver(run)}`],
        ['time', `${duration(run.seconds)} in all`],
        ['report', `${out}/report.html`],
      ],
    ).trimStart(),
    '',
  ].join('\n')
}

function passedOver({ backend }: RunResult): string {
  const names = backend.attempts.filter(({ used }) => !used).map(({ name }) => name)
  return names.length > 0 ? ` (not available: ${names.join(', ')}; dclust doctor says why)` : ''
}
