import type { Dataset } from '@dc/core'
import { subset } from '@dc/data/rows'

/** The rows that a supervised pipeline is trained on. */
export interface KnownRows {
  /** Rows of known classes, which are numbered 0 … k−1. */
  readonly dataset: Dataset
  readonly k: number
}

/** The classes that rows have, in increasing order; −1 is none. */
export function classesOf({ labels }: Pick<Dataset, 'labels'>): number[] {
  return [...new Set(labels?.filter((label) => label >= 0))].sort((a, b) => a - b)
}

/** Rows of known classes: what a supervised pipeline that keeps none of them back is trained on. */
export function knownRows(dataset: Dataset): KnownRows {
  const classes = classesOf(dataset)
  const labels = dataset.labels!
  const rows = Int32Array.from(labels.keys()).filter((row) => labels[row] >= 0)
  const known = rows.length === dataset.size ? dataset : subset(dataset, rows, `${dataset.name}, known classes`)
  return { dataset: numbered(known, classes), k: classes.length }
}

/** The same rows with these classes numbered 0, 1, …. */
export function numbered(dataset: Dataset, classes: readonly number[]): Dataset {
  const code = new Map(classes.map((label, at) => [label, at]))
  return { ...dataset, labels: dataset.labels!.map((label) => code.get(label)!), classNames: undefined }
}
