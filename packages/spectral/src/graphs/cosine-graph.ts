import type { SparseRows } from '@dc/core/plugin'
import { unitRows } from '@dc/core/points'
import { checkPoints, type Rows } from '../matrix'
import { denseGraph } from './dense-graph'

/**
 * Graph of all pairs, weighted by cosine similarity. Pairs at an angle of 90° or more have no edge. A row of zeros has no
 * direction, and so no edges. For many points use `knnGraph` with weight `cosine`.
 *
 * @param rows `[n, d]`
 * @throws ShapeError, DataError for bad points; OptionError for more points than all pairs fit
 * @example
 * cosineGraph([[1, 0], [1, 1], [0, 1]])   // weights 0.707 between neighbours, none across
 */
export function cosineGraph(rows: Rows): SparseRows {
  const points = checkPoints(rows)
  const { values, columns } = unitRows(points)
  return denseGraph(points.rows, (i, j) => {
    let dot = 0
    for (let p = i * columns, q = j * columns, end = p + columns; p < end; p++, q++) dot += values[p] * values[q]
    return dot
  })
}
