import { definePlugin } from '@dc/core/plugin'
import { z } from 'zod'
import { imageViews } from './image-views'
import { byolViews, simclrViews, sp2otViews } from './presets'

const probability = (initial: number) => z.number().min(0).max(1).default(initial)
const strength = (initial: number) => z.number().nonnegative().default(initial)
const increasing = (pair: readonly [number, number]) => pair[0] <= pair[1]
const range = (low: number, high: number) =>
  z
    .tuple([z.number().positive(), z.number().positive()])
    .refine(increasing, 'a pair [low, high], low ≤ high')
    .default([low, high])
const side = z.int().positive()
const size = z
  .union([side.transform((both): [number, number] => [both, both]), z.tuple([side, side])])
  .optional()
  .describe('height and width of a view, or one number for both; by default those of the sample')
const channels = z.array(z.number()).min(1)
const statistics = z.strictObject({ mean: channels, std: z.array(z.number().positive()).min(1) })

const view = z.strictObject({
  size,
  crop: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('resized'),
        scale: range(0.08, 1).refine(([, high]) => high <= 1, 'shares of the area, at most 1'),
        ratio: range(3 / 4, 4 / 3),
      }),
      z.strictObject({ kind: z.literal('shifted'), resize: side }),
    ])
    .nullable()
    .default({ kind: 'resized', scale: [0.08, 1], ratio: [3 / 4, 4 / 3] }),
  flip: probability(0.5),
  jitter: z
    .strictObject({
      brightness: strength(0.4),
      contrast: strength(0.4),
      saturation: strength(0.4),
      hue: z.number().min(0).max(0.5).default(0.1),
      probability: probability(0.8),
    })
    .nullable()
    .default(null),
  grey: probability(0),
  blur: z
    .strictObject({ probability: probability(0.5), kernel: side, sigma: range(0.1, 2) })
    .nullable()
    .default(null),
  solarize: z
    .strictObject({
      probability: probability(0.2),
      threshold: z
        .number()
        .min(0)
        .max(1)
        .default(128 / 255),
    })
    .nullable()
    .default(null),
  normalize: statistics.nullable().default(null),
})

export const imageViewsPlugin = definePlugin({
  kind: 'augmentation',
  name: 'image-views',
  apiVersion: 1,
  description: 'Views of images from crop, flip, colour jitter, grey, blur, solarise, normalise',
  options: z.strictObject({ views: z.array(view).min(1) }),
  create: ({ views }) => imageViews(views),
})

const preset = z.strictObject({ size, normalize: statistics.nullable().default(null) })

export const simclrPlugin = definePlugin({
  kind: 'augmentation',
  name: 'simclr',
  apiVersion: 1,
  description: 'Two views: random resized crop, flip, strong colour jitter, grey (SimCLR, as BootSC uses it)',
  options: preset,
  create: (options) => imageViews(simclrViews(options)),
})

export const byolPlugin = definePlugin({
  kind: 'augmentation',
  name: 'byol',
  apiVersion: 1,
  description:
    'Two views: random resized crop, flip, colour jitter, grey; the second solarised (BYOL, as BootSC uses it)',
  options: preset,
  create: (options) => imageViews(byolViews(options)),
})

export const sp2otPlugin = definePlugin({
  kind: 'augmentation',
  name: 'sp2ot',
  apiVersion: 1,
  description: 'Two views: resize, random cut, flip, ImageNet normalisation (SP²OT)',
  options: z.strictObject({ size, resize: side.optional(), normalize: statistics.nullable().optional() }),
  create: ({ normalize, ...options }) => imageViews(sp2otViews({ ...options, normalize })),
})
