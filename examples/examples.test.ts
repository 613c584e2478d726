import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** What each example must print. */
const expected: Record<string, RegExp[]> = {
  'cluster-digits.ts': [/^k-means: ACC, NMI, ARI 0\.7\d\d /, /^spectral: ACC, NMI, ARI 0\.[89]\d\d /],
  'fast-training.ts': [/^step 0: loss /, /^step 50: loss /, /^step 100: loss 0\.[0-3]/],
  'own-plugin.ts': [
    /^schedules: .*\bsteps$/,
    /^epochs 0, 10, 20: 0.1000 0.0100 0.0010$/,
    /^error: schedule\.steps\.from/,
  ],
  'transport.ts': [/^converged: true$/, /^points per site: 20 20 20 20 20$/],
}

describe('the examples', () => {
  let lines: string[]
  beforeEach(() => {
    lines = []
    vi.spyOn(console, 'log').mockImplementation((line: unknown) => {
      lines.push(String(line))
    })
  })
  afterEach(() => vi.restoreAllMocks())

  it('are all tested', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((file) => /^[^.]+\.ts$/.test(file))
    expect(files.sort()).toEqual(Object.keys(expected))
  })

  it.each(Object.entries(expected))('%s prints what it should', async (file, patterns) => {
    await import(new URL(file, import.meta.url).href)
    expect(lines).toHaveLength(patterns.length)
    lines.forEach((line, i) => {
      expect(line).toMatch(patterns[i])
    })
  })
})
