import { DataError, quoted, textOfCell } from '@dc/core'
import { eachCsvRecord } from '@dc/data'
import { labelsColumns, labelsCsv, labelsNamesColumn } from '@dc/data/rows'
import type { Labeling } from '../report/run-result'

export { labelsCsv }

/** What `labels.csv` says. */
export interface LabelsFile extends Omit<Labeling, 'mapMethod'> {
  readonly names: readonly string[]
  /** The class of each row by its name; null where it is not known. */
  readonly classes: readonly (string | null)[]
  /** Labels of other methods, by the name of their column. */
  readonly baselines: Readonly<Record<string, Int32Array>>
}

/** Whether these are the columns of a `labels.csv`. */
export const isLabelsHeader = (header: readonly string[]): boolean =>
  labelsColumns.every((name, at) => header[at] === name)

/** Reads a `labels.csv`. @throws DataError if it has other columns, or a line that is none of such a file */
export async function readLabelsCsv(path: string): Promise<LabelsFile> {
  const at = (name: (typeof labelsColumns)[number]) => labelsColumns.indexOf(name)
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
      for (const other of cells.slice(labelsColumns.length)) others.set(other, [])
      return
    }
    if (cells.length !== width || cells[row] !== String(labels.length) || !/^\d+$/.test(cells[label]))
      throw new DataError(`${quoted(path)}: record ${record} is no line of a run's labels.`, { path, record })
    names.push(textOfCell(cells[name]))
    labels.push(Number(cells[label]))
    classes.push(cells[truth] === '' ? null : textOfCell(cells[className]))
    certainty.push(number(cells[at('certainty')]))
    map.push(number(cells[at('x')]), number(cells[at('y')]))
    let column = labelsColumns.length
    for (const found of others.values()) found.push(Number(cells[column++]))
  })
  others.delete(labelsNamesColumn)
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
  new DataError(`${quoted(path)} does not begin with the columns ${labelsColumns.join(', ')} of a run's labels.`, {
    path,
  })
