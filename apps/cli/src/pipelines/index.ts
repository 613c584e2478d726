import { bootsc } from './bootsc'

export { labelRules } from './label-rules'
export { presets } from './presets'

/** The systems of this app. */
export const pipelines = [bootsc] as const
