// What views of images may be told, by program or by a configuration.
import { z } from 'zod'

const probability = (initial: number) => z.number().min(0).max(1).default(initial)
const strength = (initial: number) => z.number().nonnegative().default(initial)
const increasing = (pair: readonly [number, number]) => pair[0] <= pair[1]
const range = (low: number, high: number) =>
  z
    .tuple([z.number().positive(), z.number().positive()])
    .refine(increasing, 'a pair [low, high], low ≤ high')
    .default([low, high])
export const side = z.int().positive()
export const size = z
  .union([side.transform((both): [number, number] => [both, both]), z.tuple([side, side])])
  .optional()
  .describe('height and width of a view, or one number for both; by default those of the sample')
const channels = z.array(z.number()).min(1)
export const statistics = z.strictObject({ mean: channels, std: z.array(z.number().positive()).min(1) })

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

export const viewsOptions = z.strictObject({ views: z.array(view).min(1) })
