import { definePlugin, type Head } from '@dc/core'
import { z } from 'zod'
import { layerContext, sampleSize } from '../layers/check-input'
import { linear } from '../layers/linear'
import { flatten, sequential } from '../layers/sequential'

/** One linear layer, `y = x W + b`: a code, or scores of classes. */
export const linearHead = definePlugin({
  kind: 'head',
  name: 'linear',
  apiVersion: 1,
  description: 'One linear layer',
  options: z.strictObject({ width: z.int().positive().describe('outputs'), bias: z.boolean().default(true) }),
  create({ width, bias }, context): Head {
    const { inputShape, random } = layerContext(context, 'linear')
    return sequential([flatten(inputShape), linear({ inputs: sampleSize(inputShape), outputs: width, bias, random })])
  },
})
