import { DataError, type Dataset, quoted } from '@dc/core'
import { readCsvCells } from '@dc/data'
import type { Labeling } from '../report/run-result'
import { csvCell, textOfCell } from './csv-field'

/** What every `labels.csv` has; the labels of each baseline follow under its name. */
const columns = ['row', 'name', 'label', 'truth', 'class', 'certainty', 'x', 'y'] as const

/**
 * `labels.csv`: a line for each row. `name` is the path of the row's picture below its folder, or its id, or else the row
 * number; `truth` is the number of its class and `class` the name. Fields are empty where the class is not known or a row is
 * not on the map. Names cannot be formulas: see {@link csvCell}.
 *
 * @param baselines the labels of other methods, by their name
 */
export function labelsCsv(
  { labels, certainty, map }: Labeling,
  { labels: truth, classNames, rowNames }: Pick<Dataset, 'labels' | 'classNames' | 'rowNames'>,
  baselines: Readonly<Record<string, Int32Array>>,
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
    ].join(',')
  })
  return `${[[...columns, ...others.map(([name]) => name)].join(','), ...lines].join('\n')}\n`
}

/** What `labels.csv` says. */
export interface LabelsFile extends Omit<Labeling, 'mapMethod'> {
  readonly names: readonly string[]
  /** The class of each row by its name; null where it is not known. */
  readonly classes: readonly (string | null)[]
}

/** Whether these are the columns of a `labels.csv`. */
export const isLabelsHeader = (header: readonly string[]): boolean => columns.every((name, at) => header[at] === name)

/** Reads a `labels.csv`. @throws DataError if it has other columns, or a line that is none of such a file */
export async function readLabelsCsv(path: string): Promise<LabelsFile> {
  const { records } = await readCsvCells(path)
  const [header = [], ...lines] = records
  if (!isLabelsHeader(header))
    throw new DataError(`${quoted(path)} does not begin with the columns ${columns.join(', ')} of a run's labels.`, {
      path,
    })
  const at = (name: (typeof columns)[number]) => columns.indexOf(name)
  const number = (text: string) => (text === '' ? Number.NaN : Number(text))
  lines.forEach((line, row) => {
    if (line.length !== header.length || line[at('row')] !== String(row) || !/^\d+$/.test(line[at('label')]))
      throw new DataError(`${quoted(path)}: record ${row + 2} is no line of a run's labels.`, { path, record: row + 2 })
  })
  return {
    names: lines.map((line) => textOfCell(line[at('name')])),
    labels: Int32Array.from(lines, (line) => Number(line[at('label')])),
    classes: lines.map((line) => (line[at('truth')] === '' ? null : textOfCell(line[at('class')]))),
    certainty: Float64Array.from(lines, (line) => number(line[at('certainty')])),
    map: Float64Array.from(lines.flatMap((line) => [number(line[at('x')]), number(line[at('y')])])),
  }
}
