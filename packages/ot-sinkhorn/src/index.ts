import { sinkhornKnopp } from './assigners/sinkhorn-knopp'

export { sinkhornKnopp } from './assigners/sinkhorn-knopp'
export * from './problems/balanced'
export * from './problems/p2ot'
export * from './problems/partial'
export type { CostOptions, Costs, Marginal, TransportProblem } from './problems/problem'
export * from './problems/sp2ot'
export * from './problems/unbalanced'
export type { Objectives } from './results/objectives'
export type { Potentials, SolveReport, TransportResult } from './results/result'
export * from './solvers/acceleration'
export * from './solvers/semantic'
export type { Reduce } from './solvers/semi-dual'
export * from './solvers/solve'
export * from './tensor/detach'
export * from './tensor/diagonal'
export * from './tensor/rounds'

/** All plugins of this package. */
export const plugins = [sinkhornKnopp] as const
