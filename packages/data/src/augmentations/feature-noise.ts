import {
  type Augmentation,
  definePlugin,
  type NamedTensors,
  namedParts,
  parseOptions,
  partOf,
  type Random,
  type ResidentViews,
  tf,
} from '@dc/core'
import { z } from 'zod'
import { drawPairs, maskRows, maskTables, normalRows, normalTables } from './drawn-rows'

/** How {@link featureNoise} disturbs. */
export interface FeatureNoiseOptions {
  /** Standard deviation of the added normal noise. */
  readonly deviation: number
  /** Probability that an entry is then set to 0. */
  readonly mask: number
  readonly views: number
}

/**
 * Views of feature vectors: `v = m ∘ (x + N(0, deviation²))`; each entry of `m` is 0 with probability `mask`, else 1.
 *
 * @returns tensors of the batch's shape, `views` of them
 * @throws OptionError for a negative deviation, a probability that is none, fewer views than 1, an option that there is not
 * @see Guo et al. 2025, arXiv 2508.04200: the views of features in BootSC's released code
 * @example
 * const [a, b] = featureNoise({ deviation: 0.01, mask: 0.1, views: 2 }).apply(batch, random)
 */
export function featureNoise(options: FeatureNoiseOptions): Augmentation {
  const { deviation, mask, views } = parseOptions(featureNoisePlugin.options, options, 'featureNoise')
  return {
    views,
    apply: ({ values, rows, sampleShape }, random) =>
      Array.from({ length: views }, () =>
        tf.tensor(disturb(values, deviation, mask, random), [rows.length, ...sampleShape]),
      ),
    resident: residentNoise({ deviation, mask, views }),
  }
}

function residentNoise({ deviation, mask, views }: FeatureNoiseOptions): ResidentViews {
  const each = Array.from({ length: views }, (_, view) => view)
  return {
    hold(rows, random) {
      const width = rows.size / rows.shape[0]
      return {
        rows: rows.clone(),
        ...(deviation > 0 && { normals: normalTables(width, random.split('normals')) }),
        ...(mask > 0 && { masks: maskTables(width, mask, random.split('masks')) }),
      }
    },
    draw({ rows }, random) {
      const pairs = () => drawPairs(rows.length, random)
      const drawn = each.map(() => ({
        ...(deviation > 0 && { normals: pairs() }),
        ...(mask > 0 && { masks: pairs() }),
      }))
      return { rows: tf.tensor1d(rows, 'int32'), ...namedParts('view', drawn as NamedTensors[]) }
    },
    make({ rows, normals, masks }, drawn) {
      const own = rows.gather(drawn.rows)
      const flat = own.reshape([own.shape[0], -1])
      return each.map((view) => {
        const pairs = partOf('view', drawn, view)
        const noisy = deviation > 0 ? flat.add(normalRows(normals, pairs.normals).mul(deviation)) : flat
        return (mask > 0 ? noisy.mul(maskRows(masks, pairs.masks)) : noisy).reshape(own.shape)
      })
    },
  }
}

function disturb(values: Float32Array, deviation: number, mask: number, random: Random): Float32Array {
  if (deviation === 0 && mask === 0) return values
  const out = deviation > 0 ? random.normals(values.length, 0, deviation) : values.slice()
  if (deviation > 0) for (let i = 0; i < out.length; i++) out[i] += values[i]
  if (mask === 0) return out
  // The number of entries up to the next masked one is geometric. So one draw per masked entry suffices, instead of one per
  // entry.
  const logKept = Math.log(1 - mask)
  const entriesKept = () => Math.floor(Math.log(1 - random.uniform()) / logKept)
  for (let i = entriesKept(); i < out.length; i += 1 + entriesKept()) out[i] = 0
  return out
}

export const featureNoisePlugin = definePlugin({
  kind: 'augmentation',
  name: 'feature-noise',
  apiVersion: 1,
  description: 'Adds normal noise, then sets random entries to zero: for feature vectors',
  options: z.strictObject({
    deviation: z.number().nonnegative().default(0.01),
    mask: z.number().min(0).max(1).default(0.1),
    views: z.int().positive().default(2),
  }),
  create: (options) => featureNoise(options),
})
