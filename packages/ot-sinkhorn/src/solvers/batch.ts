import { ShapeError } from '@dc/core/plugin'
import type { Costs, TransportProblem } from '../problems/problem'
import type { TransportResult } from '../results/result'
import { type SolveOptions, solve } from './solve'

/**
 * Solves one problem for each matrix of a batch of costs. Each solve starts from the potentials of the one before.
 *
 * @param cost `batch × rows × columns` costs, row-major
 * @param shape `[batch, rows, columns]`
 * @param make the problem of one matrix, such as `(matrix) => balanced({ ...matrix, epsilon: 0.1 })`
 * @returns one result for each
 * @throws ShapeError if the costs do not fill the shape; and what `make` and `solve` throw
 * @example
 * const results = solveBatch(cost, [8, 100, 10], (matrix) => p2ot({ ...matrix, rho: 0.5 }))
 */
export function solveBatch(
  cost: Costs,
  [batch, rows, columns]: readonly [number, number, number],
  make: (matrix: { cost: Costs; rows: number; columns: number }, index: number) => TransportProblem,
  options: SolveOptions = {},
): TransportResult[] {
  const size = rows * columns
  if (!(batch >= 0) || cost.length !== batch * size)
    throw new ShapeError('cost', [cost.length], `${batch} × ${rows} × ${columns} = ${batch * size} values`)
  let { start } = options
  return Array.from({ length: batch }, (_, index) => {
    const problem = make({ cost: cost.subarray(index * size, (index + 1) * size), rows, columns }, index)
    const result = solve(problem, { ...options, start })
    start = result.potentials.columns
    return result
  })
}
