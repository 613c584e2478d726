import { autoencoderPlugin } from './backbones/autoencoder'
import { identity } from './backbones/identity'
import { mlpPlugin } from './backbones/mlp'
import { convnetPlugin } from './convolutional/convnet'
import { convolutionalAutoencoderPlugin } from './convolutional/convolutional-autoencoder'
import { resnet18, resnet34, resnet50 } from './convolutional/resnet'
import { cosine } from './heads/cosine'
import { linearHead } from './heads/linear'
import { projection } from './heads/projection'
import { prototypes } from './heads/prototypes'
import { vitBase, vitSmall } from './transformer/vit'

export { normalizeRows } from '@dc/core'
export { type Autoencoder, type AutoencoderOptions, autoencoder, isAutoencoder } from './backbones/autoencoder'
export { type MlpOptions, mlp } from './backbones/mlp'
export { type ConvnetOptions, convnet } from './convolutional/convnet'
export { type ConvolutionOptions, convolution } from './convolutional/convolution'
export {
  type ConvolutionalAutoencoderOptions,
  convolutionalAutoencoder,
} from './convolutional/convolutional-autoencoder'
export { globalAverage, imageNorm, maxPool } from './convolutional/image-layers'
export { type ResnetOptions, resnet } from './convolutional/resnet'
export { type BatchNormOptions, batchNorm } from './layers/batch-norm'
export { chain } from './layers/chain'
export { filled, kaimingUniform } from './layers/initial'
export { type LinearOptions, linear } from './layers/linear'
export { activation, flatten, sequential } from './layers/sequential'
export { collectVariables, model } from './model'
export { type Temperature, temperature } from './temperature'
export { type VitOptions, vit } from './transformer/vit'
export { type LoadedWeights, type LoadWeightsOptions, loadWeights } from './weights/load-weights'
export { type PretrainedWeights, pretrained } from './weights/pretrained'
export { saveWeights } from './weights/save-weights'

/** Everything this package registers. */
export const plugins = [
  identity,
  mlpPlugin,
  autoencoderPlugin,
  convolutionalAutoencoderPlugin,
  convnetPlugin,
  resnet18,
  resnet34,
  resnet50,
  vitSmall,
  vitBase,
  projection,
  prototypes,
  linearHead,
  cosine,
] as const
