import { plugins as backbones } from '@dc/backbones'
import { cpu, createRandom, createRegistry, definePlugin, initBackend, type Loss, type Pipeline, tf } from '@dc/core'
import { loadOptdigits } from '@dc/data'
import { plugins as views } from '@dc/data/views'
import { plugins as losses, type SwappedInputs, swappedCrossEntropy } from '@dc/losses'
import { plugins as transport } from '@dc/ot-sinkhorn/tensor'
import { plugins as spectral } from '@dc/spectral'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { systems } from './index'

/** A loss from elsewhere: a multiple of the published one, and a note of what it was given. */
const given: string[][] = []
const scaled = definePlugin({
  kind: 'loss',
  name: 'scaled',
  apiVersion: 1,
  options: z.strictObject({ by: z.number().default(2), mask: z.enum(['none', 'diagonal']).default('none') }),
  create: ({ by, mask }): Loss<SwappedInputs> => ({
    elements(inputs) {
      given.push(Object.keys(inputs).sort())
      const elements = Object.entries(swappedCrossEntropy({ ...inputs, mask }))
      return Object.fromEntries(elements.map(([name, each]) => [name, each.mul(by)]))
    },
  }),
})
const registry = createRegistry([backbones, views, losses, transport, spectral, systems, scaled])
const small = { k: 4, backbone: { name: 'mlp', options: { widths: [12] } } }
const projection = { name: 'projection', options: { hidden: 16, width: 8 } }

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

/** Loss and logs of the first step. */
async function firstStep(name: string, options: object): Promise<Record<string, number>> {
  const digits = await loadOptdigits()
  const rows = Int32Array.from({ length: 24 }, (_, row) => row)
  const values = await digits.read(rows)
  const { sampleShape } = digits
  const context = { inputShape: sampleShape, random: createRandom(0) }
  const pipeline = registry.make('pipeline', name, { ...small, ...options }, context) as Pipeline
  const progress = { step: 0, steps: 10, epoch: 0, epochs: 2 }
  const found = tf.tidy(() => {
    const views = pipeline.views({ rows, values, sampleShape }, createRandom(1))
    const { loss, logs } = pipeline.step(views, { progress, rows })
    return Object.entries({ loss, ...logs }).map(([key, scalar]): [string, number] => [key, scalar.dataSync()[0]])
  })
  pipeline.dispose?.()
  return Object.fromEntries(found)
}

describe('the losses of bootsc', () => {
  it('are parts: another one takes the place of either', async () => {
    const own = await firstStep('bootsc', { projection })
    const named = { loss: 'swapped-cross-entropy', projection }
    expect(await firstStep('bootsc', named)).toEqual(own)
    const cluster = await firstStep('bootsc', { projection, loss: 'scaled' })
    expect(cluster.cluster).toBeCloseTo(2 * own.cluster, 4)
    expect(cluster.graph).toBe(own.graph)
    const affinityLoss = { name: 'scaled', options: { by: 3, mask: 'diagonal' } }
    const graph = await firstStep('bootsc', { projection, affinityLoss })
    expect(graph.cluster).toBe(own.cluster)
    expect(graph.graph).toBeCloseTo(3 * own.graph, 4)
    expect(given.at(-1)).toEqual(['scores', 'targets', 'temperature'])
  })

  it('that take other inputs say what they need', async () => {
    await expect(firstStep('bootsc', { projection, loss: 'reconstruction' })).rejects.toThrow(
      'x: got undefined; allowed: a tensor.',
    )
    await expect(firstStep('bootsc', { projection, loss: 'soft-cross-entropy' })).rejects.toThrow(
      /^targets: got .*; allowed: a tensor\.$/,
    )
    await expect(firstStep('bootsc', { projection, loss: 'dscl' })).rejects.toThrow('embeddings: got undefined')
  })
})

describe('the loss of sp2ot and its ablations', () => {
  it.each(['p2ot', 'uot', 'pot'])('is a part of %s', async (name) => {
    const own = await firstStep(name, {})
    const other = await firstStep(name, { loss: { name: 'scaled', options: { by: 3 } } })
    expect(other.loss).toBeCloseTo(3 * own.loss, 4)
    expect(given.at(-1)).toEqual(['scores', 'targets'])
  })
})
