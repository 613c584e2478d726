import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineParityCheck, maxAbsoluteError } from './frame'
import { loadChecks, runParity } from './run'

const oracles = fileURLToPath(new URL('../fixtures/oracles/', import.meta.url))
const files = readdirSync(oracles).filter((file) => file.endsWith('.json'))

describe('reference answers', async () => {
  const checks = await loadChecks()
  it.each(files)('%s', async (file) => {
    const folder = mkdtempSync(join(tmpdir(), 'parity-'))
    try {
      writeFileSync(join(folder, file), readFileSync(join(oracles, file)))
      const results = await runParity(folder, checks)
      expect(results.filter((result) => !result.ok)).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the parity runner', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parity-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const known = (error: number) =>
    defineParityCheck({ matches: /^known/, run: async () => [{ name: 'known', error, tolerance: 1e-6 }] })
  const run = (error: number) => runParity(folder, [known(error)])

  it('passes an error within the tolerance and fails one beyond it', async () => {
    writeFileSync(join(folder, 'known.json'), '{"source":"here"}')
    expect((await run(1e-6)).map((r) => r.ok)).toEqual([true])
    expect((await run(1.1e-6)).map((r) => r.ok)).toEqual([false])
    expect((await run(Number.NaN)).map((r) => r.ok)).toEqual([false])
  })

  it('fails a file that no check knows', async () => {
    writeFileSync(join(folder, 'other.json'), '{"source":"here"}')
    expect(await run(0)).toMatchObject([{ file: 'other', ok: false, reason: 'no check knows this file' }])
  })

  it('fails a file that is no JSON', async () => {
    writeFileSync(join(folder, 'known.json'), '{')
    expect(await run(0)).toMatchObject([
      { file: 'known', ok: false, reason: expect.stringContaining('cannot be read') },
    ])
  })

  it('throws for an empty or missing folder', async () => {
    await expect(run(0)).rejects.toThrow('no .json file')
    await expect(runParity(join(folder, 'missing'), [])).rejects.toThrow('ENOENT')
  })
})

describe('maxAbsoluteError', () => {
  it('keeps NaN and takes different lengths as infinitely far', () => {
    expect(maxAbsoluteError([1, Number.NaN, 2], [1, 1, 2])).toBeNaN()
    expect(maxAbsoluteError([1], [1, 2])).toBe(Number.POSITIVE_INFINITY)
    expect(maxAbsoluteError([1, 4], [1.5, 4])).toBe(0.5)
  })
})
