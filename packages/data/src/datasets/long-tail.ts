import { createRandom, DataError, type Dataset, definePlugin, OptionError, quoted } from '@dc/core/plugin'
import { z } from 'zod'
import { longTailRows, subset } from '../subset'

/**
 * A long-tailed part of any labelled dataset. As a plugin it can be named on the command line:
 * `dclust run p2ot --data long-tail:optdigits --set data.options.ratio=0.01`.
 *
 * @throws DataError if the dataset has no labels
 * @see {@link longTailRows}
 */
export const longTail = definePlugin({
  kind: 'dataset',
  name: 'long-tail',
  apiVersion: 1,
  description: 'A long-tailed part of another dataset: class c of C keeps n · ratio^(c/(C−1)) rows',
  options: z.strictObject({
    path: z.string().describe('the dataset it is taken from, by name or name:PATH'),
    ratio: z.number().gt(0).max(1).default(0.1).describe('smallest class over largest'),
    seed: z.int().nonnegative().default(0).describe('picks the rows'),
  }),
  async create({ path, ratio, seed }, { create }): Promise<Dataset> {
    if (!create) throw new OptionError('long-tail context.create', create, 'a registry that makes the other dataset')
    const [name, ...rest] = path.split(':')
    const whole = (await create('dataset', name, rest.length > 0 ? { path: rest.join(':') } : {})) as Dataset
    if (!whole.labels)
      throw new DataError(`Dataset ${quoted(whole.name)} has no labels to make a long tail of.`, { path })
    const rows = longTailRows(whole.labels, { ratio, random: createRandom(seed).split('long-tail') })
    return subset(whole, rows, `${whole.name}, long tail ${ratio}`)
  },
})
