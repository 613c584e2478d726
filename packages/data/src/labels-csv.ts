import { csvCell, type Dataset } from '@dc/core/plugin'

/** What a method says of each row. */
interface LabelledRows {
  readonly labels: Int32Array
  readonly certainty: Float64Array
  /** `[n, 2]`; NaN for a row that is not on the map. */
  readonly map: Float64Array
}

/** What every `labels.csv` has; the labels of each baseline follow under its name. */
export const labelsColumns = ['row', 'name', 'label', 'truth', 'class', 'certainty', 'x', 'y'] as const

/** Of a run whose clusters have names. */
export const labelsNamesColumn = 'cluster'

/**
 * `labels.csv`: a line for each row. `name` is the path of the row's picture below its folder, or its id, or else the row
 * number; `truth` is the number of its class and `class` the name. Fields are empty where the class is not known or a row is
 * not on the map. Names cannot be formulas: see {@link csvCell}.
 *
 * @param baselines the labels of other methods, by their name
 * @param clusterNames if clusters have names, a last column `cluster` says them
 */
export function labelsCsv(
  { labels, certainty, map }: LabelledRows,
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
  const header = [...labelsColumns, ...others.map(([name]) => name), ...(clusterNames ? [labelsNamesColumn] : [])]
  return `${[header.join(','), ...lines].join('\n')}\n`
}
