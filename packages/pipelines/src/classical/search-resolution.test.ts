import { describe, expect, it } from 'vitest'
import { searchResolution } from './search-resolution'

/** Searches by a rule, and says what was tried. */
async function search(wanted: number, rule: (resolution: number) => number, first = 1) {
  const tried: number[] = []
  const found = await searchResolution(wanted, first, async (resolution) => {
    tried.push(resolution)
    return { k: rule(resolution), resolution }
  })
  return { ...found, tried }
}

describe('searchResolution', () => {
  it.each([1, 2, 7, 12, 13, 100, 5000])('finds %d clusters, up or down', async (wanted) => {
    const grow = (resolution: number) => 1 + Math.floor(12 * resolution)
    expect((await search(wanted, grow)).k).toBe(wanted)
    expect((await search(wanted, grow, 0)).k).toBe(wanted)
    expect((await search(wanted, grow, 1e4)).k).toBe(wanted)
    expect((await search(wanted, grow, 1e-4)).k).toBe(wanted)
  })

  it('takes the first that fits', async () => {
    expect((await search(13, (resolution) => 1 + 12 * resolution)).tried).toEqual([1])
  })

  it('gives what is nearest where no resolution fits', async () => {
    const even = (resolution: number) => 2 * Math.ceil(6 * resolution) + 4 * Number(resolution > 1.3)
    const { k, tried } = await search(7, even)
    expect([6, 8]).toContain(k)
    expect(tried.length).toBeLessThan(40)
  })

  it('ends at once where even 0 gives too many, and in any case', async () => {
    expect(await search(2, () => 5)).toMatchObject({ k: 5, tried: [1, 0] })
    expect(await search(2, (resolution) => (resolution === 0 ? 3 : 9))).toMatchObject({ k: 3, tried: [1, 0] })
    expect((await search(9, () => 5)).k).toBe(5)
    expect((await search(3, (resolution) => (resolution === 0 ? 1 : 9))).k).toBe(1)
    // Numbers that go up and down.
    const noisy = (resolution: number) => Math.round(10 * resolution + 3 * Math.sin(1e3 * resolution))
    expect(Math.abs((await search(25, noisy)).k - 25)).toBeLessThan(3)
  })
})
