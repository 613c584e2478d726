import { DataError, quoted } from '@dc/core/plugin'
import { cellKind } from './cell'
import { type ColumnReference, columnAt } from './csv-columns'
import { guessHeader } from './csv-header'
import type { Place } from './csv-records'
import type { DecimalMark } from './decimal'
import { namelessColumn } from './index-column'

/** Options that decide which columns of a table are what. */
export interface LayoutOptions {
  readonly header?: boolean | 'auto'
  readonly label?: ColumnReference
  readonly ignore?: ColumnReference | readonly ColumnReference[]
  readonly id?: ColumnReference
  readonly index?: 'auto' | 'keep'
  readonly decimal?: DecimalMark
}

/** A column that is read. */
export interface FeatureColumn {
  /** Its number in the file. */
  readonly at: number
  readonly name: string
  /** Whether its cells are true and false. */
  readonly truth: boolean
  /** Whether it is the first column and has no name: then it may number or name the rows. */
  readonly index: boolean
}

/** What the columns of a table are. */
export interface Layout {
  readonly header: boolean
  /** Number of cells that count in a record; all further cells are empty in every record. */
  readonly width: number
  /** Most cells that a record may have. */
  readonly widest: number
  readonly label?: number
  /** The column that names the rows. */
  readonly id?: number
  readonly features: readonly FeatureColumn[]
  /** Columns without name or content. */
  readonly blank: readonly number[]
  readonly notices: readonly string[]
}

/** A record of the table's start. */
export interface Sampled {
  readonly cells: readonly string[]
  readonly place: Place
}

/**
 * Finds out from the first records what the columns of a table are.
 *
 * @throws OptionError for a label or ignored column that is not there
 * @throws DataError if no column is left for features
 */
export function layOut(sample: readonly Sampled[], path: string, options: LayoutOptions): Layout {
  const { header: asked = 'auto', label, index = 'auto', decimal: mark = '.' } = options
  const below = sample.slice(1).map(({ cells }) => cells)
  const first = withRowNames(sample[0].cells, below, mark)
  const widest = first.length
  const width = [first, ...below].reduce((most, cells) => Math.max(most, contentOf(cells, widest)), 0)
  const cells = Array.from({ length: width }, (_, column) => first[column] ?? '')
  const numbered = cells.map((_, column) => String(column))
  const known =
    typeof label === 'number' && Math.abs(label) <= width ? columnAt('label', label, numbered, false) : undefined
  const guess =
    asked !== 'auto'
      ? { header: asked }
      : typeof label === 'string' || typeof options.id === 'string'
        ? { header: true }
        : guessHeader({ first: cells, below, label: known, mark })
  const { header } = guess
  const names = header ? cells : numbered
  const labelAt = label === undefined ? undefined : columnAt('label', label, names, header)
  const ignored = [options.ignore ?? []].flat().map((reference) => columnAt('ignore', reference, names, header))
  const id = options.id === undefined ? undefined : columnAt('id', options.id, names, header)
  const body = header ? below : [cells, ...below]
  const isBlank = (at: number) => (!header || names[at] === '') && body.every((record) => (record[at] ?? '') === '')
  const wanted = names.map((_, at) => at).filter((at) => at !== labelAt && at !== id && !ignored.includes(at))
  const blank = body.length > 0 ? wanted.filter(isBlank) : []
  const read = wanted.filter((at) => !blank.includes(at))
  if (read.length === 0) throw new DataError(`${quoted(path)} has no columns of features.`, { path, columns: names })
  const named = read.findIndex((at) => !namelessColumn.test(names[at]))
  const features = read.map((at, order) => ({
    at,
    name: names[at] === '' ? String(at) : names[at],
    truth: holdsTruth(body, at, mark),
    index: header && index === 'auto' && (order < named || (named < 0 && order === 0)),
  }))
  const notices = 'notice' in guess && guess.notice !== undefined ? [guess.notice] : []
  return { header, width, widest, label: labelAt, id, features, blank, notices }
}

/** R's `write.table` writes no name above the column that names or numbers the rows: record 1 is one cell short. */
function withRowNames(
  first: readonly string[],
  below: readonly (readonly string[])[],
  mark: DecimalMark,
): readonly string[] {
  const short = below.length > 0 && below.every((cells) => contentOf(cells, cells.length) === first.length + 1)
  if (!short || first.some((cell) => cellKind(cell, mark) !== 'text')) return first
  const named = below.some((cells) => cellKind(cells[0], mark) === 'text')
  return named || below.every((cells, row) => cells[0] === String(row + 1)) ? ['', ...first] : first
}

/** Number of cells up to the last that is not empty. */
function contentOf(cells: readonly string[], widest: number): number {
  let count = Math.min(cells.length, widest)
  while (count > 0 && cells[count - 1] === '') count--
  return count
}

function holdsTruth(body: readonly (readonly string[])[], column: number, mark: DecimalMark): boolean {
  let truths = 0
  for (const cells of body) {
    const kind = cellKind(cells[column] ?? '', mark)
    if (kind === 'number' || kind === 'text') return false
    if (kind === 'boolean') truths++
  }
  return truths > 0
}
