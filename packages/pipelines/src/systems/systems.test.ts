import { plugins as backbones } from '@dc/backbones'
import { cpu, createRandom, createRegistry, type Dataset, definePlugin, initBackend, type Pipeline, tf } from '@dc/core'
import { testPipeline } from '@dc/core/testing'
import { batches, loadOptdigits, subset } from '@dc/data'
import { plugins as views } from '@dc/data/views'
import { plugins as losses } from '@dc/losses'
import { plugins as transport } from '@dc/ot-sinkhorn/tensor'
import { plugins as spectral } from '@dc/spectral'
import { adam, infer, plugins as optimisers, sgd, train } from '@dc/trainer'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { systems as pipelines } from './index'

const registry = createRegistry([backbones, views, losses, transport, spectral, optimisers, pipelines])
const digits = await loadOptdigits()
const dataset = subset(
  digits,
  Int32Array.from({ length: 60 }, (_, i) => i),
)
const mlp = { name: 'mlp', options: { widths: [12] } }
const small: Record<string, object> = {
  otdc: { k: 4, pretrain: 20, backbone: { name: 'autoencoder', options: { widths: [12], code: 4 } } },
  sp2ot: { k: 4, backbone: mlp, heads: 2, assign: { name: 'sp2ot', options: { weight: 10, batches: 2 } } },
  p2ot: { k: 4, backbone: mlp },
  uot: { k: 4, backbone: mlp },
  pot: { k: 4, backbone: mlp },
  dscl: { k: 10, backbone: mlp },
}
const make = (name: string, options: object = {}, parts = registry): Pipeline =>
  parts.make(
    'pipeline',
    name,
    { ...small[name], ...options },
    { inputShape: dataset.sampleShape, random: createRandom(0) },
  ) as Pipeline
/** Views that ask for the next row of each. */
const asking = definePlugin({
  kind: 'augmentation',
  name: 'asking',
  apiVersion: 1,
  description: 'For tests',
  options: z.object({}),
  create: () => ({ views: 1, beside: (rows) => rows.map((row) => row + 1), apply: () => [] }),
})
it.each(['bootsc', 'otdc', 'sp2ot', 'dscl'])('%s asks for the rows that its views are made of', (name) => {
  const pipeline = make(
    name,
    { k: 4, views: 'asking' },
    createRegistry([backbones, views, losses, transport, spectral, optimisers, pipelines, [asking]]),
  )
  expect(pipeline.beside?.(Int32Array.of(1, 5), createRandom(0))).toEqual(Int32Array.of(2, 6))
  expect(make(name, { k: 4 }).beside?.(Int32Array.of(1), createRandom(0))).toBeNull()
})
const prepared = async (name: string, options: object = {}, on: Dataset = dataset) => {
  const pipeline = make(name, options)
  await pipeline.prepare?.(on, createRandom(1))
  return pipeline
}

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

async function firstBatch() {
  for await (const batch of batches(dataset, { batchSize: 32 })) return batch
  throw new Error('no batch')
}
const batch = await firstBatch()
const progress = { step: 0, steps: 10, epoch: 0, epochs: 2 }

for (const name of Object.keys(small)) testPipeline({ describe, it }, name, () => prepared(name), batch)
testPipeline(
  { describe, it },
  'otdc without a decoder or sizes',
  () => prepared('otdc', { backbone: mlp, sizes: 'none' }),
  batch,
)
testPipeline(
  { describe, it },
  'dscl as softmax regression',
  () => prepared('dscl', { loss: 'softmax-regression' }),
  batch,
)

/** A pipeline after a few steps, and its labels. */
async function trained(name: string, options: object = {}, epochs = 2) {
  const pipeline = make(name, options)
  const { history } = await train(pipeline, dataset, {
    epochs,
    batchSize: 30,
    optimizer: adam(),
    learningRate: { value: () => 3e-3 },
    random: createRandom(2),
  })
  const { labels } = await infer(pipeline, dataset)
  pipeline.dispose?.()
  return { history, labels }
}

describe.each(Object.keys(small))('%s', (name) => {
  it('gives the same labels from the same seed, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors
    const [one, two] = [await trained(name), await trained(name)]
    expect(one).toEqual(two)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('pseudo-labels', () => {
  it('go on after a resume with those that were given before it, and solves are counted over the heads', async () => {
    const [one, two] = [await prepared('sp2ot'), await prepared('sp2ot')]
    one.step(one.views(batch, createRandom(1)), { progress, rows: batch.rows })
    const given = await one.pseudoLabels!()
    expect([...given.rows]).toEqual([...batch.rows])
    expect(given.weights.some((weight) => weight > 0)).toBe(true)
    two.restore?.(one.state?.() ?? {})
    for (const [name, variable] of Object.entries(two.model.variables)) variable.assign(one.model.variables[name])
    expect(await two.pseudoLabels!()).toEqual(given)
    expect(await one.epochLogs?.()).toEqual({ unconverged: 0, unsettled: 0 })
  })
})

describe('otdc', () => {
  it('starts its centroids at those of k-means on the first embedding', async () => {
    const pipeline = await prepared('otdc')
    const { labels, embedding, width } = await infer(pipeline, dataset)
    const centroids = await pipeline.model.variables['clusters.centroids'].data()
    for (let k = 0; k < 4; k++) {
      const members = [...labels.keys()].filter((i) => labels[i] === k)
      for (let j = 0; j < width; j++) {
        const mean = members.reduce((sum, i) => sum + embedding[i * width + j], 0) / members.length
        expect(centroids[k * width + j]).toBeCloseTo(mean, 4)
      }
    }
    pipeline.dispose?.()
  })

  it('reconstructs before it clusters, if told to', async () => {
    const error = async (pretrain: number) => {
      const pipeline = await prepared('otdc', { pretrain })
      const { logs } = pipeline.step(pipeline.views(batch, createRandom(1)), { progress, rows: batch.rows })
      return (await logs.reconstruction.data())[0]
    }
    expect(await error(20)).toBeLessThan(0.9 * (await error(0)))
  })

  it('keeps given sizes: one full batch is divided by them', async () => {
    const sizes = [30, 15, 10, 5]
    const pipeline = await prepared('otdc', { sizes })
    const { masses } = pipeline.state!()
    expect(Array.from(await masses.data()).sort((a, b) => b - a)).toEqual(sizes)
  })

  it('resumes without preparing again, sizes and potentials included', async () => {
    const [one, two] = [await prepared('otdc', { sizes: [30, 15, 10, 5] }), make('otdc', { sizes: [30, 15, 10, 5] })]
    const context = { progress, rows: batch.rows }
    const loss = async (pipeline: Pipeline) =>
      (await tf.tidy(() => pipeline.step(pipeline.views(batch, createRandom(1)), context).loss).data())[0]
    await loss(one)
    await two.prepare?.(dataset, createRandom(1), { resumed: true })
    two.restore?.(one.state?.() ?? {})
    for (const [name, variable] of Object.entries(two.model.variables)) variable.assign(one.model.variables[name])
    expect(await loss(two)).toBe(await loss(one))
  })

  it('counts solves that did not converge', async () => {
    const pipeline = await prepared('otdc')
    pipeline.step(pipeline.views(batch, createRandom(1)), { progress, rows: batch.rows })
    expect(await pipeline.epochLogs?.()).toEqual({ unconverged: 0 })
  })

  it('keeps its codes at length 1 if told to', async () => {
    const lengths = async (normalize: boolean) => {
      const pipeline = await prepared('otdc', { backbone: mlp, normalize })
      const { embedding, width } = await infer(pipeline, dataset)
      pipeline.dispose?.()
      return Array.from({ length: dataset.size }, (_, row) =>
        Math.hypot(...embedding.subarray(row * width, (row + 1) * width)),
      )
    }
    for (const length of await lengths(true)) expect(length).toBeCloseTo(1, 5)
    expect((await lengths(false)).some((length) => Math.abs(length - 1) > 0.01)).toBe(true)
  })

  it('wants one size per cluster', () => {
    expect(() => make('otdc', { sizes: [0.5, 0.5] })).toThrow(/sizes: got \[0.5,0.5\]; allowed: 4 sizes/)
    expect(() => make('otdc', { sizes: 'some' })).toThrow(/pipeline.otdc.sizes/)
  })
})

describe('sp2ot', () => {
  it('answers with the head of the lowest loss per mass', async () => {
    const pipeline = await prepared('sp2ot')
    const x = tf.tensor(batch.values, [32, ...batch.sampleShape])
    const labels = async (losses: number[]) => {
      pipeline.model.variables['heads.losses'].assign(tf.tensor1d(losses))
      return Array.from(await pipeline.infer(x).labels.data())
    }
    const [first, second] = [await labels([1, 2]), await labels([2, 1])]
    expect(first).not.toEqual(second)
    expect(await labels([0, 5])).toEqual(first)
  })

  it('starts at k-means without moving batch statistics', async () => {
    const [start, moved] = [make('p2ot'), await prepared('p2ot', { initial: 'kmeans' })]
    const changed = []
    for (const [name, variable] of Object.entries(moved.model.variables)) {
      const before = [...(await start.model.variables[name].data())]
      if (String(before) !== String([...(await variable.data())])) changed.push(name)
    }
    expect(changed).toEqual(['head 0.weight'])
  })

  it('transports more and more mass', async () => {
    const { history } = await trained('p2ot', {}, 4)
    const masses = history.map(({ mass }) => mass)
    expect(masses).toEqual([...masses].sort((a, b) => a - b))
    expect(masses[0]).toBeLessThan(0.2)
    expect(masses[3]).toBeGreaterThan(0.7)
  })

  it('continues from its state as if unbroken', async () => {
    const step = async (pipeline: Pipeline, at: number) => {
      const context = { progress: { ...progress, step: at }, rows: batch.rows }
      const { loss } = tf.tidy(() => ({ loss: pipeline.step(pipeline.views(batch, createRandom(at)), context).loss }))
      return (await loss.data())[0]
    }
    const [one, two] = [await prepared('sp2ot'), await prepared('sp2ot')]
    for (let at = 0; at < 3; at++) await step(one, at)
    two.restore?.(one.state?.() ?? {})
    for (const [name, variable] of Object.entries(two.model.variables)) variable.assign(one.model.variables[name])
    expect(await step(two, 3)).toBe(await step(one, 3))
  })
})

describe('dscl', () => {
  it('is supervised', async () => {
    const pipeline = make('dscl', { k: 3 })
    const views = pipeline.views({ ...batch, labels: undefined }, createRandom(0))
    expect(() => pipeline.step(views, { progress, rows: batch.rows })).toThrow(/every row needs a class from 0 to 2/)
    await expect(pipeline.prepare?.(dataset, createRandom(0))).rejects.toThrow(/supervised/)
    await expect(pipeline.prepare?.({ ...dataset, labels: undefined }, createRandom(0))).rejects.toThrow(/supervised/)
  })

  it('learns in parts what it learns from whole batches', async () => {
    // Rows of a batch that normalises itself would depend on their part.
    const backbone = { name: 'mlp', options: { widths: [12], normalize: false } }
    const outcomes = []
    for (const parts of [1, 3]) {
      const pipeline = make('dscl', { backbone, parts })
      const before = tf.memory().numTensors
      const { history } = await train(pipeline, dataset, {
        ...{ epochs: 3, batchSize: 31, optimizer: sgd(), learningRate: { value: () => 0.05 }, random: createRandom(2) },
      })
      expect(tf.memory().numTensors).toBe(before)
      const weights = Object.values(pipeline.model.variables).map(async (variable) => [...(await variable.data())])
      outcomes.push({ losses: history.map(({ loss }) => loss), weights: (await Promise.all(weights)).flat() })
      pipeline.dispose?.()
    }
    const [whole, inParts] = outcomes
    for (const [i, loss] of inParts.losses.entries()) expect(loss).toBeCloseTo(whole.losses[i], 3)
    for (const [i, weight] of inParts.weights.entries()) expect(weight).toBeCloseTo(whole.weights[i], 3)
    expect(() => make('dscl', { parts: 2, loss: 'softmax-regression' })).toThrow(
      /parts: got 2; allowed: 1 with another/,
    )
  })

  it('moves batch statistics once for each part', async () => {
    // Twice the same rows, in two parts.
    const twice = subset(
      dataset,
      Int32Array.from({ length: 60 }, (_, i) => i % 30),
    )
    const meansOf = async (parts: number) => {
      const pipeline = make('dscl', { parts })
      const { variables } = pipeline.model
      const values = await twice.read(Int32Array.from({ length: 60 }, (_, i) => i))
      const x = tf.tensor(values, [60, ...twice.sampleShape])
      const context = { progress, rows: batch.rows, labels: tf.tensor1d([...twice.labels!], 'int32') }
      if (parts === 1) pipeline.step([x], context)
      else pipeline.gradients?.([x], context, variables)
      const means = [...(await variables['encoder.2.mean'].data())]
      pipeline.dispose?.()
      return means
    }
    // From 0 a tenth of the way, or twice a tenth of what is left.
    const [whole, inParts] = [await meansOf(1), await meansOf(2)]
    for (const [i, mean] of inParts.entries()) expect(mean).toBeCloseTo(1.9 * whole[i], 5)
    expect(Math.max(...whole)).toBeGreaterThan(0.01)
  })

  it('learns: the loss falls', async () => {
    const { history } = await trained('dscl', {}, 8)
    expect(history[7].loss).toBeLessThan(0.8 * history[0].loss)
  })
})
