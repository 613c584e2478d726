export { type Assembler, assembler, checkPipeline, part } from './assemble'
export { type DatasetKMeans, type DatasetKMeansOptions, datasetKMeans } from './classical/dataset-kmeans'
export { classical, kmeans, leiden, spectral } from './classical/index'
export { voteOfNeighbours } from './classical/vote'
export { correctedOf, requireSame } from './corrections/corrected'
export { type Before, type Correcting, correcting } from './corrections/correcting'
export {
  type CorrectedLabels,
  correctedLabels,
  learnedPart,
  type NamedClusters,
} from './corrections/finish'
export type { Held, HeldCorrections } from './corrections/held'
export { keptModel } from './corrections/keep-model'
export { type CorrectionPlan, planCorrections } from './corrections/plan'
export {
  type AllCorrections,
  type Corrected,
  type Corrections,
  correctionsSchema,
  parseCorrections,
} from './corrections/schema'
export { type DatasetNeighbours, datasetNeighbours, type NeighboursWanted, shareNeighbours } from './dataset-neighbours'
export { placedEncoder } from './encoders/encoder-place'
export { type EncoderReference, encoderReference } from './encoders/encoder-reference'
export { optionNames } from './encoders/option-names'
export { throughEncoder, type UsedEncoder, type Watching } from './encoders/through-encoder'
export { backboneOf, startFromBackbone } from './fitting/backbone'
export { requireBackend } from './fitting/backend'
export { certainty } from './fitting/certainty'
export { fit } from './fitting/fit'
export type { FitOptions } from './fitting/fit-options'
export type { Fitted } from './fitting/fitted'
export { type LabelledRows, labelTrained } from './fitting/label-trained'
export { labelledBy } from './fitting/labelled-by'
export type { FitProgress } from './fitting/progress'
export { type History, type MethodTraining, trainingOf, trainingPart, trainMethod } from './fitting/train-method'
export { finders, findsClusters, foundClusters, withClusters } from './found-clusters'
export { allRows, readOnHost, rowWidth } from './host-rows'
export { interruptibleKMeans } from './interruptible-kmeans'
export type { KChoice, KCurvePoint, ScoredPoint } from './k-curve/choose-k'
export { type KCurve, type KCurveOptions, kCurve } from './k-curve/k-curve'
export type { ResolutionPoint } from './k-curve/resolutions'
export { classesOf, type KnownRows, knownRows, numbered } from './known-rows'
export type { LabelRule, RuleFit, TrainedRows } from './labels/label-rule'
export { findLabelRule, labelRules } from './labels/label-rules'
export { type ClusterModel, clusterModel } from './model/cluster-model'
export { load } from './model/load'
export type { ModelData, ModelFacts } from './model/model-data'
export { decodeModel, encodeModel } from './model/model-file'
export { type ModelParts, modelOf } from './model/model-of'
export { heldPlaces, holdsPlaces, type Places, placesOf } from './places'
export { type Reading, type ReadLike, readPath } from './read-path'
export { type Fitting, fitRows } from './recipes/fit-rows'
export { defaultPreset, findPreset, presets, recipeOf } from './recipes/presets'
export {
  dataFields,
  fileName,
  type Method,
  methodFields,
  methodOf,
  type Recipe,
  recipeSchema,
  referenceName,
  type TrainedRecipe,
  type TrainingSettings,
  trainingFields,
} from './recipes/recipe'
export { type RowKind, rowKind, rowKinds } from './recipes/row-kind'
export { type Start, startBy, startingEpochs, startingMethod } from './recipes/starting'
export { nothingTyped, type Typed } from './recipes/typed'
export { assemble, plugins } from './registry'
export { rowMetric } from './row-metric'
export { type AnyRows, datasetOf } from './rows'
export { bootsc, dscl, otdc, p2ot, pot, sp2ot, systems, uot } from './systems/index'
export { type NeighbourViewsOptions, neighbours, neighbourViews } from './views/neighbours'
