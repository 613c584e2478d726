import type { Base } from '../solvers/base'

/** Potentials in the units of the costs: P_ij = exp((rows_i + columns_j − C_ij) / ε). */
export interface Potentials {
  /** −∞ for a row without mass, and for a row whose pairs are all forbidden. */
  readonly rows: Float64Array
  /** One for each column, the virtual column's last if there is one. −∞ for a column that takes no mass. */
  readonly columns: Float64Array
  /** Potential of the total mass, for limits; it is part of `rows` as well. */
  readonly mass?: number
}

/**
 * Potentials as a solver holds them, in units of ε: P_ij = exp(phi_i + psi_j − (C_ij − base_i) / ε). They stay small where
 * costs and potentials are large numbers that cancel, so that a plan computed from them keeps its digits.
 */
export interface Solution {
  readonly potentials: Potentials
  readonly phi: Float64Array
  readonly psi: Float64Array
  readonly base: Base
  /** Mass that each row gives to real columns. */
  readonly rowSums: Float64Array
  /** Mass that each column takes, the virtual one last, over all shards. */
  readonly columnSums: Float64Array
}
