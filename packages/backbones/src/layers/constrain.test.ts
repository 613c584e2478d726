import { cpu, createRandom, initBackend, type Layer, tf } from '@dc/core'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { resnet } from '../convolutional/resnet'
import { activation, chain, sequential } from '../index'
import { vit } from '../transformer/vit'

// Every convolution and every layer of tokens counts how often it is constrained.
const count = vi.hoisted(() => ({ made: 0, constrained: 0 }))
const counted = vi.hoisted(() => (layer: object) => {
  count.made++
  return { ...layer, constrain: () => void count.constrained++ }
})
vi.mock('../convolutional/convolution', async (load) => {
  const { convolution } = await load<typeof import('../convolutional/convolution')>()
  return { convolution: (options: never) => counted(convolution(options)) }
})
vi.mock('../transformer/token-layers', async (load) => {
  const layers = await load<typeof import('../transformer/token-layers')>()
  const tokenLinear = (...given: Parameters<typeof layers.tokenLinear>) => counted(layers.tokenLinear(...given))
  const layerNorm = (...given: Parameters<typeof layers.layerNorm>) => counted(layers.layerNorm(...given))
  return { ...layers, tokenLinear, layerNorm }
})

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})
beforeEach(() => {
  Object.assign(count, { made: 0, constrained: 0 })
})

const plain = (): Layer => activation([2], tf.relu)
const random = createRandom(0)

it.each<[string, () => Layer]>([
  ['a chain', () => chain({ first: plain(), second: counted(plain()) as Layer })],
  ['a chain in a chain', () => chain({ all: chain({ one: counted(plain()) as Layer }), more: plain() })],
  ['a sequence', () => sequential([counted(plain()) as Layer, counted(plain()) as Layer])],
  ['a network of basic blocks', () => resnet({ inputShape: [8, 8, 3], depth: 18, stem: 'cifar', width: 2, random })],
  ['one of bottlenecks', () => resnet({ inputShape: [8, 8, 3], depth: 50, stem: 'cifar', width: 2, random })],
  [
    'a transformer',
    () => vit({ inputShape: [4, 4, 1], patch: 2, depth: 2, width: 4, heads: 2, trainableBlocks: 1, random }),
  ],
])('%s constrains all its layers, once', (_, make) => {
  const layer = make()
  expect(count.made).toBeGreaterThan(0)
  layer.constrain?.()
  expect(count.constrained).toBe(count.made)
  tf.dispose(layer.variables)
})
