import { type Dataset, OptionError } from '@dc/core'
import { asMatrix, type Rows } from '@dc/core/points'
import { memoryDataset } from '@dc/data/rows'
import { readPath } from './read-path'

/**
 * Rows in any form: a data set, a matrix, values with a shape (`[n, features]` or `[n, height, width, channels]`), nested
 * arrays; in Node also the path of a file or a folder of images, as `dclust --data` takes it.
 */
export type RowsOf = Dataset | Rows | string

/**
 * Rows of any form as a data set.
 *
 * @param name of the argument, for messages
 * @throws OptionError for anything else; ShapeError, DataError for rows that cannot be
 */
export async function datasetOf(rows: RowsOf, name = 'data'): Promise<Dataset> {
  if (typeof rows === 'string') return readPath(rows)
  if (typeof rows !== 'object' || rows === null)
    throw new OptionError(name, rows, 'a Dataset, a matrix, { values, shape }, an array of rows, or a path')
  if ('read' in rows && 'sampleShape' in rows) return rows
  const { values, columns } = asMatrix(rows, name)
  return memoryDataset({ name, values, sampleShape: sampleShapeOf(rows) ?? [columns] })
}

function sampleShapeOf(rows: Rows): readonly number[] | undefined {
  if ('shape' in rows) return rows.shape.slice(1)
  return 'sampleShape' in rows ? rows.sampleShape : undefined
}
