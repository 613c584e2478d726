import { DataError, OptionError } from '@dc/core'
import { parse } from 'csv-parse/sync'
import { readBytes } from '../files'

/** A table of numbers read from a CSV file, its label column taken out. */
export interface CsvTable {
  readonly rows: number
  readonly columns: readonly string[]
  readonly values: Float64Array
  /** The label column's cells, if one was asked for. */
  readonly labels?: readonly string[]
}

/** How {@link readCsv} reads. */
export interface CsvOptions {
  /** Whether the first line holds names; `'auto'`: it does if a cell outside the label column is not a number. */
  readonly header?: boolean | 'auto'
  /** Column of the labels, by name or by number from 0 (negative from the end). */
  readonly label?: string | number
  readonly delimiter?: string
}

/**
 * Reads a CSV file of numbers, plain or gzip, with at most one label column.
 *
 * @throws DataError if the file cannot be read or parsed, has no rows, or a cell is not a finite number
 * (line and column are named)
 * @throws OptionError if the label column does not exist
 * @example
 * const { values, labels } = await readCsv('iris.csv', { label: 'species' })
 */
export async function readCsv(path: string, options: CsvOptions = {}): Promise<CsvTable> {
  const records = parseText(path, new TextDecoder().decode(await readBytes(path)), options.delimiter)
  if (records.length === 0) throw new DataError(`'${path}' has no rows.`, { path })
  const width = records[0].length
  const numbered = typeof options.label === 'number' ? position(options.label, width, records[0]) : undefined
  const header =
    options.header === 'auto' || options.header === undefined
      ? typeof options.label === 'string' ||
        records[0].some((cell, column) => column !== numbered && number(cell) === null)
      : options.header
  const columns = header ? records[0] : records[0].map((_, column) => String(column))
  const label = typeof options.label === 'string' ? position(options.label, width, columns) : numbered
  const body = header ? records.slice(1) : records
  if (body.length === 0) throw new DataError(`'${path}' has a header but no rows.`, { path })
  const kept = columns.map((_, column) => column).filter((column) => column !== label)
  const values = new Float64Array(body.length * kept.length)
  for (const [row, record] of body.entries()) {
    for (const [at, column] of kept.entries()) {
      const value = number(record[column])
      if (value === null) throw badCell(path, row + (header ? 2 : 1), columns[column], record[column])
      values[row * kept.length + at] = value
    }
  }
  const labels = label === undefined ? undefined : body.map((record) => record[label])
  return { rows: body.length, columns: kept.map((column) => columns[column]), values, labels }
}

function parseText(path: string, text: string, delimiter = ','): string[][] {
  try {
    return parse(text, { delimiter, skip_empty_lines: true, trim: true, bom: true }) as string[][]
  } catch (error) {
    throw new DataError(`'${path}' is not a table in CSV form: ${(error as Error).message}`, { path }, error)
  }
}

function position(label: string | number, width: number, columns: readonly string[]): number {
  const at = typeof label === 'string' ? columns.indexOf(label) : label < 0 ? width + label : label
  if (!Number.isInteger(at) || at < 0 || at >= width)
    throw new OptionError(
      'label',
      label,
      typeof label === 'string' ? `columns ${columns.join(', ')}` : `0…${width - 1}, or −1…−${width}`,
    )
  return at
}

function badCell(path: string, record: number, column: string, cell: string): DataError {
  const where = `record ${record}, column '${column}'`
  return new DataError(`'${path}', ${where}: '${cell}' is not a finite number.`, { path, record, column, cell })
}

/** The cell as a finite number, or null. */
function number(cell: string): number | null {
  const value = cell === '' ? Number.NaN : Number(cell)
  return Number.isFinite(value) ? value : null
}
