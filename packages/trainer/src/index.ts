import { earlyStoppingPlugin } from './callbacks/early-stopping'
import { adamPlugin, adamWPlugin } from './optimizers/adam'
import { sgdPlugin } from './optimizers/sgd'
import { constantPlugin, cosinePlugin, linearPlugin, sigmoidRampPlugin } from './schedules/schedules'

export { type EarlyStoppingOptions, earlyStopping } from './callbacks/early-stopping'
export { type Checkpoint, loadCheckpoint, restoreVariables, saveCheckpoint } from './checkpoint/checkpoint'
export { fromFile, fromHost, type HostTensor, toFile, toHost } from './checkpoint/host-tensor'
export { requireIdentity, type TrainingIdentity } from './checkpoint/identity'
export { gradients, trainable } from './gradients'
export { type Inference, type InferOptions, infer, inferBatches } from './infer'
export { type AdamOptions, adam } from './optimizers/adam'
export { type SgdOptions, sgd } from './optimizers/sgd'
export type { Unroll } from './rounds'
export { type CosineOptions, constant, cosine, linear, type Per, sigmoidRamp } from './schedules/schedules'
export { type StepInputs, type Stepper, stepper } from './step'
export { type TrainOptions, type TrainResult, train } from './train'
export { type ViewSource, type ViewsOn, viewSource } from './view-source'

/** Everything this package registers. */
export const plugins = [
  sgdPlugin,
  adamPlugin,
  adamWPlugin,
  constantPlugin,
  linearPlugin,
  cosinePlugin,
  sigmoidRampPlugin,
  earlyStoppingPlugin,
] as const
