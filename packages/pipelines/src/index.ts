export { type Assembler, assembler, checkPipeline, part } from './assemble'
export { allRows, readOnHost, rowWidth } from './host-rows'
export { interruptibleKMeans } from './interruptible-kmeans'
export { classesOf, type KnownRows, knownRows, numbered } from './known-rows'
export type { LabelRule } from './labels/label-rule'
export { findLabelRule, labelRules } from './labels/label-rules'
export { type Fitted, fitRows } from './recipes/fit-rows'
export { defaultPreset, findPreset, presets } from './recipes/presets'
export {
  dataFields,
  fileName,
  type Method,
  methodFields,
  methodOf,
  type Recipe,
  recipeSchema,
  referenceName,
} from './recipes/recipe'
export { type RowKind, rowKind, rowKinds } from './recipes/row-kind'
export { startingEpochs, startingMethod } from './recipes/starting'
export { nothingTyped, type Typed } from './recipes/typed'
export { assemble, plugins } from './registry'
export { bootsc, dscl, otdc, p2ot, pot, sp2ot, systems, uot } from './systems/index'
