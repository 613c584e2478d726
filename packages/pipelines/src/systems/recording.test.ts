import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plugins as backbones } from '@dc/backbones'
import { onnx, statistics } from '@dc/backend-onnx'
import { type Callback, createRandom, createRegistry, initBackend, tf } from '@dc/core'
import { loadOptdigits, subset } from '@dc/data'
import { plugins as views } from '@dc/data/views'
import { plugins as losses } from '@dc/losses'
import { plugins as transport } from '@dc/ot-sinkhorn/tensor'
import { infer, linear, loadCheckpoint, sgd, type TrainOptions, train } from '@dc/trainer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bootsc } from './bootsc'

const folder = mkdtempSync(join(tmpdir(), 'dc-bootsc-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  await initBackend([onnx.create({ threads: 1, spinning: false, graphs: 32 }, {})])
})

const registry = createRegistry([backbones, views, losses, transport, [bootsc]])
const make = () =>
  registry.create(
    'pipeline',
    'bootsc',
    {
      k: 10,
      backbone: { name: 'mlp', options: { widths: [24] } },
      projection: { name: 'projection', options: { hidden: 16, width: 8 } },
    },
    { inputShape: [8, 8, 1], random: createRandom(0), create: registry.create as never },
  )
const dataset = async () =>
  subset(
    await loadOptdigits(),
    Int32Array.from({ length: 130 }, (_, row) => row),
  )
const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
  epochs: 6,
  batchSize: 32,
  optimizer: sgd({ momentum: 0.9, weightDecay: 5e-4 }),
  learningRate: linear({ from: 0.04 }),
  random: createRandom(1),
  ...more,
})

describe('bootsc on the recording backend', () => {
  it('runs each step as one flush, compiles a constant number of graphs and holds tensors flat', async () => {
    const pipeline = make()
    const seen: { flushes: number; sessions: number; tensors: number }[] = []
    const watch: Callback = {
      onStep() {
        const { flushes, sessions } = statistics()
        seen.push({ flushes, sessions, tensors: tf.memory().numTensors })
      },
    }
    await train(pipeline, await dataset(), options({ callbacks: [watch] }))
    expect(seen).toHaveLength(24)
    const settled = seen.slice(4)
    for (const [i, { flushes, sessions, tensors }] of settled.entries()) {
      expect(flushes).toBe(settled[0].flushes + i)
      expect(sessions).toBe(settled[0].sessions)
      expect(tensors).toBe(settled[0].tensors)
    }
    pipeline.dispose?.()
  })

  it('three epochs and three resumed equal six, bit by bit', async () => {
    const whole = make()
    const unbroken = await train(whole, await dataset(), options())
    const path = join(folder, 'half.safetensors')
    const halt: Callback = { onEpochEnd: ({ progress }) => (progress.epoch === 2 ? 'stop' : undefined) }
    await train(make(), await dataset(), options({ callbacks: [halt], checkpoint: { path } }))
    const rest = make()
    const resumed = await train(rest, await dataset(), options({ resume: await loadCheckpoint(path) }))
    expect(resumed.history).toEqual(unbroken.history)
    const [a, b] = [await infer(whole, await dataset()), await infer(rest, await dataset())]
    expect(b.labels).toEqual(a.labels)
    expect(b.embedding).toEqual(a.embedding)
  })
})
