import { describe, expect, it } from 'vitest'
import { pickMethod } from './pick-method'

describe('the method that is tried first', () => {
  it.each([
    ['features', 10_000, 'bootsc'],
    ['features', undefined, 'bootsc'],
    ['features', 1000, 'bootsc', 40],
    ['features', 1000, 'consensus', 41],
    ['photos', 1000, 'sp2ot', 41],
    ['features', 199, 'consensus'],
    ['features', 50, 'consensus'],
    ['features', 49, 'kmeans'],
    ['photos', 10_000, 'sp2ot'],
    ['photos', 100, 'kmeans'],
    ['tiny-images', 1797, 'bootsc'],
  ] as const)('for %s, %s rows, is %s', (kind, rows, pipeline, k?: number) => {
    expect(pickMethod(kind, rows, k).pipeline).toBe(pipeline)
  })

  it('says why of a single row too', () => {
    expect(pickMethod('features', 1).why).toBe('1 row is too few to train a network on')
    expect(pickMethod('features', 2).why).toBe('2 rows are too few to train a network on')
  })
})
