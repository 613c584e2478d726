import { DataError, type SparseRows } from '@dc/core'
import { checkPoints, type Matrix, squaredNorms } from '../matrix'
import { denseGraph } from './dense-graph'

/**
 * Graph of all pairs weighted by cosine similarity; pairs at an angle of 90° or more have no edge. For many points use
 * `knnGraph` with weight `cosine`.
 *
 * @param points `[n, d]`, no row of length 0
 * @throws DataError for a row of length 0; OptionError for more points than all pairs fit
 * @example
 * cosineGraph(matrixFrom([[1, 0], [1, 1], [0, 1]]))   // weights 0.707 between neighbours, none across
 */
export function cosineGraph(points: Matrix): SparseRows {
  const { values, columns } = unitRows(points)
  return denseGraph(points.rows, (i, j) => {
    let dot = 0
    for (let p = i * columns, q = j * columns, end = p + columns; p < end; p++, q++) dot += values[p] * values[q]
    return dot
  })
}

/** Rows scaled to length 1. */
export function unitRows(points: Matrix, name = 'points'): Matrix {
  checkPoints(points, name)
  const norms = squaredNorms(points)
  const zero = norms.indexOf(0)
  if (zero >= 0)
    throw new DataError(`${name} has a row of length 0 (row ${zero}), which has no direction.`, { row: zero })
  const values = points.values.slice()
  for (let i = 0, at = 0; i < points.rows; i++) {
    const length = Math.sqrt(norms[i])
    for (let j = 0; j < points.columns; j++, at++) values[at] /= length
  }
  return { ...points, values }
}
