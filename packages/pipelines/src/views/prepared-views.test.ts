import { cpu, createRandom, definePlugin, initBackend, type Pipeline, tf } from '@dc/core'
import { memoryDataset } from '@dc/data/rows'
import { beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { assemble } from '../registry'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const labels = Int32Array.from({ length: 12 }, (_, row) => row % 2)
const values = createRandom(1).normals(36)
const dataset = memoryDataset({ name: 'rows', values, sampleShape: [3], labels })
const backbone = { name: 'mlp', options: { widths: [4] } }

it.each([
  ['bootsc', { backbone, projection: { name: 'projection', options: { hidden: 4, width: 2 } } }],
  ['otdc', { backbone, pretrain: 0 }],
  ['p2ot', { backbone }],
  ['dscl', { backbone }],
])('%s shows its views the data in every sitting', async (name, options) => {
  let seen = 0
  const watching = definePlugin({
    kind: 'augmentation',
    name: 'watching',
    apiVersion: 1,
    options: z.strictObject({}),
    create: () => ({
      views: 2,
      prepare: async (rows) => {
        expect(rows).toBe(dataset)
        seen++
      },
      apply: (batch) => [tf.tensor(batch.values), tf.tensor(batch.values)],
    }),
  })
  const context = { inputShape: [3], random: createRandom(0) }
  const pipeline = assemble([watching]).make(
    'pipeline',
    name,
    { ...options, views: 'watching', k: 2 },
    context,
  ) as Pipeline
  for (const resumed of [false, true]) await pipeline.prepare?.(dataset, createRandom(0), { resumed })
  expect(seen).toBe(2)
  pipeline.dispose?.()
})
