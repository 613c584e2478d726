import { OptionError } from '@dc/core/plugin'
import { withForbidden } from './forbidden'
import { type CostOptions, readCosts, readMasses, readRelaxation, sum, type TransportProblem } from './problem'

/** Options of {@link p2ot}. */
export interface P2otOptions extends Omit<CostOptions, 'epsilon'> {
  /** Share ρ of the mass that is given to clusters, in (0, 1]. */
  readonly rho: number
  /** Weight ε of the entropy; 0.1 as published. */
  readonly epsilon?: number
  /** KL weight γ of the cluster sizes; 1 as published. `Infinity` prescribes them. */
  readonly gamma?: number
  /** Expected relative cluster sizes, scaled to sum to ρ; equal by default. */
  readonly prior?: ArrayLike<number>
}

/**
 * Progressive partial transport with soft cluster sizes (P²OT). Every sample has mass 1/N. The share ρ of the total goes to
 * clusters. Cluster sizes are pulled towards the prior.
 *
 *   min ⟨C, P⟩ + γ KL(Pᵀ1 ‖ ρ·prior) + ε Σ P (log P − 1)   subject to   P1 ≤ 1/N,  1ᵀP1 = ρ,  P ≥ 0
 *
 * The rest of the mass goes to a virtual cluster of cost 0 and size 1 − ρ, as published; its entropy counts. The virtual
 * cluster is no part of the plan that is returned. So the row sums of N·P are ≤ 1: the confidence of each sample.
 *
 * @returns a problem for `solve`
 * @throws ShapeError, OptionError, DataError as `balanced` does, and for ρ outside (0, 1]
 * @see Zhang, Ren, He 2024, P²OT: Progressive Partial Optimal Transport for Deep Imbalanced Clustering, ICLR
 * @example
 * const problem = p2ot({ cost, rows: 512, columns: 10, rho: 0.1 })   // cost: −log of the predictions
 * const targets = solve(problem).plan({ scale: 512 })
 */
export function p2ot(options: P2otOptions): TransportProblem {
  const { rows, columns, rho, gamma = 1, epsilon = 0.1 } = options
  const cost = readCosts({ ...options, epsilon })
  if (!(rho > 0) || rho > 1) throw new OptionError('rho', rho, 'a share above 0 and at most 1')
  const prior = readMasses('prior', options.prior, columns)
  const scale = rho / sum(prior)
  const problem: TransportProblem = {
    kind: 'p2ot',
    rows,
    columns,
    cost,
    epsilon,
    rowMarginal: { mass: new Float64Array(rows).fill(1 / rows), relaxation: Infinity, limit: false },
    columnMarginal: { mass: prior.map((p) => p * scale), relaxation: readRelaxation('gamma', gamma), limit: false },
  }
  return withForbidden(rho < 1 ? { ...problem, virtual: 1 - rho } : problem)
}
