import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DataError, OptionError, printable, quoted, textOfCell } from '@dc/core'
import { type LabelValue, readCsvCells, readNpy } from '@dc/data'
import { isLabelsHeader, readLabelsCsv } from './labels-csv'
import { shardLabels } from './shard-labels'

/** Labels of rows from a file, and the names of the rows if it has them. */
export interface NamedLabels {
  /** The file, for messages. */
  readonly path: string
  readonly values: readonly LabelValue[]
  readonly names?: readonly string[]
  /** Of a run: the labels of the methods that it was compared with, by the name of their column. */
  readonly baselines?: Readonly<Record<string, Int32Array>>
}

/** Which columns of a table are meant. */
export interface LabelColumns {
  readonly column?: string
  readonly id?: string
}

/** Columns that are taken unasked, in this order. */
const usual = {
  labels: ['label', 'labels', 'cluster', 'clusters', 'prediction', 'predicted', 'y_pred'],
  truth: ['class', 'truth', 'label', 'labels', 'target', 'targets', 'y', 'y_true', 'species', 'category'],
}
const usualNames = ['name', 'id', 'file', 'filename', 'path', 'row']

/**
 * Reads labels: of a `.npy` array, a column of a `.csv` file, a run's `labels.csv`, or a run folder, of which `labels` are
 * those that it found and `truth` its true classes; or a folder of labels by shards, or of shards with classes.
 *
 * @param side whose the flags are that name columns: `--column` and `--id`, or `--truth-column` and `--truth-id`
 * @throws DataError if the file cannot be read or has no such labels; OptionError for a column that there is not
 */
export async function readNamedLabels(
  path: string,
  columns: LabelColumns,
  side: 'labels' | 'truth',
): Promise<NamedLabels> {
  const place = path.replace(/^shards:/, '')
  const isFolder = existsSync(place) && statSync(place).isDirectory()
  const file = isFolder ? join(place, 'labels.csv') : path
  if (isFolder && !existsSync(file)) return { ...(await shardLabels(place, columns.column ?? columns.id, side)), path }
  if (/\.npy(\.gz)?$/i.test(file)) return { path, values: await arrayOf(file, columns, side) }
  if (/\.(csv|tsv|txt)(\.gz)?$/i.test(file)) return { ...(await tableOf(file, columns, side)), path }
  throw new OptionError(
    side.toUpperCase(),
    path,
    'a .csv or .npy file, a labels.csv of a run, a run folder, or a folder of shards',
  )
}

async function arrayOf(path: string, { column, id }: LabelColumns, side: 'labels' | 'truth'): Promise<LabelValue[]> {
  if (column !== undefined || id !== undefined)
    throw new OptionError(flagOf(side, column !== undefined ? 'column' : 'id'), column ?? id, 'columns of CSV files')
  const { shape, values } = await readNpy(path)
  if (shape.filter((side) => side !== 1).length > 1)
    throw new DataError(`${quoted(path)} holds an array of shape [${shape.join(', ')}]; labels are one for each row.`, {
      path,
    })
  return Array.from(values as ArrayLike<LabelValue>)
}

async function tableOf(path: string, columns: LabelColumns, side: 'labels' | 'truth') {
  const { records } = await readCsvCells(path)
  if (records.length === 0) throw new DataError(`${quoted(path)} has no rows.`, { path })
  if (isLabelsHeader(records[0]) && columns.column === undefined && columns.id === undefined) {
    const { names, labels, classes, baselines } = await readLabelsCsv(path)
    if (side === 'truth' && classes.every((each) => each === null))
      throw new DataError(`${quoted(path)}: its run knew no classes. Name another column with --truth-column.`, {
        path,
      })
    return side === 'labels' ? { values: Array.from(labels), names, baselines } : { values: classes, names }
  }
  const header = hasHeader(records, columns, side)
  const heads = header ? records[0] : records[0].map((_, at) => String(at))
  const rows = header ? records.slice(1) : records
  if (rows.length === 0) throw new DataError(`${quoted(path)} has a header but no rows.`, { path })
  const short = rows.findIndex(({ length }) => length !== heads.length)
  if (short >= 0)
    throw new DataError(
      `${quoted(path)}, record ${short + (header ? 2 : 1)} has ${rows[short].length} cells, where the first has ${heads.length}.`,
      { path },
    )
  const find = (flag: 'column' | 'id', name: string) => columnOf(heads, name, flagOf(side, flag))
  const id = columns.id === undefined ? placeOf(heads, usualNames) : find('id', columns.id)
  const at = columns.column === undefined ? usualColumn(heads, id, path, side) : find('column', columns.column)
  // Of a run's file names are as they were written; of any other text too, but for what makes formulas harmless.
  const cells = (column: number) => rows.map((cells) => textOfCell(cells[column]))
  return { values: cells(at), ...(id >= 0 && id !== at && { names: cells(id) }) }
}

const flagOf = (side: 'labels' | 'truth', flag: 'column' | 'id') => `--${side === 'truth' ? 'truth-' : ''}${flag}`

/** Whether record 1 holds names: one that is asked for or usual, or texts above numbers. */
function hasHeader(
  [first, ...rest]: readonly (readonly string[])[],
  { column, id }: LabelColumns,
  side: 'labels' | 'truth',
) {
  const known = [...usual[side], ...usualNames]
  if (first.some((cell) => cell === column || cell === id || known.includes(cell.toLowerCase()))) return true
  const isNumber = (cell: string) => cell !== '' && Number.isFinite(Number(cell))
  return first.some(
    (cell, at) => !isNumber(cell) && rest.length > 0 && rest.every((cells) => isNumber(cells[at] ?? '')),
  )
}

function usualColumn(heads: readonly string[], id: number, path: string, side: 'labels' | 'truth'): number {
  const others = heads.flatMap((_, at) => (at === id ? [] : [at]))
  if (others.length === 1) return others[0]
  const found = placeOf(heads, usual[side])
  if (found >= 0) return found
  throw new OptionError(
    flagOf(side, 'column'),
    undefined,
    `a column of ${quoted(path)}: ${printable(heads.join(', '), 400)}`,
  )
}

/** The column of the first of these names that there is; −1 if there is none. */
function placeOf(heads: readonly string[], names: readonly string[]): number {
  const found = names.find((name) => heads.some((head) => head.toLowerCase() === name))
  return heads.findIndex((head) => head.toLowerCase() === found)
}

/** A column by its name, or by its number from 0, negative from the end. */
function columnOf(heads: readonly string[], name: string, flag: string): number {
  const byName = heads.indexOf(name)
  if (byName >= 0) return byName
  const number = /^-?\d{1,9}$/.test(name) ? Number(name) : Number.NaN
  const at = number < 0 ? heads.length + number : number
  if (at >= 0 && at < heads.length) return at
  throw new OptionError(flag, name, `columns ${printable(heads.join(', '), 400)}`)
}
