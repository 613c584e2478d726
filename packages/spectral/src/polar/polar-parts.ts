import { symmetricEigen } from '../eigen/dense'
import { type Matrix, matrix } from '../matrix'

/** What the gradient needs of `Z = Q H`, H the positive part: eigenvalues σ and eigenvectors V of H. */
export interface PolarParts {
  /** `[n, d]` */
  readonly factor: Matrix
  /** Singular values of Z, ascending, `[d]`. */
  readonly singularValues: Float64Array
  /** Right singular vectors, `[d, d]`, one per column. */
  readonly vectors: Matrix
  /** How many singular values count as nonzero. */
  readonly rank: number
  /** `V S⁺ Vᵀ`, `[d, d]`: rows times this are rows of the factor. */
  readonly inverseRoot: Matrix
}

/**
 * The polar factor `U Vᵀ` of `Z = U S Vᵀ` in float64, by the eigendecomposition of the d×d matrix ZᵀZ: `Z V S⁺ Vᵀ`.
 * A rank-deficient Z gives the partial isometry of its range.
 */
export function polarParts(z: Matrix): PolarParts {
  const { rows: n, columns: d, values } = z
  const gram = new Float64Array(d * d)
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * d, (i + 1) * d)
    for (let p = 0; p < d; p++) for (let q = 0; q <= p; q++) gram[p * d + q] += row[p] * row[q]
  }
  for (let p = 0; p < d; p++) for (let q = 0; q < p; q++) gram[q * d + p] = gram[p * d + q]
  const { values: squares, vectors } = symmetricEigen(matrix(gram, d, d))
  // ZᵀZ carries an error of about n·u of its largest eigenvalue, so smaller ones say nothing.
  const threshold = squares[d - 1] * n * 2 ** -52
  const singularValues = squares.map((s) => Math.sqrt(Math.max(0, s)))
  const inverseRoot = new Float64Array(d * d)
  let rank = 0
  for (let e = 0; e < d; e++) {
    if (!(squares[e] > threshold)) continue
    rank++
    for (let p = 0; p < d; p++) {
      const scaled = vectors.values[p * d + e] / singularValues[e]
      for (let q = 0; q < d; q++) inverseRoot[p * d + q] += scaled * vectors.values[q * d + e]
    }
  }
  const root = matrix(inverseRoot, d, d)
  return { factor: timesSquare(z, root), singularValues, vectors, rank, inverseRoot: root }
}

/** Rows `[n, d]` times a matrix `[d, d]`. */
export function timesSquare({ values, rows, columns: d }: Matrix, square: Matrix): Matrix {
  const product = new Float64Array(rows * d)
  for (let i = 0; i < rows; i++)
    for (let p = 0; p < d; p++) {
      const x = values[i * d + p]
      for (let q = 0; q < d; q++) product[i * d + q] += x * square.values[p * d + q]
    }
  return matrix(product, rows, d)
}
