import { type Backbone, definePlugin, type Layer, type Random, tf } from '@dc/core'
import { z } from 'zod'
import { batchNorm } from '../layers/batch-norm'
import { layerContext, sampleSize } from '../layers/check-input'
import { linear } from '../layers/linear'
import { activation, flatten, sequential } from '../layers/sequential'

/** Settings of {@link mlp}. */
export interface MlpOptions {
  readonly inputShape: readonly number[]
  /** Units of each layer. */
  readonly widths: readonly number[]
  readonly activation?: 'relu' | 'tanh'
  /** Normalise before each activation (default true). */
  readonly normalize?: boolean
  /** Apply the activation after the last layer too (default true). */
  readonly lastActivation?: boolean
  readonly random: Random
}

/**
 * A multi-layer perceptron: `[flatten →] (Linear → BN → activation)*`. A layer that is normalised has no bias, because the
 * normalisation would subtract it again.
 *
 * @throws ShapeError for input of another shape
 * @example
 * const network = mlp({ inputShape: [64], widths: [1024, 512], random: createRandom(0) })   // BootSC on features
 */
export function mlp(options: MlpOptions): Backbone {
  const { inputShape, widths, normalize = true, lastActivation = true, random } = options
  const compute = options.activation === 'tanh' ? tf.tanh : tf.relu
  const layers: Layer[] = []
  let inputs = sampleSize(inputShape)
  widths.forEach((width, i) => {
    const activates = i < widths.length - 1 || lastActivation
    const normalizes = activates && normalize
    layers.push(linear({ inputs, outputs: width, bias: !normalizes, random: random.split(i) }))
    if (normalizes) layers.push(batchNorm(width))
    if (activates) layers.push(activation([width], compute))
    inputs = width
  })
  return sequential([flatten(inputShape), ...layers])
}

export const mlpPlugin = definePlugin({
  kind: 'backbone',
  name: 'mlp',
  apiVersion: 1,
  description: 'Linear layers with batch normalisation and an activation',
  options: z.strictObject({
    widths: z.array(z.int().positive()).min(1).default([1024, 512]),
    activation: z.enum(['relu', 'tanh']).default('relu'),
    normalize: z.boolean().default(true),
    lastActivation: z.boolean().default(true),
  }),
  create: (options, context) => mlp({ ...options, ...layerContext(context, 'mlp') }),
})
