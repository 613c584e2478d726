import { dsclPlugin } from './dscl/dscl'
import { reconstructionPlugin } from './reconstruction'
import { softCrossEntropyPlugin } from './soft-cross-entropy'
import { softmaxRegressionPlugin } from './softmax-regression'
import { swappedCrossEntropyPlugin } from './swapped-cross-entropy'
import { transportClusteringPlugin } from './transport/transport-clustering'

export { squaredDistances } from '@dc/core'
export { type DsclInputs, dscl } from './dscl/dscl'
export { type DsclExact, dsclExact } from './dscl/exact'
export { type DsclSubBatches, dsclSubBatches } from './dscl/sub-batches'
export { type ReconstructionInputs, reconstruction } from './reconstruction'
export * from './reducers'
export { type SoftCrossEntropyInputs, softCrossEntropy } from './soft-cross-entropy'
export { type SoftmaxRegressionInputs, softmaxRegression } from './softmax-regression'
export { type SwappedInputs, swappedCrossEntropy } from './swapped-cross-entropy'
export { type TransportClusteringInputs, transportClustering } from './transport/transport-clustering'

/** Everything this package registers. */
export const plugins = [
  softCrossEntropyPlugin,
  swappedCrossEntropyPlugin,
  transportClusteringPlugin,
  reconstructionPlugin,
  dsclPlugin,
  softmaxRegressionPlugin,
] as const
