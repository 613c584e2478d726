import type { BalancedOptions } from './balanced'
import { withForbidden } from './forbidden'
import { readCosts, readMasses, readRelaxation, requireEqualMass, type TransportProblem } from './problem'

/** Options of {@link unbalanced}. */
export interface UnbalancedOptions extends BalancedOptions {
  /** KL weight τ of the row marginal; `Infinity` (the default) keeps it an equality. */
  readonly rowRelaxation?: number
  /** KL weight τ of the column marginal; `Infinity` (the default) keeps it an equality. */
  readonly columnRelaxation?: number
}

/**
 * Entropic transport with KL-relaxed marginals. Each side has its own weight; with one finite weight it is semi-relaxed.
 *
 *   min ⟨C, P⟩ + ε Σ P (log P − 1) + τ_rows KL(P1 ‖ rowMass) + τ_columns KL(Pᵀ1 ‖ columnMass)
 *
 * Total masses may differ if one side is relaxed.
 *
 * @returns a problem for `solve`
 * @throws ShapeError, OptionError, DataError as {@link balanced} does, and for weights that are not above 0
 * @see Chizat, Peyré, Schmitzer, Vialard 2018, Scaling Algorithms for Unbalanced Transport Problems
 * @example
 * const problem = unbalanced({ cost, rows: 2, columns: 2, epsilon: 0.1, columnRelaxation: 1 })
 * solve(problem).columnSums
 */
export function unbalanced(options: UnbalancedOptions): TransportProblem {
  const { rows, columns, epsilon } = options
  const cost = readCosts(options)
  const rowMass = readMasses('rowMass', options.rowMass, rows)
  const columnMass = readMasses('columnMass', options.columnMass, columns)
  const rowRelaxation = readRelaxation('rowRelaxation', options.rowRelaxation ?? Infinity)
  const columnRelaxation = readRelaxation('columnRelaxation', options.columnRelaxation ?? Infinity)
  if (rowRelaxation === Infinity && columnRelaxation === Infinity) requireEqualMass(rowMass, columnMass)
  return withForbidden({
    kind: 'unbalanced',
    rows,
    columns,
    cost,
    epsilon,
    rowMarginal: { mass: rowMass, relaxation: rowRelaxation, limit: false },
    columnMarginal: { mass: columnMass, relaxation: columnRelaxation, limit: false },
  })
}
