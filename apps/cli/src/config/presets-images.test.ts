import { type PluginReference, pluginReference } from '@dc/core'
import { presets } from '@dc/pipelines'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly'
import { resolveConfig } from './resolve'

const registry = assemble()
const resolved = (pipeline: string, preset: string, more: object = {}) =>
  resolveConfig(pipeline, { preset, set: [], plugin: [], ...more }, registry)

describe('presets of images resolve to what was published', () => {
  it.each([
    ['cifar-10', { name: 'cifar-10', options: { split: 'all' } }, 256, 0.04],
    ['cifar-100-20', { name: 'cifar-100', options: { split: 'all', labels: 'coarse' } }, 256, 0.04],
    ['imagenet-dogs', { name: 'image-folder', options: { size: 64, only: 'imagenet-dogs' } }, 256, 0.04],
    ['tiny-imagenet', { name: 'tiny-imagenet', options: { size: 32 } }, 1024, 0.16],
  ])('bootsc, %s', (preset, data, batchSize, from) => {
    const config = resolved('bootsc', preset)
    expect(config.data).toEqual(data)
    expect(config.training).toEqual({
      epochs: 1000,
      batchSize,
      dropLast: true,
      callbacks: [],
      optimizer: { name: 'sgd', options: { momentum: 0.9, weightDecay: 5e-4 } },
      learningRate: { name: 'cosine', options: { from, period: 200, restartFactor: 0.5 } },
    })
    expect(config.options).toEqual({ views: 'byol', backbone: { name: 'resnet-34', options: { stem: 'cifar' } } })
  })

  it.each([
    ['cifar100-lt', 'cifar-100', { longTail: { ratio: 0.01 } }],
    ['imagenet-r', 'image-folder', { size: 256 }],
    ['inaturalist-500', 'inaturalist', { size: 256, categories: 500 }],
  ])('sp2ot, %s', (preset, name, options) => {
    const config = resolved('sp2ot', preset)
    expect(config.data).toEqual({ name, options })
    expect(config.training).toEqual({
      epochs: 50,
      batchSize: 512,
      dropLast: true,
      callbacks: [],
      optimizer: 'adam',
      learningRate: { name: 'cosine', options: { from: 5e-4, to: 5e-7 } },
    })
    expect(config.options).toMatchObject({
      views: { name: 'sp2ot', options: { size: 224, resize: 256 } },
      backbone: { name: 'vit-b', options: { trainableBlocks: 1, size: 224 } },
      neighboursIn: 'backbone',
      neighbours: { options: { neighbours: 20, gamma: 1 / 6144 } },
    })
  })

  it('dscl: 200 iterations of the last layer, 100 end to end, of 1260 images', () => {
    for (const [preset, images] of [
      ['cub-200', 5864],
      ['cars-196', 8054],
      ['products', 59551],
    ] as const) {
      const steps = (name: string) => {
        const { epochs, batchSize } = resolved('dscl', name).training!
        expect(batchSize).toBe(1260)
        return epochs * Math.floor(images / batchSize)
      }
      expect(Math.abs(steps(`${preset}-last-layer`) - 200)).toBeLessThan(13)
      expect(Math.abs(steps(preset) - 100)).toBeLessThan(7)
    }
    expect(resolved('dscl', 'products').options.width).toBe(512)
  })
})

describe('data of a preset', () => {
  it('keep their options when --data calls them by name, and not else', () => {
    const flags = { data: 'cifar-100:/data/cifar' }
    expect(resolved('sp2ot', 'cifar100-lt', flags).data).toEqual({
      name: 'cifar-100',
      options: { path: '/data/cifar', longTail: { ratio: 0.01 } },
    })
    expect(resolved('sp2ot', 'cifar100-lt', { data: 'idx:/data/mnist' }).data.options).toEqual({ path: '/data/mnist' })
  })
})

describe('every preset', () => {
  const check = (kind: 'augmentation' | 'backbone' | 'head' | 'affinity' | 'dataset', reference: PluginReference) => {
    const { name, options } = pluginReference(reference)
    const { options: schema } = registry.get(kind, name)
    const found = schema.safeParse(
      kind === 'dataset' ? { path: 'x', model: 'x', annotations: 'x', ...options } : options,
    )
    const unknown = found.error?.issues.filter(({ code }: { code?: string }) => code !== 'unrecognized_keys') ?? []
    expect(kind === 'dataset' ? unknown : (found.error?.issues ?? [])).toEqual([])
  }
  it.each(presets.map((preset) => [preset.pipeline, preset.name, preset] as const))(
    '%s %s fits its parts',
    (_, __, preset) => {
      const { data, options } = preset
      registry.get('pipeline', preset.pipeline).options.parse({ ...options, k: 3 })
      for (const [option, kind] of [
        ['views', 'augmentation'],
        ['backbone', 'backbone'],
        ['projection', 'head'],
        ['neighbours', 'affinity'],
      ] as const)
        if (option in options) check(kind, options[option] as PluginReference)
      if (data) check('dataset', data)
    },
  )
})
