import { createRegistry, type Dataset } from '@dc/core'
import { asMatrix, type Rows } from '@dc/core/points'
import { memoryDataset } from '@dc/data/rows'
import { throughEncoder } from './encoders/through-encoder'
import { type Reading, type ReadLike, readPath } from './read-path'

/**
 * Rows in any form: those that all packages take, with `labels` beside them or without; a data set that is read by row
 * number; in Node the path of a file or a folder of images, as `dclust --data` takes it.
 */
export type AnyRows = Rows | (Rows & { readonly labels: ArrayLike<number> }) | Dataset | string

/**
 * Rows of any form as a data set.
 *
 * @param name of the argument, for messages
 * @param like how a path is read, if in the way of other rows; and the encoder, which also sees pictures and texts that are given
 * @throws OptionError for anything else; ShapeError, DataError for rows that cannot be
 */
export async function datasetOf(
  rows: AnyRows,
  name = 'data',
  like: ReadLike = {},
  reading: Reading = {},
): Promise<Dataset> {
  if (typeof rows === 'string') return readPath(rows, like, reading)
  const { encoder } = like
  if (isDataset(rows) && encoder && (rows.image || rows.texts))
    return throughEncoder(() => rows, [], encoder, reading.encoders ?? createRegistry([]), reading)
  if (isDataset(rows)) return rows
  const { values, rows: size, columns } = asMatrix(rows, name)
  // A shape of images stays one.
  const shape = 'shape' in rows ? rows.shape : 'sampleShape' in rows ? [size, ...rows.sampleShape] : [size, columns]
  const labels = 'labels' in rows ? Int32Array.from(rows.labels as ArrayLike<number>) : undefined
  return memoryDataset({ name, values, sampleShape: shape.slice(1), ...(labels && { labels }) })
}

const isDataset = (rows: Rows | Dataset): rows is Dataset =>
  typeof rows === 'object' && rows !== null && 'read' in rows && 'sampleShape' in rows && 'size' in rows
