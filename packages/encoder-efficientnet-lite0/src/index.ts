import { efficientnetLite0Plugin } from './plugin'

export { efficientnetLite0, facts } from './efficientnet-lite0'

/** Everything this package registers. */
export const plugins = [efficientnetLite0Plugin] as const
