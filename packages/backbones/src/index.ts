import { identity } from './backbones/identity'
import { mlpPlugin } from './backbones/mlp'
import { projection } from './heads/projection'
import { prototypes } from './heads/prototypes'

export { type MlpOptions, mlp } from './backbones/mlp'
export { type BatchNormOptions, batchNorm } from './layers/batch-norm'
export { filled, kaimingUniform } from './layers/initial'
export { type LinearOptions, linear } from './layers/linear'
export { activation, collectVariables, flatten, sequential } from './layers/sequential'
export { model } from './model'
export { normalizeRows } from './normalize-rows'
export { type Temperature, temperature } from './temperature'

/** Everything this package registers. */
export const plugins = [identity, mlpPlugin, projection, prototypes] as const
