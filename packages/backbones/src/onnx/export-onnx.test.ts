import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { activateOnnx } from '@dc/backend-onnx'
import { Session } from '@dc/backend-onnx/model'
import { type Backbone, createRandom, tf } from '@dc/core'
import { checkClose, waves } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { convnet, loadWeights, mlp, resnet, vit } from '../index'
import { exportOnnx } from '../onnx'

let folder: string
beforeAll(async () => {
  await activateOnnx({ threads: 1 })
  folder = await mkdtemp(join(tmpdir(), 'onnx-'))
})

const random = () => createRandom(0)
const weights = (name: string) => fileURLToPath(new URL(`../weights/fixtures/${name}.safetensors`, import.meta.url))
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
