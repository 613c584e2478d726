import { DataError, ShapeError, type SparseRows } from '@dc/core/plugin'
import { checkPoints, type Rows } from '../matrix'
import { checkAffinity, isSymmetric } from '../sparse/sparse-rows'
import { compress } from './dense-graph'

/**
 * Checks a similarity that was computed elsewhere: square, symmetric, finite, no negative weights.
 *
 * @param similarity `[n, n]`, dense rows or compressed rows
 * @throws ShapeError if it is not square; DataError if it is not symmetric or has negative or non-finite weights
 * @example
 * const graph = precomputedGraph([[0, 1], [1, 0]])
 */
export function precomputedGraph(similarity: Rows | SparseRows): SparseRows {
  const graph = isGraph(similarity) ? similarity : compressed(similarity)
  checkAffinity(graph, 'similarity')
  if (!isSymmetric(graph))
    throw new DataError('similarity is not symmetric; join its directions with symmetrise(graph, "mean") first.')
  return graph
}

const isGraph = (given: Rows | SparseRows): given is SparseRows =>
  typeof given === 'object' && given !== null && 'offsets' in given

function compressed(similarity: Rows): SparseRows {
  const { values, rows, columns } = checkPoints(similarity, 'similarity')
  if (rows !== columns) throw new ShapeError('similarity', [rows, columns], 'as many rows as columns')
  return compress(values, rows)
}
