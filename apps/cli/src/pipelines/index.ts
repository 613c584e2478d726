import { bootsc } from './bootsc'
import { dscl } from './dscl'
import { otdc } from './otdc'
import { presets as bootscPresets } from './presets'
import { imageSystemPresets } from './presets-images-systems'
import { systemPresets } from './presets-systems'
import { p2ot, pot, sp2ot, uot } from './sp2ot'

export { labelRules } from './label-rules'

/** The systems of this app. */
export const pipelines = [bootsc, otdc, sp2ot, p2ot, uot, pot, dscl] as const

/** Recipes with a name; the first of each pipeline is its default. */
export const presets = [...bootscPresets, ...systemPresets, ...imageSystemPresets] as const
