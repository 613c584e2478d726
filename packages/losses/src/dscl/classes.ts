import { DataError, ShapeError } from '@dc/core'

/** The classes of a batch, numbered 0…k−1 in increasing order, and the weight 1/√|c| of each of their samples. */
export interface BatchClasses {
  /** Number of the class of each row. */
  readonly codes: Int32Array
  /** 1/√|c| of each class: column c of Y times this has length 1. */
  readonly inverseRoots: Float64Array
  readonly k: number
}

/**
 * Numbers the classes that are present.
 *
 * @throws ShapeError unless there is one label for each of `rows` rows
 * @throws DataError for a negative or fractional label
 */
export function batchClasses(labels: ArrayLike<number>, rows: number): BatchClasses {
  if (labels.length !== rows || rows === 0)
    throw new ShapeError('labels', [labels.length], `[${rows}], one for each row of the embeddings, at least one`)
  const values = Array.from(labels)
  const bad = values.findIndex((label) => !Number.isInteger(label) || label < 0)
  if (bad >= 0)
    throw new DataError(`labels[${bad}] is ${values[bad]}; this loss needs a class, an integer ≥ 0, for every row.`, {
      row: bad,
    })
  const classes = [...new Set(values)].sort((a, b) => a - b)
  const numbers = new Map(classes.map((label, code) => [label, code]))
  const codes = Int32Array.from(values, (label) => numbers.get(label)!)
  const sizes = new Float64Array(classes.length)
  for (const code of codes) sizes[code]++
  return { codes, inverseRoots: sizes.map((size) => 1 / Math.sqrt(size)), k: classes.length }
}
