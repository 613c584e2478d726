import { checkInteger, ShapeError } from '@dc/core/plugin'
import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix'
import type { SymmetricOperator } from '../laplacian'
import { asMatrix, type Rows } from '../matrix'
import { type EigenPairs, type EigenResult, eigenResult } from './eigen-result'

/**
 * All eigenpairs of a symmetric matrix in float64: Householder tridiagonalisation and implicit QL, by `ml-matrix`.
 * O(n³): for n up to about a thousand.
 *
 * @param a `[n, n]`, symmetric; only finite values
 * @example
 * symmetricEigen([[2, 1], [1, 2]]).values   // [1, 3]
 */
export function symmetricEigen(a: Rows): EigenPairs {
  const { rows: n, columns, values } = asMatrix(a, 'a')
  if (n !== columns) throw new ShapeError('a', [n, columns], 'as many rows as columns')
  const dense = MlMatrix.from1DArray(n, n, values as unknown as number[])
  const solved = new EigenvalueDecomposition(dense, { assumeSymmetric: true })
  const found = solved.realEigenvalues
  const order = found.map((_, i) => i).sort((i, j) => found[i] - found[j])
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) vectors[i * n + j] = solved.eigenvectorMatrix.get(i, order[j])
  return {
    values: Float64Array.from(order, (i) => found[i]),
    vectors: { values: vectors, rows: n, columns: n },
  }
}

/**
 * The smallest eigenpairs of an operator through its dense matrix.
 *
 * @param count 1 … n
 * @throws OptionError for a count out of range
 * @example
 * denseEigenpairs(laplacian(graph).operator, 4)
 */
export function denseEigenpairs(operator: SymmetricOperator, count: number): EigenResult {
  const n = operator.size
  checkInteger('count', count, 1, n)
  const identity = new Float64Array(n * n)
  for (let i = 0; i < n; i++) identity[i * n + i] = 1
  const dense = new Float64Array(n * n)
  operator.apply(identity, n, dense)
  const { values, vectors } = symmetricEigen({ values: dense, rows: n, columns: n })
  const kept = new Float64Array(n * count)
  for (let i = 0; i < n; i++) for (let c = 0; c < count; c++) kept[i * count + c] = vectors.values[i * n + c]
  return eigenResult(operator, values.slice(0, count), kept, { method: 'dense', iterations: 1, tolerance: 1e-8 })
}
