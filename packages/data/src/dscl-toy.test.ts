import { describe, expect, it } from 'vitest'
import { loadDsclToy } from './dscl-toy'

describe('the toy set of DSCL', () => {
  it.each([
    ['train', 15_000],
    ['test', 6000],
  ] as const)('has its %s points, of three classes', async (split, size) => {
    const toy = await loadDsclToy(split)
    expect([toy.size, ...toy.sampleShape]).toEqual([size, 3])
    expect([...new Set(toy.labels)].sort()).toEqual([0, 1, 2])
  })
})
