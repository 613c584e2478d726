import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { activateOnnx } from '@dc/backend-onnx'
import { encodeModel, Session } from '@dc/backend-onnx/model'
import { type Backbone, createRandom, createRegistry, type Dataset, definePlugin, tf } from '@dc/core'
import { checkClose, testDataset, waves } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { convnet, loadWeights, mlp, resnet, vit } from '../index'
import { exportOnnx, onnxFeatures, plugins } from '../onnx'

let folder: string
beforeAll(async () => {
  await activateOnnx({ threads: 1 })
  folder = await mkdtemp(join(tmpdir(), 'onnx-'))
})

const random = () => createRandom(0)
const weights = (name: string) => fileURLToPath(new URL(`./fixtures/${name}.safetensors`, import.meta.url))
const loaded = (network: Backbone, name: string) => {
  loadWeights(network, weights(name))
  return network
}
const networks: Record<string, () => Backbone> = {
  mlp: () => mlp({ inputShape: [3, 2, 1], widths: [5, 4], random: random() }),
  convnet: () => convnet({ inputShape: [8, 8, 1], widths: [3, 4], random: random() }),
  'resnet-18': () =>
    loaded(resnet({ inputShape: [16, 16, 3], depth: 18, stem: 'cifar', width: 2, random: random() }), 'resnet-18'),
  'resnet-50': () =>
    loaded(resnet({ inputShape: [37, 34, 3], depth: 50, stem: 'imagenet', width: 2, random: random() }), 'resnet-50'),
  vit: () =>
    loaded(vit({ inputShape: [8, 12, 3], patch: 4, width: 12, depth: 3, heads: 3, random: random() }), 'vit-timm'),
}

describe('exportOnnx', () => {
  it.each(Object.keys(networks))('writes a file that computes what the network does: %s', async (name) => {
    const network = networks[name]()
    const path = join(folder, `${name}.onnx`)
    await exportOnnx(network, path)
    const session = new Session(await readFile(path))
    for (const batch of [1, 3]) {
      const dims = [batch, ...network.inputShape]
      const data = waves(tf.util.sizeFromShape(dims))
      const y = network.apply(tf.tensor(data, dims), { training: false })
      const { features } = session.run({ images: { type: 'float32', data, dims, location: 'cpu' } }, { features: null })
      expect(features.dims).toEqual(y.shape)
      checkClose(features.data as Float32Array, await y.data(), 1e-4, 'features')
      y.dispose()
    }
    session.dispose()
    tf.dispose(network.variables)
  })
})

const size = 5
const images: Dataset = {
  name: 'five',
  size,
  sampleShape: [2, 3, 3],
  labels: Int32Array.of(0, 1, 0, 1, 0),
  read: async (rows) =>
    Float32Array.from({ length: rows.length * 18 }, (_, i) => rows[Math.floor(i / 18)] * 100 + (i % 18)),
}
/** A model that gives its input, in the order it sees it, times two. */
async function doubling(
  shape: (number | string)[],
  steps: { op: string; attributes?: object }[] = [],
): Promise<string> {
  const path = join(folder, `doubling${shape.length}${steps.length}.onnx`)
  const nodes = [{ op: 'Add', inputs: ['x', 'x'], outputs: ['v0'] }]
  for (const [i, step] of steps.entries()) nodes.push({ ...step, inputs: [`v${i}`], outputs: [`v${i + 1}`] })
  const bytes = encodeModel({
    inputs: [{ name: 'x', type: 'float32', shape }],
    outputs: [{ name: `v${steps.length}` }],
    nodes,
  })
  await writeFile(path, bytes)
  return path
}

describe('onnxFeatures', () => {
  it('normalises, moves channels first and averages maps', async () => {
    const model = await doubling(['n', 3, 2, 3])
    const dataset = await onnxFeatures(images, { model, mean: [1, 1, 1], std: [2, 2, 4], batchSize: 2, cache: false })
    expect([dataset.sampleShape, dataset.size, dataset.labels]).toEqual([[3], size, images.labels])
    // Channel c of image r has mean 100 r + 7.5 + c, which the model doubles after (x − 1)/std.
    checkClose(await dataset.read([4, 0]), [406.5, 407.5, 204.25, 6.5, 7.5, 4.25], 1e-6, 'features')
  })

  it('takes the first token, or the mean of all', async () => {
    const path = join(folder, 'tokens.onnx')
    const shape = { name: 'shape', type: 'int64', shape: [3], data: BigInt64Array.of(-1n, 6n, 3n) } as const
    const bytes = encodeModel({
      inputs: [{ name: 'x', type: 'float32', shape: ['n', 2, 3, 3] }],
      outputs: [{ name: 'y' }],
      nodes: [{ op: 'Reshape', inputs: ['x', 'shape'], outputs: ['y'] }],
      initializers: [shape],
    })
    await writeFile(path, bytes)
    const read = async (tokens: 'first' | 'mean') =>
      (await onnxFeatures(images, { model: path, layout: 'nhwc', tokens, cache: false })).read([1])
    expect([...(await read('first'))]).toEqual([100, 101, 102])
    checkClose(await read('mean'), [107.5, 108.5, 109.5], 1e-6, 'mean of tokens')
  })

  it('takes flat outputs as they are', async () => {
    const model = await doubling(['n', 2, 3, 3], [{ op: 'Flatten', attributes: { axis: 1 } }])
    const flat = await onnxFeatures(images, { model, layout: 'nhwc', cache: false })
    expect([...(await flat.read([1]))]).toEqual(Array.from({ length: 18 }, (_, i) => 2 * (100 + i)))
  })

  it('computes once, and again after the file was damaged', async () => {
    const model = await doubling(['n', 3, 2, 3])
    const cache = join(folder, 'cache')
    const runs: number[] = []
    const extract = () => onnxFeatures(images, { model, cache, batchSize: 8, onProgress: (done) => runs.push(done) })
    const first = await (await extract()).read([3])
    expect(await (await extract()).read([3])).toEqual(first)
    expect(runs).toEqual([size])
    const [name] = await readdir(cache)
    const bytes = await readFile(join(cache, name))
    bytes[40] ^= 1
    await writeFile(join(cache, name), bytes)
    expect(await (await extract()).read([3])).toEqual(first)
    expect(runs).toEqual([size, size])
  })

  it('says what does not fit', async () => {
    const model = await doubling(['n', 3, 2, 3])
    await expect(onnxFeatures(images, { model: join(folder, 'no.onnx') })).rejects.toThrow(/Cannot read the model/)
    await expect(onnxFeatures(images, { model, output: 'y', cache: false })).rejects.toThrow(
      /output: got 'y'; allowed: v0/,
    )
    await expect(onnxFeatures(images, { model, mean: [1], cache: false })).rejects.toThrow(/mean has shape \[1\]/)
    await expect(onnxFeatures(images, { model, layout: 'nhwc', cache: false })).rejects.toThrow(/ONNX Runtime failed/)
    await expect(onnxFeatures({ ...images, sampleShape: [18] }, { model })).rejects.toThrow(/expected images/)
  })
})

testDataset({ describe, it }, 'onnx-features', async () => {
  const five = definePlugin({
    kind: 'dataset',
    name: 'five',
    apiVersion: 1,
    options: z.object({}),
    create: () => images,
  })
  const registry = createRegistry([plugins, five])
  const model = await doubling(['n', 3, 2, 3])
  return registry.create('dataset', 'onnx-features', { dataset: 'five', model, cache: false })
})
