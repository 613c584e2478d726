import { DataError, ShapeError, type SparseRows } from '@dc/core/plugin'
import { checkPoints, type Matrix } from '../matrix'
import { checkAffinity, isSymmetric } from '../sparse/sparse-rows'
import { compress } from './dense-graph'

/**
 * Checks a similarity that was computed elsewhere: square, symmetric, finite, no negative weights.
 *
 * @param similarity `[n, n]`, dense rows or compressed rows
 * @throws ShapeError if it is not square; DataError if it is not symmetric or has negative or non-finite weights
 * @example
 * const graph = precomputedGraph(matrixFrom([[0, 1], [1, 0]]))
 */
export function precomputedGraph(similarity: Matrix | SparseRows): SparseRows {
  let graph = similarity as SparseRows
  if (!('offsets' in similarity)) {
    checkPoints(similarity, 'similarity')
    if (similarity.rows !== similarity.columns)
      throw new ShapeError('similarity', [similarity.rows, similarity.columns], 'as many rows as columns')
    graph = compress(similarity.values, similarity.rows)
  }
  checkAffinity(graph, 'similarity')
  if (!isSymmetric(graph))
    throw new DataError('similarity is not symmetric; join its directions with symmetrise(graph, "mean") first.')
  return graph
}
