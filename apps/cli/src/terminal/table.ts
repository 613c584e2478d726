import stringWidth from 'string-width'
import { indices, type MethodRow, methodRows, whatCame } from '../report/methods'
import { fitted } from '../report/names'
import { duration, extent, meanAndDeviation, scoreText } from '../report/numbers'
import type { RunResult, Scores } from '../report/run-result'
import { unseenTable } from '../report/unseen'
import { terminalLines } from './text'

/** Characters of a line before the last column of words is wrapped. */
const lineWidth = 120
/** Columns of a cell that names something. */
const nameWidth = 60
/** Columns between two columns. */
const gap = 2

/**
 * Rows under a header, in columns, without colours and frames. Long names lose their middle; the last column wraps between
 * words.
 *
 * @param right numbers: all columns but the first are set flush right, and none wraps
 */
export function table(titles: readonly string[], rows: readonly (readonly string[])[], right = false): string {
  const head = titles.map((title) => fitted(title, nameWidth))
  const last = head.length - 1
  const wraps = (column: number) => column === last && !right
  const cells = rows.map((row) =>
    row.map((cell, column) => (wraps(column) ? terminalLines(cell) : fitted(cell, nameWidth))),
  )
  const widths = head.map((title, column) => {
    const [, widest] = extent(cells.map((row) => stringWidth(row[column])))
    return Math.max(stringWidth(title), widest)
  })
  const indent = widths.slice(0, last).reduce((sum, width) => sum + width + gap, 0)
  const padded = (cell: string, column: number) => {
    const space = ' '.repeat(Math.max(0, widths[column] - stringWidth(cell)))
    return right && column > 0 ? space + cell : cell + space
  }
  const line = (row: readonly string[]) => {
    const words = row.map((cell, column) => (wraps(column) ? cell : padded(cell, column)))
    if (!right) words[last] = wrapped(words[last], Math.max(40, lineWidth - indent), indent)
    return words.join(' '.repeat(gap)).trimEnd()
  }
  return [head, ...cells].map(line).join('\n')
}

/** Text in lines of this width, broken between words; a word that is longer, such as a path, stays whole. */
function wrapped(text: string, width: number, indent: number): string {
  const lines: string[] = []
  for (const part of text.split('\n')) {
    let line = ''
    for (const word of part.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line !== '' && stringWidth(longer) > width) {
        lines.push(line)
        line = word
      } else line = longer
    }
    lines.push(line)
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}

/** The result for people: the method beside the baselines, then what ran and why. */
export function resultTable(run: RunResult, out: string): string {
  const known = run.baselines.kmeans.acc !== undefined
  const asked = Object.keys(run.baselines.kmeans.scores ?? {})
  const columns = known ? [] : indices(run)
  const row = (method: MethodRow) => [
    method.name,
    ...(known
      ? (['acc', 'nmi', 'ari'] as const).map((score) => scoreText(method.scores.map((one) => one[score])))
      : columns.map(({ of }) => of(method))),
    ...asked.map((name) => scoreText(method.scores.map((one) => one.scores?.[name]))),
    meanAndDeviation(method.scores.map(({ seconds }) => seconds)).mean.toFixed(1),
  ]
  const head = ['method', ...(known ? ['ACC', 'NMI', 'ARI'] : columns.map(({ title }) => title)), ...asked, 'seconds']
  const seedText =
    run.seeds.length > 1
      ? `mean ± sd of seeds ${run.seeds.map(({ seed }) => seed).join(', ')}`
      : `seed ${run.shownSeed}`
  const unseen = unseenTable(run)
  const rows = `${run.dataset.size} rows`
  const facts = [
    ['verdict', run.verdict],
    ...run.warnings.map(({ message }) => ['warning', fitted(message, 500)]),
    ...(known ? [] : [['scored in', run.space]]),
    ['recipe', `${run.recipe.name}: ${run.recipe.description}`],
    ['labels', `${run.labelRule.name}: ${run.labelRule.description}`],
    ['data', `${fitted(run.dataset.name, nameWidth)}; ${whatCame(run, rows)}; ${seedText}`],
    ['backend', `${run.backend.name}: ${run.backend.description}${passedOver(run)}`],
    ['time', `${duration(run.seconds)} in all`],
    ...notScored(run, known).map((line) => ['no score', line]),
    ...Object.entries(run.failures).map(([part, why]) => ['missing', `${part}: ${fitted(why, 500)}`]),
    ['report', `${out}/report.html`],
  ]
  return [
    table(head, methodRows(run).map(row), true),
    '',
    ...(unseen ? ['on classes that training did not see:', table(unseen.head, unseen.rows, true), ''] : []),
    table(['', ''], facts).trimStart(),
    '',
  ].join('\n')
}

/** Why a score that the table has a column for is a dash. */
function notScored(run: RunResult, known: boolean): string[] {
  const asked = Object.keys(run.baselines.kmeans.scores ?? {}).map((name) => `scores.${name}`)
  const inSpace = indices(run).flatMap(({ name }) => (name === undefined ? [] : [name]))
  const shown = [...(known ? ['acc', 'nmi', 'ari'] : inSpace), ...asked]
  const several = run.seeds.length > 1
  const of = (name: string, { undefinedScores = {} }: Scores) =>
    shown.flatMap((score) =>
      score in undefinedScores ? [`${score} of ${name}: ${fitted(undefinedScores[score], 500)}`] : [],
    )
  const unseen = run.seeds.flatMap((seed) => seed.unseen ?? [])
  return [
    ...new Set([
      ...run.seeds.flatMap((seed) => of(several ? `${run.pipeline}, seed ${seed.seed}` : run.pipeline, seed)),
      ...methodRows(run).flatMap(({ name, own, scores }) => (own ? [] : of(name, scores[0]))),
      ...unseen.flatMap(({ name, undefinedScores = {} }) =>
        Object.entries(undefinedScores).map(([score, why]) => `${score} of ${name}: ${fitted(why, 500)}`),
      ),
    ]),
  ]
}

function passedOver({ backend }: RunResult): string {
  const names = backend.attempts.filter(({ used }) => !used).map(({ name }) => name)
  return names.length > 0 ? ` (not available: ${names.join(', ')}; dclust doctor says why)` : ''
}
