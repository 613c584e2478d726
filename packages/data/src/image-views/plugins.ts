import { definePlugin } from '@dc/core/plugin'
import { z } from 'zod'
import { imageViews } from './image-views'
import { byolViews, simclrViews, sp2otViews } from './presets'
import { side, size, statistics, viewsOptions } from './view-options'

export const imageViewsPlugin = definePlugin({
  kind: 'augmentation',
  name: 'image-views',
  apiVersion: 1,
  description: 'Views of images from crop, flip, colour jitter, grey, blur, solarise, normalise',
  options: viewsOptions,
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
