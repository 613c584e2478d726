import { cpu, createRandom, initBackend, type Pipeline, tf } from '@dc/core'
import { testPipeline } from '@dc/core/testing'
import { batches, loadOptdigits, subset } from '@dc/data'
import { infer } from '@dc/trainer'
import { beforeAll, describe, expect, it } from 'vitest'
import { labelRules } from '../labels/label-rules'
import { presets } from '../recipes/presets'
import { assemble } from '../registry'

const registry = assemble()
const small = {
  k: 4,
  backbone: { name: 'mlp', options: { widths: [12] } },
  projection: { name: 'projection', options: { hidden: 16, width: 8 } },
}
const make = (name: string, options: object, inputShape: readonly number[] = [8, 8, 1]) =>
  registry.make('pipeline', name, options, { inputShape, random: createRandom(0) }) as Pipeline

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

async function firstBatch() {
  for await (const batch of batches(await loadOptdigits(), { batchSize: 32 })) return batch
  throw new Error('no batch')
}
const batch = await firstBatch()

testPipeline({ describe, it }, 'bootsc', () => make('bootsc', small), batch)
testPipeline({ describe, it }, 'bootsc on images', () => make('bootsc', { ...small, views: 'image-affine' }), batch)

describe('bootsc', () => {
  it('names what it wants', async () => {
    expect(() => make('bootsc', { ...small, k: 1 })).toThrow(/pipeline.bootsc.k/)
    expect(() => make('bootsc', { ...small, backbone: 'resnet-9000' })).toThrow(/No backbone named 'resnet-9000'/)
    expect(() => registry.create('pipeline', 'bootsc', small, {})).toThrow(/create, random and inputShape/)
    const wide = make('bootsc', { ...small, projection: { name: 'projection', options: { hidden: 8, width: 64 } } })
    expect(() => wide.step(wide.views(batch, createRandom(1)), { progress: start, rows: batch.rows })).toThrow(
      /\[32, 64\]; expected \[n, d\] with n ≥ d/,
    )
  })

  it('starts the same from the same seed', async () => {
    const weights = async () => Promise.all(Object.values(make('bootsc', small).model.variables).map((v) => v.data()))
    expect(await weights()).toEqual(await weights())
  })
})

const start = { step: 0, steps: 10, epoch: 0, epochs: 2 }

describe('presets', () => {
  const trained = presets.filter(({ training }) => training !== null)
  // Large networks are made once for each system, for they take seconds.
  const networks = new Map(
    trained.map((preset) => [`${preset.pipeline} ${JSON.stringify(preset.options.backbone)}`, preset]),
  )
  it.each(trained.map((preset) => [preset.name, preset] as const))('%s resolves to plugins that exist', (_, preset) => {
    const { optimizer, learningRate } = preset.training!
    for (const [kind, reference] of [
      ['optimizer', optimizer],
      ['schedule', learningRate],
    ] as const) {
      const { name, options = {} } = typeof reference === 'string' ? { name: reference } : reference
      registry.make(kind, name, options)
    }
    expect(labelRules.map((rule) => rule.name)).toContain(preset.labels)
    // Networks that normalise by the mean and deviation of three colours take colour images only.
    const inputShape = JSON.stringify(preset.options).includes('"normalize"') ? [32, 32, 3] : [8, 8, 1]
    if ([...networks.values()].includes(preset))
      make(preset.pipeline, { k: 10, ...preset.options }, inputShape).dispose?.()
  })
})

describe('label rules', () => {
  it.each(labelRules.map((rule) => [rule.name, rule] as const))(
    '%s labels every row, the same each time',
    async (_, rule) => {
      const pipeline = make('bootsc', small)
      const dataset = subset(
        await loadOptdigits(),
        Int32Array.from({ length: 60 }, (_, i) => i),
      )
      const inference = await infer(pipeline, dataset)
      const fitted = () => rule.fit({ inference, dataset, k: 4, random: createRandom(3) })
      const label = async () => (await fitted()).labels
      const labels = await label()
      expect(labels).toHaveLength(60)
      expect(Math.min(...labels)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...labels)).toBeLessThan(4)
      expect(await label()).toEqual(labels)
      expect(rule.description).not.toBe('')
      expect(await rule.predict(inference, (await fitted()).state)).toEqual(labels)
      tf.dispose(pipeline.model.variables)
    },
  )
})
