import { definePlugin } from '@dc/core'
import { z } from 'zod'
import { efficientnetLite0, facts } from './efficientnet-lite0'

export const efficientnetLite0Plugin = definePlugin({
  kind: 'encoder',
  name: facts.name,
  apiVersion: 1,
  description:
    '1,280 features that EfficientNet-Lite0 (ImageNet) sees in pictures of 224 pixels; 5 ms a picture, offline',
  metadata: facts,
  options: z.strictObject({
    fit: z.enum(['crop', 'pad', 'stretch']).default('crop').describe('how a picture that is no square becomes one'),
    threads: z.int().positive().max(1024).optional(),
  }),
  create: (options) => efficientnetLite0(options),
})
