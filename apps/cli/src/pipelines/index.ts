import { bootsc } from './bootsc'
import { dscl } from './dscl'
import { otdc } from './otdc'
import { p2ot, pot, sp2ot, uot } from './sp2ot'

export { labelRules } from './label-rules'
export { presets } from './presets'

/** The systems of this app. */
export const pipelines = [bootsc, otdc, sp2ot, p2ot, uot, pot, dscl] as const
