// What of @dc/ot-sinkhorn computes with tensors, and needs TensorFlow.js.
import { balancedAssigner } from './assigners/balanced'
import { p2otAssigner } from './assigners/p2ot'
import { sinkhornKnopp } from './assigners/sinkhorn-knopp'
import { soft } from './assigners/soft'
import { sp2otAssigner } from './assigners/sp2ot'

export { balancedAssigner } from './assigners/balanced'
export { p2otAssigner } from './assigners/p2ot'
export * from './assigners/rho-schedule'
export { sinkhornKnopp } from './assigners/sinkhorn-knopp'
export { soft } from './assigners/soft'
export { type NeighbourAssigner, sp2otAssigner, wantsNeighbours } from './assigners/sp2ot'
export * from './tensor/diagonal'
export * from './tensor/divergence'
export * from './tensor/rounds'
export * from './tensor/transport'

/** All plugins of this package. */
export const plugins = [sinkhornKnopp, balancedAssigner, p2otAssigner, sp2otAssigner, soft] as const
