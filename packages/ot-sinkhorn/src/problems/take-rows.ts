import { OptionError } from '@dc/core/plugin'
import type { TransportProblem } from './problem'

/**
 * The rows `from` to below `to` of a problem, as one shard. Shards solved side by side with `reduce` find the plan of the
 * whole. Costs are not copied.
 *
 * @returns a problem with the whole problem's column masses, and its own share of the row masses
 * @throws OptionError for a range outside the rows
 * @example
 * const half = takeRows(problem, 0, problem.rows / 2)
 * solve(half, { reduce: (columns) => sumOverWorkers(columns) })
 */
export function takeRows(problem: TransportProblem, from: number, to: number): TransportProblem {
  const { rows, columns, cost, rowMarginal } = problem
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= rows))
    throw new OptionError('from, to', [from, to], `a range within rows 0 to ${rows}`)
  return {
    ...problem,
    rows: to - from,
    cost: cost.subarray(from * columns, to * columns),
    rowMarginal: { ...rowMarginal, mass: rowMarginal.mass.subarray(from, to) },
  }
}
