import { type Dataset, definePlugin, OptionError, pluginReference } from '@dc/core'
import { z } from 'zod'
import { onnxFeatures } from './onnx-features'

export const onnxFeaturesPlugin = definePlugin({
  kind: 'dataset',
  name: 'onnx-features',
  apiVersion: 1,
  description: 'Features that a frozen ONNX model sees in the images of another dataset, kept on disk',
  options: z.strictObject({
    dataset: z.union([
      z.string(),
      z.object({ name: z.string(), options: z.record(z.string(), z.unknown()).optional() }),
    ]),
    model: z.string().min(1).describe('an ONNX file with one image input'),
    mean: z.array(z.number()).optional(),
    std: z.array(z.number().positive()).optional(),
    layout: z.enum(['nchw', 'nhwc']).optional().describe("order of the model's input; by default told by its shape"),
    output: z.string().optional().describe("the model's output, if it has several"),
    tokens: z.enum(['first', 'mean']).optional().describe('what to take of an output of several vectors for an image'),
    batchSize: z.int().positive().optional().describe("by default the model's own, or 32"),
    cache: z.union([z.string().min(1), z.literal(false)]).optional(),
  }),
  describe: () => ({}),
  async create({ dataset, ...options }, context) {
    if (!context.create) throw new OptionError('context.create', undefined, 'a registry: createRegistry(…).create')
    const { name, options: inner } = pluginReference(dataset as Parameters<typeof pluginReference>[0], 'dataset')
    return onnxFeatures((await context.create('dataset', name, inner, context)) as Dataset, options)
  },
})
