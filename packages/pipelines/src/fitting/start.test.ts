import { cpu, createRandom, DcError, initBackend, OptionError, tf } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { accuracy, contingencyTable } from '@dc/metrics'
import { beforeAll, describe, expect, it } from 'vitest'
import { findPreset } from '../recipes/presets'
import { methodOf } from '../recipes/recipe'
import { startBy, startingMethod } from '../recipes/starting'
import { assemble } from '../registry'
import { fit } from './fit'
import { labelledBy } from './labelled-by'

const [n, width, k] = [90, 6, 3]
const truth = Int32Array.from({ length: n }, (_, row) => row % k)
const noise = createRandom(5).normals(n * width)
const values = Float32Array.from(noise, (value, at) => value / 2 + (at % width === Math.floor(at / width) % k ? 4 : 0))
const rows = { values, shape: [n, width] }
const mlp = { name: 'mlp', options: { widths: [16] } }
const small = { options: { backbone: mlp }, training: { epochs: 10, batchSize: 45 } }

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

describe('a start by labels', () => {
  it.each(['bootsc', 'sp2ot'])('trains %s from the network that has learned them', async (method) => {
    const options = {
      bootsc: { backbone: mlp, projection: { name: 'projection', options: { hidden: 16, width: 8 } } },
      sp2ot: { backbone: mlp, initial: 'kmeans' },
    }[method]!
    const before = tf.memory().numTensors
    const phases: string[] = []
    const onProgress = ({ phase }: { phase: string }) => phases.push(phase)
    const found = await fit(rows, { method, k, ...small, options, labels: 'kmeans', start: 'leiden', onProgress })
    expect(found.recipe.start).toEqual({ pipeline: 'leiden', preset: 'leiden', steps: 400 })
    expect([...new Set(phases)].filter((phase) => phase.startsWith('start'))).toEqual(['start by leiden'])
    expect(accuracy(contingencyTable(truth, found.labels))).toBeGreaterThan(0.95)
    expect(await found.predict(rows)).toEqual(found.labels)
    expect(tf.memory().numTensors).toBe(before)
    const other = await fit(rows, { method, k, ...small, options })
    expect((await other.embed(rows)).values).not.toEqual((await found.embed(rows)).values)
  })

  it('goes by the labels of the method, not by those of the data', async () => {
    const registry = assemble()
    const leiden = methodOf(findPreset('leiden'))
    const wrong = memoryDataset({ name: 'wrong', values, sampleShape: [width], labels: new Int32Array(n) })
    const labelled = await labelledBy(leiden, wrong, { k, seed: 0, registry })
    expect(accuracy(contingencyTable(truth, labelled.labels!))).toBe(1)
    expect(labelled.classNames).toBeUndefined()
  })

  it('refuses in words where there are not as many', async () => {
    const far = [0, 50, 100].flatMap((at) => Array.from({ length: 20 }, (_, i) => [at + i / 100, i / 100]))
    const refused = fit(far, { method: 'sp2ot', k: 2, ...small, start: 'leiden' })
    await expect(refused).rejects.toThrow(DcError)
    await expect(refused).rejects.toThrow(
      'start: leiden finds 3 clusters of these rows, and 2 are to be trained. The graph of neighbours falls into 3 parts',
    )
  })

  it('takes any pipeline but one that would see true labels', async () => {
    const registry = assemble()
    const method = (pipeline: string) =>
      methodOf({ ...findPreset('sp2ot', 'features'), options: { backbone: mlp }, start: startBy(pipeline) })
    const size = { rows: n, k }
    for (const classical of ['kmeans', 'spectral', 'leiden']) {
      const start = startingMethod(method(classical), size, registry)!
      expect([start.labelledBy?.pipeline, start.config.pipeline]).toEqual([classical, 'dscl'])
      expect(start.config).toMatchObject({ options: { backbone: mlp }, unseen: null, beside: {}, start: null })
      expect(start.config.training?.patience).toBeUndefined()
    }
    expect(startingMethod(method('bootsc'), size, registry)).toMatchObject({
      labelledBy: null,
      config: { pipeline: 'bootsc' },
    })
    expect(() => startingMethod(method('dscl'), size, registry)).toThrow(OptionError)
    const refused: [object, RegExp][] = [
      [{ method: 'kmeans', start: 'leiden' }, /start: got 'leiden'; allowed: nothing: kmeans has no training steps/],
      [{ method: 'sp2ot', start: 'leidn' }, /No pipeline named 'leidn'/],
      [{ method: 'sp2ot', start: 3 }, /start: got 3; allowed: a text/],
      [
        { method: 'sp2ot', start: 'dscl' },
        /start.pipeline: got 'dscl'; allowed: one that learns without the true labels/,
      ],
    ]
    for (const [options, message] of refused)
      await expect(fit(rows, { k, ...options } as never)).rejects.toThrow(message)
  })
})
