import { definePlugin, type Head, tf } from '@dc/core'
import { z } from 'zod'
import { batchNorm } from '../layers/batch-norm'
import { layerContext, sampleSize } from '../layers/check-input'
import { linear } from '../layers/linear'
import { activation, flatten, sequential } from '../layers/sequential'

/** BootSC's projection: `Linear(no bias) → BN → ReLU → Linear(no bias) → BN` (Guo et al. 2025, arXiv 2508.04200). */
export const projection = definePlugin({
  kind: 'head',
  name: 'projection',
  apiVersion: 1,
  description:
    'Linear, batch normalisation, ReLU, linear, batch normalisation: to the space where samples are compared',
  options: z.strictObject({
    hidden: z.int().positive().default(4096),
    width: z.int().positive().default(128),
  }),
  create({ hidden, width }, context): Head {
    const { inputShape, random } = layerContext(context, 'projection')
    const inputs = sampleSize(inputShape)
    return sequential([
      flatten(inputShape),
      linear({ inputs, outputs: hidden, bias: false, random: random.split(0) }),
      batchNorm(hidden),
      activation([hidden], tf.relu),
      linear({ inputs: hidden, outputs: width, bias: false, random: random.split(1) }),
      batchNorm(width),
    ])
  },
})
