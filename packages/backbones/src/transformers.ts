// Encoders that @huggingface/transformers runs, which is asked for when one is used.
import { knownModels, transformers } from './transformers/plugins'

export { type TransformersOptions, transformersEncoder } from './transformers/transformers-encoder'

/** Everything this entry registers. */
export const plugins = [transformers, ...knownModels] as const
