import { DataError, printable, quoted } from '@dc/core/plugin'
import { type ColumnReference, columnAt } from '../csv-columns'
import type { ParquetColumn } from './columns'
import type { ColumnHints } from './hints'

/** Which columns are features and labels. */
export interface ColumnOptions {
  /**
   * One column of lists of numbers, or several columns of numbers, by name or number. By default the only column of lists; if
   * there is none, every column of numbers except label and index.
   */
  readonly features?: ColumnReference | readonly ColumnReference[]
  /** Column of the labels. */
  readonly label?: ColumnReference
  /** Columns that are not features. */
  readonly ignore?: ColumnReference | readonly ColumnReference[]
  /** Column that names the rows, which is no feature. By default the index of pandas that is left out. */
  readonly id?: ColumnReference
  /** `'keep'` takes columns that number the rows as features; by default they are left out. */
  readonly index?: 'auto' | 'keep'
}

/** The columns to read. */
export interface ChosenColumns {
  readonly features: readonly ParquetColumn[]
  readonly label?: ParquetColumn
  /** The column that names or numbers the rows. */
  readonly id?: ParquetColumn
  /** Sentences for users: which columns were left out, and why. */
  readonly notices: readonly string[]
}

/**
 * Chooses the columns of features and labels.
 *
 * @throws OptionError for a column that is not there
 * @throws DataError naming column and type if it is not clear which columns are features, or a column cannot be one
 */
export function chooseColumns(
  columns: readonly ParquetColumn[],
  { index }: ColumnHints,
  options: ColumnOptions,
  path: string,
): ChosenColumns {
  const names = columns.map(({ name }) => name)
  const find = (option: string, reference: ColumnReference) => columns[columnAt(option, reference, names, true)]
  const label = options.label === undefined ? undefined : find('label', options.label)
  if (label && !['number', 'text', 'truth', 'time'].includes(label.kind) && label.typeName !== 'UUID')
    throw wrongType(path, label, 'which are no labels')
  const asked = options.id === undefined ? undefined : find('id', options.id)
  if (asked && !isName(asked)) throw wrongType(path, asked, 'which are no names')
  if (options.features !== undefined) {
    const features = [options.features].flat().map((reference) => find('features', reference))
    for (const column of features) if (!isFeature(column)) throw wrongType(path, column, 'which are no numbers')
    return { features, label, ...(asked && { id: asked }), notices: [] }
  }
  const ignored = [options.ignore ?? []].flat().map((reference) => find('ignore', reference))
  const possible = columns.filter((column) => column !== label && column !== asked && !ignored.includes(column))
  const indices = options.index === 'keep' ? [] : possible.filter(({ name }) => index.has(name))
  const others = possible.filter((column) => !indices.includes(column))
  const lists = others.filter(({ kind }) => kind === 'list' || kind === 'json')
  const numbers = others.filter(({ kind }) => kind === 'number' || kind === 'truth')
  const unclear = (why: string) =>
    new DataError(
      `It is not clear which columns of ${quoted(path)} are features${why}; name them. ${listed(columns)}`,
      { path },
    )
  if (lists.length > 1) throw unclear(': several hold lists')
  if (lists.length + numbers.length === 0) throw unclear(', for none holds numbers')
  const time = others.find(({ kind }) => kind === 'time')
  if (lists.length === 0 && time) throw wrongType(path, time, 'which are no numbers; leave it out with option ignore')
  const features = lists.length === 1 ? lists : numbers
  const rest = others.filter((column) => !features.includes(column))
  const id = asked ?? indices.find(isName)
  return {
    features,
    label,
    ...(id && { id }),
    notices: [
      ...(indices.length > 0 ? [`left out ${named(indices)}: the index of a table of pandas`] : []),
      ...(lists.length === 1 && rest.length > 0
        ? [`took the lists of ${named(lists)} as features, and left out ${named(rest)}`]
        : []),
      ...(lists.length === 0 && rest.length > 0 ? [`left out ${named(rest)}: no numbers`] : []),
    ],
  }
}

const isName = ({ kind, typeName }: ParquetColumn) => ['number', 'text', 'truth'].includes(kind) || typeName === 'UUID'
const isFeature = ({ kind }: ParquetColumn) => ['number', 'truth', 'list', 'json'].includes(kind)

const named = (columns: readonly ParquetColumn[]) => {
  const shown = columns.slice(0, 3).map(({ name }) => quoted(name))
  const more = columns.length > 3 ? ` and ${columns.length - 3} more` : ''
  return `${columns.length === 1 ? 'column' : 'columns'} ${shown.join(', ')}${more}`
}

const listed = (columns: readonly ParquetColumn[]) =>
  `There are: ${printable(columns.map(({ name, typeName }) => `${name} (${typeName})`).join(', '), 1000)}.`

function wrongType(path: string, { name, typeName, kind }: ParquetColumn, what: string): DataError {
  const holds = kind === 'time' ? `dates, times or durations (${typeName})` : typeName
  return new DataError(`${quoted(path)}, column ${quoted(name)}: it holds ${holds}, ${what}.`, {
    path,
    column: name,
    type: typeName,
  })
}
