import { checkChoice, DataError, OptionError, quoted } from '@dc/core/plugin'
import { type FileSource, sourceName } from '../file-source'
import { type ReadOptions, readBytes } from '../files'
import type { ColumnReference } from './csv-columns'
import { eachRecord, excelDelimiter, otherDelimiter } from './csv-records'
import { type CsvTable, tableOf } from './csv-table'
import type { DecimalMark } from './decimal'
import { toUtf8 } from './text'

export type { ColumnReference, CsvTable, DecimalMark }

/** How {@link readCsv} reads. */
export interface CsvOptions extends ReadOptions {
  /**
   * Whether record 1 holds names. With `'auto'` it does if texts stand in it above numbers and no number does, if it counts
   * the columns (0, 1, 2 …) above numbers of another kind, or if the label is given by its name. {@link guessHeader} has all
   * rules.
   */
  readonly header?: boolean | 'auto'
  /** Column of the labels, by name or number. Numbers count from 0, negative ones from the end without empty columns. */
  readonly label?: ColumnReference
  /** Columns that are not features, by name or by number. */
  readonly ignore?: ColumnReference | readonly ColumnReference[]
  /** Column that names the rows, which is no feature. By default the one that is left out because it names or numbers them. */
  readonly id?: ColumnReference
  /** `'keep'` keeps a first column without name that numbers the rows as a feature; by default it is left out. */
  readonly index?: 'auto' | 'keep'
  /** One or more characters; a comma by default. `\\t`, as it is typed in a shell, is the tab. */
  readonly delimiter?: string
  /** The decimal mark; a point by default. */
  readonly decimal?: DecimalMark
}

/**
 * Reads a CSV file of numbers, plain or gzip, with at most one label column.
 *
 * Text is UTF-8, UTF-16, or else windows-1252. Numbers are decimal (`-1.5e3`). `true` and `false` are 1 and 0. Left out are a
 * first column without name that numbers or names the rows, columns without name and content, and rows of empty cells.
 *
 * @throws DataError if the file cannot be read or parsed, has no rows, records differ in length, another delimiter is
 * evident, or a cell is no finite number; the message names record, line and column
 * @throws OptionError if the label or an ignored column does not exist, or delimiter and decimal mark are the same
 * @example
 * const { values, labels } = await readCsv('iris.csv', { label: 'species' })
 */
export async function readCsv(file: FileSource, options: CsvOptions = {}): Promise<CsvTable> {
  return parseCsv(await readBytes(file, options), sourceName(file), options)
}

/** The table in the bytes of a CSV file. `path` names the file in errors, which are those of {@link readCsv}. */
export function parseCsv(bytes: Uint8Array, path: string, options: CsvOptions = {}): CsvTable {
  checkChoice('header', options.header ?? 'auto', ['auto', true, false])
  checkChoice('index', options.index ?? 'auto', ['auto', 'keep'])
  checkChoice('decimal', options.decimal ?? '.', ['.', ','])
  if (options.delimiter === '') throw new OptionError('delimiter', '', 'one or more characters')
  const { bytes: text, notice } = toUtf8(bytes, path)
  const { delimiter: noted, table: records } = excelDelimiter(text)
  const delimiter = options.delimiter === '\\t' ? '\t' : (options.delimiter ?? noted ?? ',')
  if (delimiter === options.decimal)
    throw new OptionError('delimiter', delimiter, `another character than the decimal mark, such as ';'`)
  const other = options.delimiter === undefined && noted === undefined ? otherDelimiter(records) : null
  if (other !== null)
    throw new DataError(
      `${quoted(path)} seems to be delimited by ${quoted(other)}: say so with option delimiter: ${quoted(other)} (and option decimal: ',' for decimal commas), or option delimiter: ',' if it is not.`,
      { path, delimiter: other },
    )
  const table = tableOf(path, options)
  eachRecord(records, path, delimiter, table.take)
  const found = table.finish()
  return notice === undefined ? found : { ...found, notices: [notice, ...found.notices] }
}
