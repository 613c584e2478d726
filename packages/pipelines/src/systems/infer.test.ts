import { plugins as backbones, mlp } from '@dc/backbones'
import { cpu, createRandom, createRegistry, definePlugin, initBackend, type Pipeline } from '@dc/core'
import { batches, loadOptdigits, subset } from '@dc/data'
import { plugins as views } from '@dc/data/views'
import { plugins as losses } from '@dc/losses'
import { plugins as transport } from '@dc/ot-sinkhorn/tensor'
import { plugins as spectral } from '@dc/spectral'
import { infer } from '@dc/trainer'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { systems as pipelines } from './index'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

/** Rows that the network has seen. */
let seen = 0
const counted = definePlugin({
  kind: 'backbone',
  name: 'counted',
  apiVersion: 1,
  options: z.strictObject({}),
  create(_, context) {
    const layer = mlp({ inputShape: context.inputShape!, widths: [6], random: context.random! })
    return {
      ...layer,
      apply(x, mode) {
        seen += x.shape[0]
        return layer.apply(x, mode)
      },
    }
  },
})
const registry = createRegistry([backbones, views, losses, transport, spectral, pipelines, counted])

describe.each(pipelines.map(({ name }) => name))('inference of %s', (name) => {
  it('passes each row through the network once', async () => {
    const digits = subset(
      await loadOptdigits(),
      Int32Array.from({ length: 50 }, (_, row) => row),
    )
    const context = { inputShape: digits.sampleShape, random: createRandom(1) }
    const pipeline = registry.make('pipeline', name, { k: 10, backbone: 'counted' }, context) as Pipeline
    seen = 0
    const { labels, embedding, width } = await infer(pipeline, digits, { batchSize: 20 })
    expect(seen).toBe(50)
    expect(embedding).toHaveLength(50 * width)
    for await (const { rows } of batches(digits, { batchSize: 20 })) expect(labels[rows[0]]).toBeLessThan(10)
    pipeline.dispose?.()
  })
})
