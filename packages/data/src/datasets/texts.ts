import { basename } from 'node:path'
import { DataError, type Dataset, definePlugin, OptionError, quoted } from '@dc/core/plugin'
import { z } from 'zod'
import { readCsvCells } from '../formats/csv-cells'
import { encodeLabels } from '../labels'
import { someOf } from '../some-of'

/** Which columns of a table of texts are read. */
export interface TextsOptions {
  /** Column of the texts, by its name. */
  readonly text: string
  /** Column of the labels, by its name or its number from 0. */
  readonly label?: string | number
  /** Column that names the rows. */
  readonly id?: string | number
}

/**
 * The texts of one column of a CSV file, whose first record names the columns. Rows without a text are left out, with a notice.
 * Only an encoder makes numbers of texts: the samples are empty. Other columns of numbers are the set's `numbers`.
 *
 * @throws OptionError for a column that is not there; DataError if the file cannot be read or has no texts
 * @example
 * const reviews = await loadTexts('reviews.csv', { text: 'comment' })
 * reviews.texts // ['Great tea.', …]
 */
export async function loadTexts(path: string, { text, label, id }: TextsOptions): Promise<Dataset> {
  const { records, notice } = await readCsvCells(path)
  const [names = [], ...rows] = records
  const at = (option: string, column: string | number) => {
    const found = typeof column === 'number' ? column : names.indexOf(column)
    if (found >= 0 && found < names.length) return found
    throw new OptionError(option, column, `a column of ${quoted(path)}: ${someOf(names) || 'it has none'}`)
  }
  const columns = {
    text: at('text', text),
    label: label === undefined ? undefined : at('label', label),
    id: id === undefined ? undefined : at('id', id),
  }
  const kept = rows
    .map((cells, row) => ({ cells, row }))
    .filter(({ cells }) => (cells[columns.text] ?? '').trim() !== '')
  if (kept.length === 0) throw new DataError(`${quoted(path)} has no texts in column ${quoted(text)}.`, { path })
  const cellsOf = (column: number) => kept.map(({ cells }) => cells[column] ?? '')
  const classes = columns.label === undefined ? undefined : encodeLabels(cellsOf(columns.label))
  const used = Object.values(columns)
  const numbers = names.flatMap((name, column) => {
    const values = used.includes(column) ? null : numbersOf(cellsOf(column))
    return values ? [{ name, values }] : []
  })
  const empty = rows.length - kept.length
  const { length } = kept
  const notices = [
    ...(notice === undefined ? [] : [notice]),
    ...(empty === 0
      ? []
      : [`left out ${empty} ${empty === 1 ? 'row' : 'rows'} without a text in column ${quoted(text)}`]),
    ...(classes?.notices ?? []),
  ]
  return {
    name: basename(path),
    size: length,
    sampleShape: [0],
    texts: cellsOf(columns.text),
    ...(classes && { labels: classes.labels, ...(classes.classNames && { classNames: classes.classNames }) }),
    rowNames: columns.id === undefined ? kept.map(({ row }) => String(row)) : cellsOf(columns.id),
    ...(numbers.length > 0 && { numbers }),
    ...(notices.length > 0 && { notices }),
    metadata: { source: path },
    async read(wanted) {
      for (const row of Array.from(wanted))
        if (!(Number.isInteger(row) && row >= 0 && row < length))
          throw new DataError(`Row ${row} is outside dataset ${quoted(basename(path))} of ${length} samples.`, { row })
      return new Float32Array(0)
    },
  }
}

/** The numbers of a column, if all its cells are numbers. */
function numbersOf(cells: readonly string[]): Float64Array | null {
  const values = Float64Array.from(cells, (cell) => (cell.trim() === '' ? Number.NaN : Number(cell)))
  return values.every(Number.isFinite) ? values : null
}

const column = z.union([z.string(), z.int()])

export const texts = definePlugin({
  kind: 'dataset',
  name: 'texts',
  apiVersion: 1,
  description: 'Texts of one column of a CSV file, which an encoder makes features of',
  options: z.strictObject({
    path: z.string().min(1),
    text: z.string().min(1).describe('column of the texts'),
    label: column.optional().describe('column of the labels'),
    id: column.optional().describe('column that names the rows'),
  }),
  describe: () => ({}),
  create: ({ path, ...options }) => loadTexts(path, options),
})
