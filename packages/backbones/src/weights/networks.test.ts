import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Backbone, cpu, createRandom, createRegistry, initBackend, tf } from '@dc/core'
import { decodeSafetensors } from '@dc/core/safetensors'
import { checkClose, expectNoLeaks, testLayer } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { convnet, loadWeights, plugins, pretrained, resnet, saveWeights, vit } from '../index'
import { permute, torchAxes, torchName } from './torch-names'

interface Network {
  shape: [number, number, number, number]
  input: number[]
  output: number[]
  outputs: number
  training?: number[]
  gradients: Record<string, { shape: number[]; values: number[] }>
}
const here = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
const { networks } = JSON.parse(readFileSync(here('networks.json'), 'utf8')) as { networks: Record<string, Network> }
const random = () => createRandom(0)
const registry = createRegistry([plugins])

const makers: Record<string, (inputShape: number[]) => Backbone> = {
  'resnet-18': (inputShape) => resnet({ inputShape, depth: 18, stem: 'cifar', width: 2, random: random() }),
  'resnet-50': (inputShape) => resnet({ inputShape, depth: 50, stem: 'imagenet', width: 2, random: random() }),
  'vit-timm': (inputShape) =>
    vit({ inputShape, patch: 4, width: 12, depth: 3, heads: 3, trainableBlocks: 1, random: random() }),
  'vit-torchvision': (inputShape) => vit({ inputShape, patch: 4, width: 8, depth: 2, heads: 2, random: random() }),
}
const make = (name: string) => makers[name](networks[name].shape.slice(1))

let folder: string
beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
  folder = await mkdtemp(join(tmpdir(), 'weights-'))
})

describe.each(Object.keys(networks))('%s against PyTorch', (name) => {
  const fixture = networks[name]
  const input = () => tf.tensor4d(fixture.input, fixture.shape)

  it('gives the same output in inference', async () => {
    const network = make(name)
    const { loaded, unused } = loadWeights(network, here(`${name}.safetensors`))
    expect(loaded).toHaveLength(Object.keys(network.variables).length)
    expect(unused.filter((array) => !/(fc|head|heads)\.|num_batches_tracked$/.test(array))).toEqual([])
    const x = input()
    const y = await expectNoLeaks(() => network.apply(x, { training: false }))
    expect(y.shape).toEqual([fixture.shape[0], fixture.outputs])
    checkClose(await y.data(), fixture.output, 1e-4, 'output')
    tf.dispose([x, y, network.variables])
  })

  it('gives the same output and gradients in training', async () => {
    const network = make(name)
    loadWeights(network, here(`${name}.safetensors`))
    const x = input()
    const trainable = Object.values(network.variables).filter((variable) => variable.trainable)
    const outputs: tf.Tensor[] = []
    const { value, grads } = tf.variableGrads(() => {
      const y = network.apply(x, { training: true })
      outputs.push(tf.keep(y))
      return tf.sum(tf.mul(y, tf.cos(tf.range(0, y.size)).reshape(y.shape))) as tf.Scalar
    }, trainable)
    checkClose(await outputs[0].data(), fixture.training ?? fixture.output, 1e-4, 'output')
    for (const [torch, expected] of Object.entries(fixture.gradients)) {
      const key = Object.keys(network.variables).find((variable) => torchName(variable) === torch)!
      const gradient = grads[network.variables[key].name]
      const values = permute((await gradient.data()) as Float32Array, gradient.shape, torchAxes(gradient.rank))
      // Relative to the largest entry: single entries cancel.
      const scale = Math.max(...expected.values.map(Math.abs))
      checkClose(
        values.map((v) => v / scale),
        expected.values.map((v) => v / scale),
        1e-4,
        `gradient of ${torch}`,
      )
    }
    tf.dispose([x, value, outputs, grads, network.variables] as tf.TensorContainer)
  })

  it('comes back from a file of its own', async () => {
    const network = make(name)
    loadWeights(network, here(`${name}.safetensors`))
    const path = join(folder, `${name}.safetensors`)
    await saveWeights(network, path, { licence: 'MIT' })
    const { metadata } = decodeSafetensors(readFileSync(path), path)
    expect(Object.fromEntries(metadata)).toEqual({ format: 'pt', licence: 'MIT' })
    const again = make(name)
    expect(loadWeights(again, path).unused).toEqual([])
    for (const [key, variable] of Object.entries(network.variables))
      checkClose(await again.variables[key].data(), await variable.data(), 0, key)
    tf.dispose([network.variables, again.variables])
  })
})

describe('backbones', () => {
  const count = (layer: Backbone) =>
    Object.values(layer.variables).reduce((sum, v) => sum + (v.trainable ? v.size : 0), 0)

  it('have as many weights as published', () => {
    // torchvision: 11,689,512 with a classifier of 513,000. ViT-B's last block: 7.09 M (Zhang, Ren, He 2024, SP²OT).
    const of = (name: string, options: object = {}, inputShape = [224, 224, 3]) => {
      const layer = registry.make('backbone', name, options, { inputShape, random: random() })
      const [size, outputShape] = [count(layer), layer.outputShape]
      tf.dispose(layer.variables)
      return [size, outputShape]
    }
    expect(of('resnet-18', { stem: 'imagenet' })).toEqual([11_176_512, [512]])
    expect(of('resnet-50', { width: 2 }, [32, 32, 3])[1]).toEqual([64])
    expect(of('vit-b', { depth: 2 })).toEqual([7_087_872, [768]])
    expect(of('resnet-34', { stem: 'cifar', width: 4 }, [32, 32, 3])[1]).toEqual([32])
  })

  it('say what does not fit', () => {
    const context = { inputShape: [8, 8, 3], random: random() }
    expect(() => registry.create('backbone', 'vit-b', { depth: 1 }, context)).toThrow(/vit.patch: got 16/)
    expect(() => vit({ ...context, patch: 4, width: 10, heads: 3 })).toThrow(/vit.heads: got 3/)
    expect(() => registry.create('backbone', 'resnet-18', {}, { ...context, inputShape: [64] })).toThrow(
      /expected images/,
    )
    expect(() => convnet({ ...context, widths: [1, 1, 1, 1, 1] })).toThrow(/convnet.widths: .*at most 4 widths/)
    expect(() => registry.create('backbone', 'convnet', { weights: join(folder, 'no') }, context)).toThrow(
      /Cannot read/,
    )
  })

  it('normalise images if told to', async () => {
    const context = { inputShape: [8, 8, 3], random: random() }
    const make = (options: object) =>
      registry.create('backbone', 'convnet', { widths: [3], ...options }, { ...context, random: random() })
    const [plain, own] = [make({}), make({ normalize: { mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.5] } })]
    const x = tf.randomUniform([2, 8, 8, 3], 0, 1, 'float32', 1)
    const y = await expectNoLeaks(() => own.apply(x, { training: false }))
    const expected = tf.tidy(() =>
      plain.apply(tf.div(tf.sub(x, tf.tensor1d([0.5, 0.4, 0.3])), tf.tensor1d([0.2, 0.25, 0.5])), { training: false }),
    )
    checkClose(await y.data(), await expected.data(), 1e-6, 'output')
    expect(() => make({ normalize: { mean: [0.5], std: [0.2] } })).toThrow(/normalize.mean and .std has shape \[1\]/)
    tf.dispose([x, y, expected, plain.variables, own.variables] as tf.TensorContainer)
  })

  it('resize images of another size if told to, and take views of their own', async () => {
    const context = { inputShape: [4, 4, 1], random: random() }
    const [plain, own] = [{}, { size: 8 }].map((options) =>
      registry.create(
        'backbone',
        'convnet',
        { widths: [3], ...options },
        { ...context, inputShape: 'size' in options ? [4, 4, 1] : [8, 8, 1], random: random() },
      ),
    )
    expect(own.inputShape).toEqual([4, 4, 1])
    const x = tf.randomUniform([2, 4, 4, 1], 0, 1, 'float32', 1)
    const large = tf.tidy(() => tf.image.resizeBilinear(x as tf.Tensor4D, [8, 8], false, true))
    const seen = await expectNoLeaks(() => own.apply(x, { training: false }))
    const [view, expected] = [own, plain].map((network) => network.apply(large, { training: false }))
    checkClose(await seen.data(), await expected.data(), 1e-6, 'resized samples')
    checkClose(await view.data(), await expected.data(), 1e-6, 'views')
    tf.dispose([x, large, seen, view, expected, plain.variables, own.variables] as tf.TensorContainer)
  })

  it('know where published weights are', () => {
    for (const { backbone, options, licence } of pretrained) {
      expect(registry.has('backbone', backbone)).toBe(true)
      expect(registry.get('backbone', backbone).options.safeParse(options).success).toBe(true)
      expect(licence).not.toBe('')
    }
  })
})

const small = (inputShape: number[]) => ({ inputShape, random: random() })
testLayer({ describe, it }, 'convnet', () => convnet({ ...small([8, 8, 1]), widths: [3, 4] }))
testLayer({ describe, it }, 'convnet that keeps places', () =>
  convnet({ ...small([8, 8, 1]), widths: [3, 4], average: false }),
)
testLayer({ describe, it }, 'resnet', () => resnet({ ...small([8, 8, 3]), depth: 18, stem: 'cifar', width: 2 }))
testLayer({ describe, it }, 'vit', () =>
  vit({ ...small([4, 4, 3]), patch: 2, width: 4, depth: 2, heads: 2, trainableBlocks: 1 }),
)
