import { sinkhornKnopp } from './assigners/sinkhorn-knopp'

export { sinkhornKnopp } from './assigners/sinkhorn-knopp'
export * from './tensor/detach'
export * from './tensor/diagonal'
export * from './tensor/rounds'

/** All plugins of this package. */
export const plugins = [sinkhornKnopp] as const
