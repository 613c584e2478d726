import { csvCell, printable } from '@dc/core'
import { table } from '../terminal/table'
import type { Comparison, Summary } from './comparison'

/** How a comparison may be written. */
const formats = ['table', 'markdown', 'csv', 'latex'] as const
export type Format = (typeof formats)[number]

/** More settings than these stand in a table of their own. */
const mostColumns = 5

/** Writes a comparison. */
export function written(comparison: Comparison, format: Format): string {
  if (format === 'csv') return asCsv(comparison)
  if (format === 'table') return asTable(comparison)
  const { head, rows } = cellsOf(comparison, format === 'latex' ? ' $\\pm$ ' : ' ± ')
  return format === 'markdown' ? asMarkdown(head, rows) : asLatex(head, rows)
}

function cellsOf({ settings, scores, lines, baselines }: Comparison, plusMinus: string, own = settings) {
  const short = shortNames(settings)
  const head = ['run', ...own.map((path) => short.get(path)!), 'seeds', ...scores, 'seconds']
  const mark = plusMinus.includes('$') ? latexText : (text: string) => text
  const rows = [...lines, ...baselines].map((line) => [
    mark(line.run),
    ...own.map((path) => mark(textOf(line.settings[path]))),
    mark(seedsOf(line.seeds)),
    ...scores.map((name) => withDeviation(line.scores[name], 3, plusMinus)),
    withDeviation(line.seconds, 1, plusMinus),
  ])
  return { head: head.map(mark), rows }
}

function asTable(comparison: Comparison): string {
  const { settings, lines } = comparison
  const wide = settings.length > mostColumns
  const { head, rows } = cellsOf(comparison, ' ± ', wide ? [] : settings)
  const main = table(head, rows, true)
  if (!wide) return `${main}\n`
  const differences = settings.map((path) => [path, ...lines.map((line) => textOf(line.settings[path]))])
  return `${main}\n\n${table(['setting', ...lines.map(({ run }) => run)], differences)}\n`
}

function asMarkdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => printable(text, 200).replace(/[\\|`*_<>[\]#]/g, (sign) => `\\${sign}`)
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  const rule = `| ${head.map((_, at) => (at === 0 ? '---' : '---:')).join(' | ')} |`
  return `${[line(head), rule, ...rows.map(line)].join('\n')}\n`
}

function asLatex(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`
  return [
    `\\begin{tabular}{l${'r'.repeat(head.length - 1)}}`,
    '\\hline',
    line(head),
    '\\hline',
    ...rows.map(line),
    '\\hline',
    '\\end{tabular}',
    '',
  ].join('\n')
}

const latexSigns: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '–': '--',
}
const latexText = (text: string) =>
  printable(text, 200).replace(/[\\~^–&%$#_{}]/g, (sign) => latexSigns[sign] ?? `\\${sign}`)

/** A row for each run and each baseline, numbers in full; settings by their whole paths. */
function asCsv({ settings, scores, lines, baselines }: Comparison): string {
  const numbers = [...scores, 'seconds']
  const head = ['run', ...settings, 'seeds', ...numbers.flatMap((name) => [`${name}_mean`, `${name}_sd`])]
  const rows = [...lines, ...baselines].map((line) => [
    csvCell(line.run),
    ...settings.map((path) => csvCell(line.settings[path] === undefined ? '' : plainText(line.settings[path]))),
    csvCell(line.seeds.join(' ')),
    ...numbers.flatMap((name) => {
      const found = name === 'seconds' ? line.seconds : line.scores[name]
      return [found?.mean ?? '', found?.sd ?? '']
    }),
  ])
  return `${[head.map(csvCell), ...rows].map((row) => row.join(',')).join('\n')}\n`
}

function withDeviation(found: Summary | null, digits: number, plusMinus: string): string {
  if (!found) return plusMinus.includes('$') ? '--' : '–'
  const mean = found.mean.toFixed(digits)
  return found.sd === null ? mean : `${mean}${plusMinus}${found.sd.toFixed(digits)}`
}

const plainText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
const textOf = (value: unknown) => (value === undefined ? '–' : printable(plainText(value), 60))

/** `0–5`, or the seeds one by one. */
function seedsOf(seeds: readonly number[]): string {
  const runOn = seeds.length > 2 && seeds.every((seed, at) => seed === seeds[0] + at)
  return runOn ? `${seeds[0]}–${seeds.at(-1)}` : seeds.join(', ')
}

/** Each path by its last parts, as many as tell it from the others. */
function shortNames(paths: readonly string[]): Map<string, string> {
  const ending = (path: string, parts: number) => path.split('.').slice(-parts).join('.')
  return new Map(
    paths.map((path) => {
      let parts = path.endsWith('.name') ? 2 : 1
      while (
        paths.some((other) => other !== path && ending(other, parts) === ending(path, parts)) &&
        ending(path, parts) !== path
      )
        parts++
      return [path, ending(path, parts)]
    }),
  )
}
