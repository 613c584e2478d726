import type { Block } from '../kernels/memory'
import type { Solution } from '../results/potentials'
import type { PlanRange, VisitRows } from './kernel-matrix'
import type { Start } from './start'

/**
 * The function that is minimised: a convex function of column potentials ψ, in units of ε, in which every row is solved
 * exactly. It is divided by the mass that moves, and so are its derivatives.
 */
export interface Dual {
  readonly size: number
  /** Potentials in units of ε, made from the given ones. */
  begin(start: Start): Float64Array
  /** Moves potentials that a step made back into their range. */
  project?(psi: Float64Array): void
  /** Solves the rows for the potentials; the residual is the 1-norm of the error of the columns, relative to the mass. */
  evaluate(psi: Float64Array): { readonly residual: number }
  /** The scaling update of the potentials last evaluated. */
  scaled(out: Float64Array): void
  /** The value that is minimised, at the potentials last evaluated. */
  value(): number
  /** The gradient at the potentials last evaluated; 0 for potentials that do not move. */
  readonly gradient: Float64Array
  /** Fixes the Hessian at the potentials last evaluated; returns its diagonal without the row terms. */
  linearise(): Float64Array
  /** Marks potentials that a step must not change, after {@link linearise}. */
  readonly fixed?: Uint8Array
  /** Product of the Hessian with a direction. */
  multiply(direction: Float64Array, out: Float64Array): void
  /** The solution at the potentials last evaluated. */
  solution(): Solution
  /** `out = (1 − keep) plan + keep out` over real columns, packed, at the potentials last evaluated. */
  plan(out: Block, keep: number): void
  /** Visits rows of that plan. */
  planRows(visit: VisitRows, range: PlanRange): void
}

/** Whether potentials are so far from the absorbed ones that entries of W may have underflowed. */
export function farFrom(psi: Float64Array, absorbed: Float64Array, active: Uint8Array): boolean {
  for (let j = 0; j < psi.length; j++) if (active[j] && !(Math.abs(psi[j] - absorbed[j]) <= 50)) return true
  return false
}
