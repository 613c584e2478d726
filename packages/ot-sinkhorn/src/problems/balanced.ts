import { withForbidden } from './forbidden'
import { type CostOptions, readCosts, readMasses, requireEqualMass, type TransportProblem } from './problem'

/** Options of {@link balanced}. */
export interface BalancedOptions extends CostOptions {
  /** Masses of the rows; equal ones that sum to 1 by default. Zero is allowed. */
  readonly rowMass?: ArrayLike<number>
  /** Masses of the columns, of the same total; equal by default. */
  readonly columnMass?: ArrayLike<number>
}

/**
 * Entropic transport with both marginals prescribed.
 *
 *   min ⟨C, P⟩ + ε Σ P (log P − 1)   subject to   P1 = rowMass,  Pᵀ1 = columnMass,  P ≥ 0
 *
 * @returns a problem for `solve`
 * @throws ShapeError, OptionError, DataError for costs that are NaN or −∞, ε ≤ 0, negative masses, masses of different
 * totals, and rows or columns that must carry mass although every pair in them is forbidden
 * @see Cuturi 2013, Sinkhorn Distances
 * @example
 * const problem = balanced({ cost: Float64Array.of(0, 1, 1, 0), rows: 2, columns: 2, epsilon: 0.1 })
 * solve(problem).plan()   // [0.49998, 0.00002, 0.00002, 0.49998]
 */
export function balanced(options: BalancedOptions): TransportProblem {
  const { rows, columns, epsilon } = options
  const cost = readCosts(options)
  const rowMass = readMasses('rowMass', options.rowMass, rows)
  const columnMass = readMasses('columnMass', options.columnMass, columns)
  requireEqualMass(rowMass, columnMass)
  return withForbidden({
    kind: 'balanced',
    rows,
    columns,
    cost,
    epsilon,
    rowMarginal: { mass: rowMass, relaxation: Infinity, limit: false },
    columnMarginal: { mass: columnMass, relaxation: Infinity, limit: false },
  })
}
