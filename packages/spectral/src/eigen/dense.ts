import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix'
import type { Matrix } from '../matrix'

/** Eigenvalues, ascending, and their unit eigenvectors, one per column. */
export interface EigenPairs {
  readonly values: Float64Array
  /** `[n, count]`, float64. */
  readonly vectors: Matrix
}

/**
 * All eigenpairs of a symmetric matrix in float64: Householder tridiagonalisation and implicit QL, by `ml-matrix`.
 * O(n³): for n up to about a thousand.
 *
 * @param a `[n, n]`, symmetric; only finite values
 * @example
 * symmetricEigen(matrixFrom([[2, 1], [1, 2]])).values   // [1, 3]
 */
export function symmetricEigen(a: Matrix): EigenPairs {
  const { rows: n, values } = a
  const dense = MlMatrix.from1DArray(n, n, values as unknown as number[])
  const solved = new EigenvalueDecomposition(dense, { assumeSymmetric: true })
  const order = solved.realEigenvalues
    .map((_, i) => i)
    .sort((i, j) => solved.realEigenvalues[i] - solved.realEigenvalues[j])
  const vectors = new Float64Array(n * n)
  const found = solved.eigenvectorMatrix
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) vectors[i * n + j] = found.get(i, order[j])
  return {
    values: Float64Array.from(order, (i) => solved.realEigenvalues[i]),
    vectors: { values: vectors, rows: n, columns: n },
  }
}
