import { dsclPlugin } from './dscl/dscl'
import { softCrossEntropyPlugin } from './soft-cross-entropy'
import { softmaxRegressionPlugin } from './softmax-regression'
import { swappedCrossEntropyPlugin } from './swapped-cross-entropy'

export { type DsclInputs, dscl } from './dscl/dscl'
export { type DsclExact, dsclExact } from './dscl/exact'
export * from './reducers'
export { type SoftCrossEntropyInputs, softCrossEntropy } from './soft-cross-entropy'
export { type SoftmaxRegressionInputs, softmaxRegression } from './softmax-regression'
export { type SwappedInputs, swappedCrossEntropy } from './swapped-cross-entropy'

/** Everything this package registers. */
export const plugins = [softCrossEntropyPlugin, swappedCrossEntropyPlugin, dsclPlugin, softmaxRegressionPlugin] as const
