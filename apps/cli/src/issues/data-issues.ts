import type { Dataset, LeftOut } from '@dc/core'
import type { CommonSpace } from '../judge/common-space'
import { type Mislabelled, mislabelled } from './mislabelled'
import { type Duplicates, nearDuplicates } from './near-duplicates'
import { type Outlier, outliers } from './outliers'

/** What looks wrong with the data of a run. Rows are numbers in the data. */
export interface DataIssues {
  readonly duplicates: readonly Duplicates[]
  readonly outliers: readonly Outlier[]
  /** Labelled rows whose class looks wrong. */
  readonly mislabelled: readonly Mislabelled[]
  /** Files that could not be read: they have no row. */
  readonly unreadable: readonly LeftOut[]
  /** Rows that were looked at: of more than 10,000 a random part. */
  readonly looked: number
}

/** Looks for near duplicates, outliers and wrong classes in the common space. */
export function dataIssues(dataset: Dataset, space: CommonSpace): DataIssues {
  const { neighbours, rows } = space
  const { labels } = dataset
  const inData = (place: number) => rows[place]
  return {
    duplicates: nearDuplicates(neighbours).map((group) => ({ ...group, rows: group.rows.map(inData) })),
    outliers: outliers(neighbours).map((each) => ({ ...each, row: inData(each.row) })),
    mislabelled: labels
      ? mislabelled(
          neighbours,
          rows.map((row) => labels[row]),
        ).map((each) => ({ ...each, row: inData(each.row) }))
      : [],
    unreadable: dataset.leftOut ?? dataset.seen?.leftOut ?? [],
    looked: rows.length,
  }
}
