import type { Random } from '@dc/core/plugin'
import { checkInteger, checkNumber } from '@dc/core/plugin'
import type { SymmetricOperator } from '../laplacian'
import { type Block, orthonormalise, sideBySide, timesSmall, transposedTimes } from './blocks'
import { chebyshevFilter } from './chebyshev-filter'
import { denseEigenpairs, symmetricEigen } from './dense'
import { type EigenResult, eigenResult, residualsOf, scaleOf } from './eigen-result'

export interface SparseEigenOptions {
  /** Draws the first block. */
  readonly random: Random
  /** Largest residual allowed, relative to the spectrum's bound. Default 1e-10. */
  readonly tolerance?: number
  /** Most restarts. Default 200. */
  readonly maxIterations?: number
  /** Degree of the Chebyshev filter: more products per restart, fewer restarts. Default 32. */
  readonly degree?: number
}

/**
 * The smallest eigenpairs of a sparse symmetric operator: restarted block Lanczos on a Chebyshev polynomial of it.
 *
 * Each restart spans `[X, p(A)X]` from the best block X so far and keeps the Ritz vectors of lowest Ritz value.
 * p is the Chebyshev polynomial that stays within ±1 on the unwanted part of the spectrum and grows fastest below it
 * (Saad 1984; Zhou, Saad, Tiago and Chelikowsky 2006). Blocks find eigenvalues of any multiplicity, which single
 * vectors do not: a graph of c components has the eigenvalue 0 c times.
 *
 * If it does not converge (`converged: false`): raise `degree` for clustered eigenvalues, or `maxIterations`.
 *
 * @param count 1 … n
 * @returns values ascending, vectors `[n, count]` with fixed signs, residuals, convergence
 * @throws OptionError for a count or settings out of range
 * @example
 * const { values, converged } = sparseEigenpairs(laplacian(graph).operator, 10, { random: createRandom(0) })
 */
export function sparseEigenpairs(operator: SymmetricOperator, count: number, options: SparseEigenOptions): EigenResult {
  const { random, tolerance = 1e-10, maxIterations = 200, degree = 32 } = options
  const n = operator.size
  checkInteger('count', count, 1, n)
  checkNumber('tolerance', tolerance, 0)
  checkInteger('maxIterations', maxIterations, 1, Number.MAX_SAFE_INTEGER)
  checkInteger('degree', degree, 1, 1000)
  // Spare vectors widen the gap between the last wanted eigenvalue and the first one outside the block. The width is a
  // multiple of eight, because products take eight columns at a time.
  const width = (count + Math.max(4, count >> 1) + 7) & ~7
  if (n <= 4 * width) return denseEigenpairs(operator, count)

  const start = Float64Array.from({ length: n * width }, () => random.normal())
  let ritz = rayleighRitz(operator, orthonormalise({ values: start, width }), width)
  let iterations = 0
  for (let settled = false; iterations < maxIterations && !settled; iterations++) {
    const cut = ritz.values[ritz.values.length - 1]
    const range = { lowest: ritz.values[0], cut, upper: operator.bounds[1] }
    const added = orthonormalise(chebyshevFilter(operator, ritz.vectors, range, degree), ritz.vectors)
    // If nothing is added, the block spans an invariant subspace.
    const basis = added.width > 0 ? sideBySide([ritz.vectors, added]) : ritz.vectors
    ritz = rayleighRitz(operator, basis, width)
    const residuals = residualsOf(operator, ritz.values, ritz.vectors.values).subarray(0, count)
    settled = residuals.every((residual) => residual <= tolerance * scaleOf(operator))
  }
  const vectors = new Float64Array(n * count)
  for (let i = 0; i < n; i++)
    for (let c = 0; c < count; c++) vectors[i * count + c] = ritz.vectors.values[i * ritz.vectors.width + c]
  return eigenResult(operator, ritz.values.slice(0, count), vectors, {
    method: 'chebyshev-lanczos',
    iterations,
    // A margin for the rounding between the residual that stopped the loop and the one reported.
    tolerance: tolerance * 1.01,
  })
}

/** The lowest `keep` Ritz pairs of an orthonormal basis. */
export function rayleighRitz(
  operator: SymmetricOperator,
  basis: Block,
  keep: number,
): { values: Float64Array; vectors: Block } {
  const image = new Float64Array(basis.values.length)
  operator.apply(basis.values, basis.width, image)
  const projected = transposedTimes(basis.values, basis.width, image, basis.width)
  for (let a = 0; a < basis.width; a++)
    for (let b = 0; b < a; b++) {
      const mean = (projected[a * basis.width + b] + projected[b * basis.width + a]) / 2
      projected[a * basis.width + b] = projected[b * basis.width + a] = mean
    }
  const solved = symmetricEigen({ values: projected, rows: basis.width, columns: basis.width })
  const width = Math.min(keep, basis.width)
  const change = new Float64Array(basis.width * width)
  for (let a = 0; a < basis.width; a++)
    for (let b = 0; b < width; b++) change[a * width + b] = solved.vectors.values[a * basis.width + b]
  return {
    values: solved.values.slice(0, width),
    vectors: { values: timesSmall(basis.values, basis.width, change, width), width },
  }
}
