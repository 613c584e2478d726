import { type Dataset, definePlugin, OptionError, pluginReference } from '@dc/core'
import { z } from 'zod'
import { onnxEncoder } from './onnx-encoder'
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

const side = z.int().positive().max(16383)

export const onnxEncoderPlugin = definePlugin({
  kind: 'encoder',
  name: 'onnx',
  apiVersion: 1,
  description: 'A frozen ONNX model of pictures, by its file',
  options: z.strictObject({
    model: z.string().min(1).describe('an ONNX file with one image input'),
    size: z
      .union([side.transform((both): [number, number] => [both, both]), z.tuple([side, side])])
      .optional()
      .describe('height and width, or one number for both; by default what the model takes, or 224'),
    fit: z.enum(['crop', 'pad', 'stretch']).optional().describe('how a picture gets this form'),
    mean: z.array(z.number()).optional().describe('subtracted from each channel'),
    std: z.array(z.number().positive()).optional().describe('divided into each channel after that'),
    layout: z.enum(['nchw', 'nhwc']).optional().describe("order of the model's input; by default told by its shape"),
    output: z.string().optional().describe("the model's output, if it has several"),
    tokens: z.enum(['first', 'mean']).optional().describe('what to take of an output of several vectors for a picture'),
    batchSize: z.int().positive().optional().describe("by default the model's own, or 8"),
    threads: z.int().positive().max(1024).optional(),
  }),
  create: (options) => onnxEncoder(options),
})
