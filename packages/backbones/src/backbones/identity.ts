import { type Backbone, definePlugin } from '@dc/core'
import { z } from 'zod'
import { layerContext } from '../layers/check-input'
import { flatten } from '../layers/sequential'

/** Features as they are, flattened to one dimension. Nothing to train. */
export const identity = definePlugin({
  kind: 'backbone',
  name: 'identity',
  apiVersion: 1,
  description: 'The features as they are, flattened',
  options: z.strictObject({}),
  create: (_, context): Backbone => flatten(layerContext(context, 'identity').inputShape),
})
