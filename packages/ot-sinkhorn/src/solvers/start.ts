import type { Potentials } from '../results/potentials'

/** Potentials to start from, in the units of the costs. */
export type Start = Pick<Potentials, 'columns' | 'mass'>
