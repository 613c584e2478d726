import { softCrossEntropyPlugin } from './soft-cross-entropy'
import { swappedCrossEntropyPlugin } from './swapped-cross-entropy'

export * from './reducers'
export { type SoftCrossEntropyInputs, softCrossEntropy } from './soft-cross-entropy'
export { type SwappedInputs, swappedCrossEntropy } from './swapped-cross-entropy'

/** Everything this package registers. */
export const plugins = [softCrossEntropyPlugin, swappedCrossEntropyPlugin] as const
