// Measured numbers out of bench/results, so that none is typed again.
import { textOf } from './repository'

type Table = readonly (readonly string[])[]

const figures = /^<!-- figures: (\S+)(?: "([^"]+)")?(?: (\S+) by (\S+))? -->$/gm

/**
 * A page's text with tables of measured numbers put in:
 *
 * - `<!-- figures: bench/results/quality.md "Heading" -->`, the first table below a heading;
 * - `<!-- figures: bench/results/quality-embeddings.md ARI by set -->`, one column of a page's first table, a line for each method.
 */
export const withFigures = (text: string): string =>
  text.replace(figures, (_, path: string, heading?: string, value?: string, across?: string) => {
    const table = tableUnder(path, heading)
    return markdown(value && across ? spread(table, value, across, path) : table)
  })

/** The first table below a heading, or of the page. */
export function tableUnder(path: string, heading?: string): Table {
  const text = textOf(path)
  const at = heading === undefined ? 0 : text.search(new RegExp(`^#+ .*${escaped(heading)}`, 'm'))
  const found = at < 0 ? null : /^\|.*(?:\n\|.*)+/m.exec(text.slice(at))
  if (!found) throw new Error(`${path} has no table below ${heading ?? 'its title'}`)
  return found[0].split('\n').map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** A line for each method, a column for each value of `across`, which stands only where it changes. */
export function spread([head, , ...body]: Table, value: string, across: string, path = ''): Table {
  const [of, method, shown] = [across, 'method', value].map((name) => head.indexOf(name))
  if (Math.min(of, method, shown) < 0) throw new Error(`${path} has no columns method, ${across} and ${value}`)
  const columns: string[] = []
  const lines = new Map<string, Map<string, string>>()
  for (const row of body) {
    if (row[of] !== '') columns.push(row[of])
    // `consensus, no training` and `consensus` are one method.
    const name = row[method].replace(/\s*\(the default\)/, '').split(',')[0]
    lines.set(name, (lines.get(name) ?? new Map()).set(columns.at(-1)!, row[shown]))
  }
  return [
    ['method', ...columns],
    ['---', ...columns.map(() => '---')],
    ...[...lines].map(([name, cells]) => [name, ...columns.map((column) => cells.get(column) || '–')]),
  ]
}

const markdown = (table: Table) => table.map((row) => `| ${row.join(' | ')} |`).join('\n')
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
