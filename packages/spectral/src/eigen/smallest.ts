import { checkChoice } from '@dc/core/plugin'
import type { SymmetricOperator } from '../laplacian'
import { type SparseEigenOptions, sparseEigenpairs } from './chebyshev-lanczos'
import { denseEigenpairs } from './dense'
import type { EigenResult } from './eigen-result'
import { randomisedEigenpairs } from './randomised'

export const solvers = ['auto', 'dense', 'sparse', 'randomised'] as const
export type Solver = (typeof solvers)[number]

/** Up to here the dense solver is as quick as the sparse one. */
const smallSize = 400

/** The smallest eigenpairs by a named solver; `auto` takes the dense one for small operators. */
export function smallestEigenpairs(
  operator: SymmetricOperator,
  count: number,
  solver: Solver,
  options: SparseEigenOptions,
): EigenResult {
  checkChoice('solver', solver, solvers)
  if (solver === 'dense' || (solver === 'auto' && operator.size <= smallSize)) return denseEigenpairs(operator, count)
  if (solver === 'randomised') return randomisedEigenpairs(operator, count, { random: options.random })
  return sparseEigenpairs(operator, count, options)
}
