import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OptionError } from './errors'
import { createRandom } from './random'

describe('createRandom', () => {
  it('gives the same numbers from the same seed, others from another', () => {
    const draw = (seed: number) => [...createRandom(seed).uniforms(5)]
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('keeps its stream between versions', () => {
    const random = createRandom(42)
    expect([random.integer(1000), random.integer(1000), random.integer(1000)]).toMatchInlineSnapshot(`
      [
        924,
        897,
        282,
      ]
    `)
    expect(random.uniform()).toMatchInlineSnapshot(`0.8149394164977375`)
    expect(random.normal()).toMatchInlineSnapshot(`-2.0178145770320652`)
    expect(
      createRandom(2 ** 32 - 1)
        .split('views')
        .split(3)
        .uniform(),
    ).toBe(0.0911325317056143)
  })

  it('seeds with all 53 bits, and so do its splits', () => {
    const first = (seed: number) => {
      const random = createRandom(seed)
      return [random.uniform(), random.split('k-means').uniform(), random.split('k-means').split(0).uniform()]
    }
    // 6949403057 gave what 0 gives, when the upper bits were folded into the lower ones.
    const seeds = [0, 6949403057, 2 ** 32, 2 ** 32 + 1, 2 ** 33, 2 ** 52, 2 ** 53 - 1, 2 ** 53 - 2, 1, 2 ** 32 - 1]
    const drawn = seeds.map(first)
    for (const level of [0, 1, 2]) expect(new Set(drawn.map((draws) => draws[level])).size).toBe(seeds.length)
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 2 ** 21 - 1 }), (seed, more) => {
        const other = (seed + more * 2 ** 32) % 2 ** 53
        expect(createRandom(other).state().words).not.toEqual(createRandom(seed).state().words)
        expect(first(other)[1]).not.toBe(first(seed)[1])
      }),
    )
  })

  it('draws uniforms with the moments and evenness of a uniform', () => {
    const values = createRandom(1).uniforms(200_000)
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    expect(mean).toBeCloseTo(0.5, 2)
    const bins = new Array(16).fill(0)
    for (const v of values) bins[Math.min(15, Math.floor(v * 16))]++
    const expected = values.length / 16
    const chiSquare = bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
    expect(chiSquare).toBeLessThan(37.7) // 99.9 % of a χ² with 15 degrees of freedom
  })

  it('draws normals with the moments of a normal', () => {
    const values = createRandom(2).normals(200_000, 3, 2)
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const moment = (k: number) => values.reduce((a, b) => a + ((b - mean) / 2) ** k, 0) / values.length
    expect(mean).toBeCloseTo(3, 1)
    expect(moment(2)).toBeCloseTo(1, 1)
    expect(moment(3)).toBeCloseTo(0, 1)
    expect(moment(4)).toBeCloseTo(3, 0)
  })

  it('permutes uniformly', () => {
    const random = createRandom(3)
    const seen = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const key = random.permutation(3).join()
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('splits into streams that depend on the label and not on what was drawn', () => {
    const random = createRandom(4)
    const before = random.split('views').uniforms(4)
    random.uniforms(100)
    expect(random.split('views').uniforms(4)).toEqual(before)
    expect(random.split('weights').uniforms(4)).not.toEqual(before)
    expect(random.split(1).uniforms(4)).not.toEqual(random.split(2).uniforms(4))
  })

  it('draws the same numbers one by one and many at once', () => {
    const [one, many] = [createRandom(4), createRandom(4)]
    const uniforms = Array.from({ length: 5001 }, () => Math.fround(2 + 3 * one.uniform()))
    expect([...many.uniforms(5001, 2, 5)]).toEqual(uniforms)
    one.normal()
    many.normal()
    // An odd number beyond one block, begun with the second of a pair.
    expect([...many.normals(5001)]).toEqual(Array.from({ length: 5001 }, () => Math.fround(one.normal())))
    expect(many.state()).toEqual(one.state())
  })

  it('continues exactly from a saved state, also between the two normals of a pair', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(20), (seed, draws) => {
        const one = createRandom(seed)
        for (let i = 0; i < draws; i++) one.normal()
        const saved = JSON.parse(JSON.stringify(one.state()))
        const expected = [...one.normals(5), one.integer(99), one.split('child').uniform()]
        const two = createRandom(0)
        two.restore(saved)
        expect([...two.normals(5), two.integer(99), two.split('child').uniform()]).toEqual(expected)
      }),
    )
  })

  it('names the seed or bound it refuses', () => {
    expect(() => createRandom(-1)).toThrow(OptionError)
    expect(() => createRandom(0.5)).toThrow('seed: got 0.5; allowed: an integer from 0 to 2^53 − 1.')
    expect(() => createRandom(0).integer(0)).toThrow('bound: got 0')
  })
})
