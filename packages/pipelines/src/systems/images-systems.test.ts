// The other systems on images: a few steps on tiny ones lower the loss, and leave no tensor.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convnet } from '@dc/backbones'
import { exportOnnx, plugins as onnxFeatures } from '@dc/backbones/onnx'
import { activateOnnx } from '@dc/backend-onnx'
import { createRandom, type Dataset, definePlugin, type Pipeline, tf } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { adam, infer, train } from '@dc/trainer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { assemble } from '../registry'
import { featuresOf, meanSquaredDeviation } from './dataset-passes'

const folder = await mkdtemp(join(tmpdir(), 'images-systems-'))
beforeAll(() => activateOnnx({ threads: 1 }))
afterAll(() => rm(folder, { recursive: true }))

const side = 8
/** Three kinds of pattern at random places, in colour, with noise. */
function patterns(n: number): Dataset {
  const random = createRandom(7)
  const labels = Int32Array.from({ length: n }, (_, i) => i % 3)
  const values = new Float32Array(n * side * side * 3)
  labels.forEach((label, row) => {
    const shift = random.integer(8)
    for (let p = 0; p < side * side; p++) {
      const [x, y] = [(p % side) + shift, Math.floor(p / side) + shift]
      const on = label === 0 ? x % 4 < 2 : label === 1 ? y % 4 < 2 : (x + y) % 4 < 2
      for (let c = 0; c < 3; c++) values[(row * side * side + p) * 3 + c] = (on ? 0.8 : 0.2) + 0.1 * random.uniform()
    }
  })
  return memoryDataset({ name: 'patterns', values, sampleShape: [side, side, 3], labels })
}
const images = patterns(48)
const registry = assemble([
  ...onnxFeatures,
  definePlugin({
    kind: 'dataset',
    name: 'patterns',
    apiVersion: 1,
    options: z.strictObject({}),
    create: () => images,
  }),
])
const still = { name: 'image-views', options: { views: [{ crop: null, flip: 0 }] } }
const flipped = { name: 'image-views', options: { views: [{ crop: null }, { crop: null }] } }
const small = { name: 'convnet', options: { widths: [6, 8] } }

function make(name: string, options: object, inputShape: readonly number[] = images.sampleShape): Pipeline {
  return registry.make('pipeline', name, { k: 3, ...options }, { inputShape, random: createRandom(0) }) as Pipeline
}

/** Mean logs of each epoch; nothing is left in memory. */
async function trained(name: string, options: object, { epochs = 12, dataset = images } = {}) {
  const before = tf.memory().numTensors
  const pipeline = make(name, options, dataset.sampleShape)
  const { history } = await train(pipeline, dataset, {
    epochs,
    batchSize: 24,
    optimizer: adam(),
    learningRate: { value: () => 3e-3 },
    random: createRandom(1),
  })
  const { labels } = await infer(pipeline, dataset)
  pipeline.dispose?.()
  expect(labels.every((label) => label >= 0 && label < 3)).toBe(true)
  expect(tf.memory().numTensors).toBe(before)
  return history
}
const falls = (
  history: readonly Readonly<Record<string, number>>[],
  share: number,
  of = (logs: Readonly<Record<string, number>>) => logs.loss,
) => expect(of(history.at(-1)!)).toBeLessThan(share * of(history[0]))

describe('otdc on images', () => {
  it('learns with a convolutional autoencoder', async () => {
    const backbone = { name: 'convolutional-autoencoder', options: { widths: [6, 8], code: 3 } }
    falls(await trained('otdc', { views: still, backbone, pretrain: 2 }), 0.9)
  })
})

/** At full mass: with growing mass the loss grows by itself. */
const assign = (name: string) => ({ name, options: { batches: 2, rho: { schedule: 'fixed', value: 0.7 } } })
const frozenViT = { name: 'vit-s', options: { patch: 4, depth: 2, trainableBlocks: 1, size: 12 } }

describe('sp2ot on images', () => {
  it('learns with the last block of a transformer, which sees images at its own size', async () => {
    const options = { views: flipped, backbone: frozenViT, assign: assign('sp2ot'), neighboursIn: 'backbone' }
    falls(await trained('sp2ot', options, { epochs: 6 }), 0.98)
  })

  it('leaves all but the last block as it was', async () => {
    const pipeline = make('p2ot', { views: flipped, backbone: frozenViT, assign: assign('p2ot') })
    const { variables } = pipeline.model
    const first = async (name: string) => (await variables[name].data())[0]
    const names = ['encoder.blocks.0.mlp.fc1.weight', 'encoder.blocks.1.mlp.fc1.weight']
    const before = await Promise.all(names.map(first))
    const settings = { epochs: 1, batchSize: 24, optimizer: adam(), learningRate: { value: () => 1e-3 } }
    await train(pipeline, images, { ...settings, random: createRandom(1) })
    const after = await Promise.all(names.map(first))
    expect(after[0]).toBe(before[0])
    expect(after[1]).not.toBe(before[1])
    pipeline.dispose?.()
  })

  it('learns with a ConvNet', async () => {
    falls(await trained('sp2ot', { views: flipped, backbone: small, assign: assign('sp2ot') }), 0.98)
  })
})

describe('dscl on images', () => {
  it('learns end to end', async () => {
    falls(await trained('dscl', { views: still, backbone: small }), 0.8)
  })

  it('learns the last layer on features of an ONNX file', async () => {
    const model = join(folder, 'tiny.onnx')
    const network = convnet({ inputShape: images.sampleShape, widths: [8, 12], random: createRandom(3) })
    await exportOnnx(network, model)
    tf.dispose(network.variables)
    const options = { dataset: 'patterns', model, layout: 'nhwc', cache: false } as const
    const features: Dataset = await registry.create('dataset', 'onnx-features', options)
    expect(features.sampleShape).toEqual([12])
    falls(await trained('dscl', { backbone: 'identity' }, { dataset: features, epochs: 40 }), 0.9)
  })
})

describe('passes over a dataset', () => {
  it('give features in the order of the rows, whatever the batch', async () => {
    const sums = (x: tf.Tensor) => x.reshape([x.shape[0], -1]).sum(1, true) as tf.Tensor2D
    const [one, other] = [
      await featuresOf(images, sums, { batchSize: 48 }),
      await featuresOf(images, sums, { batchSize: 7 }),
    ]
    expect([...other]).toEqual([...one])
  })
  it('find the mean squared deviation of columns', async () => {
    const values = Float32Array.of(1, 10, 3, 10, 5, 16)
    const dataset = memoryDataset({ name: 'three', values, sampleShape: [2] })
    // Columns (1, 3, 5) and (10, 10, 16): 8/3 and 8.
    expect(await meanSquaredDeviation(dataset)).toBeCloseTo((8 + 24) / 6, 10)
  })
})
