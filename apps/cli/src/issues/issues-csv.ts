import type { Dataset } from '@dc/core'
import { csvCell } from '@dc/core'
import type { DataIssues } from './data-issues'

/** Where a run keeps its issues: for people, and for `dclust report`. */
export const issueFiles = { csv: 'issues.csv', json: 'issues.json' } as const

const columns = ['issue', 'row', 'name', 'group', 'score', 'class', 'likely', 'reason']

/**
 * `issues.csv`, a line for each row that something is wrong with: `issue` is `duplicate` (`group` numbers the rows that are all but the same,
 * `score` is their smallest distance in usual ones), `outlier` (`score`: times the usual distance), `mislabelled` (`class`, and `likely`, which
 * `score` of the nearest rows have) or `unreadable` (`name` is the path, `reason` why).
 */
export function issuesCsv(
  { duplicates, outliers, mislabelled, unreadable }: DataIssues,
  { rowNames, classNames }: Pick<Dataset, 'rowNames' | 'classNames'>,
): string {
  const name = (row: number) => csvCell(rowNames?.[row] ?? String(row))
  const className = (label: number) => csvCell(classNames?.[label] ?? String(label))
  const score = (value: number) => String(Number(value.toPrecision(4)))
  const lines = [
    ...duplicates.flatMap(({ rows, distance }, group) =>
      rows.map((row) => ['duplicate', row, name(row), group, score(distance), '', '', '']),
    ),
    ...outliers.map(({ row, times }) => ['outlier', row, name(row), '', score(times), '', '', '']),
    ...mislabelled.map(({ row, given, likely, share }) => {
      return ['mislabelled', row, name(row), '', score(share), className(given), className(likely), '']
    }),
    ...unreadable.map(({ path, reason }) => ['unreadable', '', csvCell(path), '', '', '', '', csvCell(reason)]),
  ]
  return `${[columns, ...lines].map((cells) => cells.join(',')).join('\n')}\n`
}
