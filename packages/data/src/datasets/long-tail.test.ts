import { createRegistry } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { memoryDataset } from '../memory-dataset'
import { optdigits } from '../optdigits'
import { longTail } from './long-tail'

const unlabelled = {
  ...optdigits,
  name: 'unlabelled',
  create: async () => memoryDataset({ name: 'unlabelled', values: new Float32Array(4), sampleShape: [2] }),
}
const registry = createRegistry([optdigits, longTail, unlabelled])

describe('long-tail', () => {
  it('thins the classes of another dataset, the same rows for the same seed', async () => {
    const make = (seed: number) => registry.create('dataset', 'long-tail', { path: 'optdigits', ratio: 0.1, seed })
    const [one, again, other] = [await make(3), await make(3), await make(4)]
    const sizes = new Array(10).fill(0)
    for (const label of one.labels!) sizes[label]++
    expect(sizes).toEqual(Array.from({ length: 10 }, (_, c) => Math.round(174 * 0.1 ** (c / 9))))
    expect(await one.read([5])).toEqual(await again.read([5]))
    expect(await other.read([5])).not.toEqual(await one.read([5]))
    expect(one.name).toBe('optdigits, long tail 0.1')
  })

  it('needs labels and a dataset that exists', async () => {
    await expect(registry.create('dataset', 'long-tail', { path: 'unlabelled' })).rejects.toThrow(/has no labels/)
    await expect(registry.create('dataset', 'long-tail', { path: 'mnist' })).rejects.toThrow(/No dataset named 'mnist'/)
    expect(() => registry.create('dataset', 'long-tail', { path: 'optdigits', ratio: 2 })).toThrow(/long-tail.ratio/)
  })
})
