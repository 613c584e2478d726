import { definePlugin } from '@dc/core'
import { z } from 'zod'
import { dtypes } from './model-place'
import { type TransformersOptions, transformersEncoder } from './transformers-encoder'

const common = {
  revision: z.string().min(1).default('main').describe('branch, tag or commit'),
  dtype: z.enum(dtypes).default('fp32').describe('how the weights are stored'),
  batchSize: z.int().positive().optional(),
}

export const transformers = definePlugin({
  kind: 'encoder',
  name: 'transformers',
  apiVersion: 1,
  description: 'A model of the Hugging Face hub, or the folder of a downloaded one; needs @huggingface/transformers',
  options: z.strictObject({
    model: z.string().min(1).describe('owner/model, or a folder'),
    of: z.enum(['pictures', 'texts']).optional().describe('by default what its kind of network describes'),
    tokens: z.enum(['first', 'mean']).optional().describe('what to take of several vectors of a row'),
    prefix: z.string().optional().describe('what stands before every text'),
    ...common,
  }),
  create: (options) => transformersEncoder(options),
})

/** A model that many use, under a short name; its folder may be given where it is not to be downloaded. */
const known = <const Name extends string>(
  name: Name,
  description: string,
  { model, ...settled }: TransformersOptions & { readonly licence: string },
) =>
  definePlugin({
    kind: 'encoder',
    name,
    apiVersion: 1,
    description: `${description}; needs @huggingface/transformers, downloads ${model}`,
    metadata: { model, ...settled },
    options: z.strictObject({ model: z.string().min(1).default(model).describe('or a folder'), ...common }),
    create: (options) => transformersEncoder({ name, ...settled, ...options }),
  })

export const knownModels = [
  known('dinov2-small', '384 features of pictures by DINOv2', {
    model: 'Xenova/dinov2-small',
    of: 'pictures',
    licence: 'Apache-2.0',
  }),
  known('dinov2-base', '768 features of pictures by DINOv2', {
    model: 'Xenova/dinov2-base',
    of: 'pictures',
    licence: 'Apache-2.0',
  }),
  known('clip-vit-base-patch32', '512 features of pictures by CLIP', {
    model: 'Xenova/clip-vit-base-patch32',
    of: 'pictures',
    licence: 'MIT',
  }),
  known('all-minilm-l6-v2', '384 features of English texts', {
    model: 'Xenova/all-MiniLM-L6-v2',
    of: 'texts',
    licence: 'Apache-2.0',
  }),
  known('bge-small-en', '384 features of English texts', {
    model: 'Xenova/bge-small-en-v1.5',
    of: 'texts',
    tokens: 'first',
    licence: 'MIT',
  }),
  known('multilingual-e5-small', '384 features of texts in a hundred languages', {
    model: 'Xenova/multilingual-e5-small',
    of: 'texts',
    prefix: 'query: ',
    licence: 'MIT',
  }),
] as const
