import type { SymmetricOperator } from '../laplacian'
import type { Matrix } from '../matrix'

/** Eigenvalues, ascending, and their unit eigenvectors, one per column. */
export interface EigenPairs {
  readonly values: Float64Array
  /** `[n, count]`, float64. */
  readonly vectors: Matrix
}

/** Eigenpairs with their residuals. */
export interface EigenResult extends EigenPairs {
  /** `‖A v − λ v‖` of every pair. */
  readonly residuals: Float64Array
  /** Whether every residual is at most the tolerance times the bound on the largest eigenvalue. */
  readonly converged: boolean
  /** Rounds of the solver. */
  readonly iterations: number
  readonly method: string
}

/** Fixes signs, measures residuals. `vectors` is `[n, count]`. */
export function eigenResult(
  operator: SymmetricOperator,
  values: Float64Array,
  vectors: Float64Array,
  { method, iterations, tolerance }: { method: string; iterations: number; tolerance: number },
): EigenResult {
  const [n, count] = [operator.size, values.length]
  fixSigns(vectors, n, count)
  const residuals = residualsOf(operator, values, vectors)
  const limit = tolerance * scaleOf(operator)
  return {
    values,
    vectors: { values: vectors, rows: n, columns: count },
    residuals,
    converged: residuals.every((residual) => residual <= limit),
    iterations,
    method,
  }
}

/** The size of the spectrum that tolerances refer to. */
export function scaleOf({ bounds }: SymmetricOperator): number {
  return Math.max(Math.abs(bounds[0]), Math.abs(bounds[1]), Number.MIN_VALUE)
}

export function residualsOf(operator: SymmetricOperator, values: Float64Array, vectors: Float64Array): Float64Array {
  const count = values.length
  const image = new Float64Array(vectors.length)
  operator.apply(vectors, count, image)
  const squares = new Float64Array(count)
  for (let at = 0; at < vectors.length; at++) squares[at % count] += (image[at] - values[at % count] * vectors[at]) ** 2
  return squares.map(Math.sqrt)
}

/** Makes the entry of largest magnitude positive in every column. Of entries equal up to rounding, the first one counts. */
export function fixSigns(vectors: Float64Array, n: number, count: number): void {
  for (let c = 0; c < count; c++) {
    let largest = 0
    let sign = 1
    for (let i = 0; i < n; i++) {
      const value = vectors[i * count + c]
      if (Math.abs(value) <= largest * (1 + 1e-9)) continue
      largest = Math.abs(value)
      sign = Math.sign(value)
    }
    if (sign < 0) for (let i = 0; i < n; i++) vectors[i * count + c] *= -1
  }
}
