import { csvCell, DataError, type Dataset, quoted, textOfCell } from '@dc/core'
import { eachCsvRecord } from '@dc/data'
import type { Labeling } from '../report/run-result'

/** What every `labels.csv` has; the labels of each baseline follow under its name. */
const columns = ['row', 'name', 'label', 'truth', 'class', 'certainty', 'x', 'y'] as const

/** Of a run whose clusters have names. */
const namesColumn = 'cluster'

/**
 * `labels.csv`: a line for each row. `name` is the path of the row's picture below its folder, or its id, or else the row
 * number; `truth` is the number of its class and `class` the name. Fields are empty where the class is not known or a row is
 * not on the map. Names cannot be formulas: see {@link csvCell}.
 *
 * @param baselines the labels of other methods, by their name
 * @param clusterNames if clusters have names, a last column `cluster` says them
 */
export function labelsCsv(
  { labels, certainty, map }: Omit<Labeling, 'mapMethod'>,
  { labels: truth, classNames, rowNames }: Pick<Dataset, 'labels' | 'classNames' | 'rowNames'>,
  baselines: Readonly<Record<string, Int32Array>>,
  clusterNames?: readonly (string | null)[],
): string {
  const number = (value: number) => (Number.isNaN(value) ? '' : value)
  const others = Object.entries(baselines)
  const lines = Array.from(labels, (label, row) => {
    const known = truth !== undefined && truth[row] >= 0
    return [
      row,
      csvCell(rowNames?.[row] ?? String(row)),
      label,
      known ? truth[row] : '',
      known ? csvCell(classNames?.[truth[row]] ?? String(truth[row])) : '',
      ...[certainty[row], map[2 * row], map[2 * row + 1]].map(number),
      ...others.map(([, other]) => other[row]),
      ...(clusterNames ? [csvCell(clusterNames[label] ?? '')] : []),
    ].join(',')
  })
  const header = [...columns, ...others.map(([name]) => name), ...(clusterNames ? [namesColumn] : [])]
  return `${[header.join(','), ...lines].join('\n')}\n`
}

/** What `labels.csv` says. */
export interface LabelsFile extends Omit<Labeling, 'mapMethod'> {
  readonly names: readonly string[]
  /** The class of each row by its name; null where it is not known. */
  readonly classes: readonly (string | null)[]
  /** Labels of other methods, by the name of their column. */
  readonly baselines: Readonly<Record<string, Int32Array>>
}

/** Whether these are the columns of a `labels.csv`. */
export const isLabelsHeader = (header: readonly string[]): boolean => columns.every((name, at) => header[at] === name)

/** Reads a `labels.csv`. @throws DataError if it has other columns, or a line that is none of such a file */
export async function readLabelsCsv(path: string): Promise<LabelsFile> {
  const at = (name: (typeof columns)[number]) => columns.indexOf(name)
  const [row, name, label, truth, className] = (['row', 'name', 'label', 'truth', 'class'] as const).map(at)
  const [names, labels, classes, certainty, map] = [[], [], [], [], []] as [
    string[],
    number[],
    (string | null)[],
    number[],
    number[],
  ]
  const number = (text: string) => (text === '' ? Number.NaN : Number(text))
  let width = 0
  const others = new Map<string, number[]>()
  await eachCsvRecord(path, (cells, record) => {
    if (record === 1) {
      if (!isLabelsHeader(cells)) throw noLabels(path)
      width = cells.length
      for (const other of cells.slice(columns.length)) others.set(other, [])
      return
    }
    if (cells.length !== width || cells[row] !== String(labels.length) || !/^\d+$/.test(cells[label]))
      throw new DataError(`${quoted(path)}: record ${record} is no line of a run's labels.`, { path, record })
    names.push(textOfCell(cells[name]))
    labels.push(Number(cells[label]))
    classes.push(cells[truth] === '' ? null : textOfCell(cells[className]))
    certainty.push(number(cells[at('certainty')]))
    map.push(number(cells[at('x')]), number(cells[at('y')]))
    let column = columns.length
    for (const found of others.values()) found.push(Number(cells[column++]))
  })
  others.delete(namesColumn)
  if (width === 0) throw noLabels(path)
  return {
    names,
    labels: Int32Array.from(labels),
    classes,
    certainty: Float64Array.from(certainty),
    map: Float64Array.from(map),
    baselines: Object.fromEntries([...others].map(([other, found]) => [other, Int32Array.from(found)])),
  }
}

const noLabels = (path: string) =>
  new DataError(`${quoted(path)} does not begin with the columns ${columns.join(', ')} of a run's labels.`, { path })
