import { OptionError } from '@dc/core/plugin'
import type { BalancedOptions } from './balanced'
import { withForbidden } from './forbidden'
import { readCosts, readMasses, sum, type TransportProblem } from './problem'

/** Options of {@link partial}. */
export interface PartialOptions extends BalancedOptions {
  /** Total mass to move: above 0, at most the smaller of the two totals. */
  readonly mass: number
}

/**
 * Entropic partial transport: exactly `mass` is moved, and no row or column gives or takes more than it has.
 *
 *   min ⟨C, P⟩ + ε Σ P (log P − 1)   subject to   P1 ≤ rowMass,  Pᵀ1 ≤ columnMass,  1ᵀP1 = mass,  P ≥ 0
 *
 * @returns a problem for `solve`
 * @throws ShapeError, OptionError, DataError as {@link balanced} does, and for a mass outside (0, min of the totals]
 * @see Benamou, Carlier, Cuturi, Nenna, Peyré 2015, Iterative Bregman Projections, section 5
 * @example
 * const problem = partial({ cost, rows: 2, columns: 3, epsilon: 0.05, mass: 0.6 })
 * solve(problem).mass   // 0.6
 */
export function partial(options: PartialOptions): TransportProblem {
  const { rows, columns, epsilon, mass } = options
  const cost = readCosts(options)
  const rowMass = readMasses('rowMass', options.rowMass, rows)
  const columnMass = readMasses('columnMass', options.columnMass, columns)
  const most = Math.min(sum(rowMass), sum(columnMass))
  if (!(mass > 0) || mass > most * (1 + 1e-12))
    throw new OptionError('mass', mass, `a mass above 0 and at most ${most}, the smaller of the two totals`)
  return withForbidden({
    kind: 'partial',
    rows,
    columns,
    cost,
    epsilon,
    rowMarginal: { mass: rowMass, relaxation: Infinity, limit: true },
    columnMarginal: { mass: columnMass, relaxation: Infinity, limit: true },
    mass,
  })
}
