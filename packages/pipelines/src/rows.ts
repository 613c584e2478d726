import { type Dataset, OptionError, ShapeError } from '@dc/core'
import { memoryDataset } from '@dc/data/rows'
import { type Matrix, matrixFrom } from '@dc/spectral'
import { readPath } from './read-path'

/** Rows in a typed array, row after row. */
export interface ShapedValues {
  readonly values: Float32Array | Float64Array
  /** `[n, features]` or `[n, height, width, channels]`. */
  readonly shape: readonly number[]
}

/**
 * Rows in any form: a data set, a matrix, values with a shape, nested arrays; in Node also the path of a file or a folder of
 * images, as `dclust --data` takes it.
 */
export type RowsOf = Dataset | Matrix | ShapedValues | readonly (readonly number[])[] | string

/**
 * Rows of any form as a data set.
 *
 * @param name of the argument, for messages
 * @throws OptionError for anything else; ShapeError, DataError for rows that cannot be
 */
export async function datasetOf(rows: RowsOf, name = 'data'): Promise<Dataset> {
  if (typeof rows === 'string') return readPath(rows)
  if (Array.isArray(rows)) return ofMatrix(matrixFrom(rows), name)
  if (typeof rows !== 'object' || rows === null) throw notRows(rows, name)
  if ('read' in rows && 'sampleShape' in rows) return rows
  if ('columns' in rows && 'values' in rows) return ofMatrix(rows, name)
  if (!('shape' in rows && 'values' in rows)) throw notRows(rows, name)
  const { values, shape } = rows
  const size = shape.reduce((product, side) => product * side, 1)
  if (shape.length < 2 || size !== values.length)
    throw new ShapeError(`${name}.values`, [values.length], `[${shape.join(' × ')}], rows first`)
  return memoryDataset({ name, values, sampleShape: shape.slice(1) })
}

function ofMatrix({ values, rows, columns }: Matrix, name: string): Dataset {
  if (values.length !== rows * columns)
    throw new ShapeError(`${name}.values`, [values.length], `[${rows} × ${columns}]`)
  return memoryDataset({ name, values, sampleShape: [columns] })
}

const notRows = (found: unknown, name: string) =>
  new OptionError(name, found, 'a Dataset, a matrix, { values, shape }, an array of rows, or a path')
