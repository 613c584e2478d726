// Features of pictures by an ONNX model, as files that are read again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { loadNpy, loadParquet, readCsvCells } from '@dc/data'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeChain } from '../../packages/backbones/src/testing/small-models'
import { dclust, temporaryFolder } from './dclust'

const sharp = createRequire(new URL('../../apps/cli/package.json', import.meta.url))('sharp')
const folder = temporaryFolder()
const [photos, model] = [folder.file('photos'), folder.file('flat.onnx')]
const names = ['cats/=a.png', 'cats/b, c.png', 'dogs/d.png', 'dogs/e.png']
afterAll(() => {
  vi.unstubAllEnvs()
  folder.remove()
})
beforeAll(async () => {
  vi.stubEnv('XDG_CACHE_HOME', folder.file('cache'))
  for (const name of ['cats', 'dogs']) mkdirSync(`${photos}/${name}`, { recursive: true })
  for (const [at, name] of names.entries())
    await sharp({ create: { width: 6, height: 6, channels: 3, background: { r: 51 * at, g: 0, b: 255 } } })
      .png()
      .toFile(`${photos}/${name}`)
  writeFileSync(`${photos}/dogs/broken.jpg`, 'no picture')
  const input = { shape: ['n', 3, 2, 2] }
  writeChain(model, { input, steps: [{ op: 'Flatten' }] })
})

const extract = (...args: string[]) => dclust(['extract', photos, '--encoder', model, ...args])
/** A picture's features: red, green and blue of four pixels. */
const expected = (at: number) => [...Array(4).fill(at / 5), ...Array(4).fill(0), ...Array(4).fill(1)]

describe('dclust extract', () => {
  it('writes an array and the names of its rows, and goes on past pictures that cannot be decoded', async () => {
    const out = folder.file('a.npy')
    const { code, stdout, stderr } = await extract('--out', out, '--json')
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      out: [out, folder.file('a.rows.csv')],
      rows: 4,
      width: 12,
      leftOut: [{ path: `${photos}/dogs/broken.jpg`, reason: expect.stringContaining('cannot be decoded') }],
    })
    expect(stderr).toMatch(/^left out 1 of 5 pictures:\n {2}.*broken\.jpg/m)
    expect(stderr).toMatch(/^encoding: 4 of 4$/m)
    const { values, size } = await loadNpy(out)
    expect(size).toBe(4)
    for (const row of [0, 1, 2, 3])
      for (const [at, value] of expected(row).entries()) expect(values[12 * row + at]).toBeCloseTo(value, 6)
    expect(readFileSync(out).length % 64).toBe((4 * 12 * 4) % 64)
    const { records } = await readCsvCells(folder.file('a.rows.csv'))
    expect(records).toEqual([
      ['row', 'name', 'class'],
      ...names.map((name, row) => [String(row), name, name.split('/')[0]]),
    ])
  })

  it('writes Parquet, whose rows keep their names', async () => {
    const out = folder.file('a.parquet')
    const { code, stdout, stderr } = await extract('--out', out)
    expect(code, stderr).toBe(0)
    expect(stdout).toBe(`4 rows of 12 features: ${out}\n`)
    const dataset = await loadParquet(out, { label: 'class' })
    expect(dataset.rowNames).toEqual(names)
    expect(dataset.classNames).toEqual(['cats', 'dogs'])
    for (const [at, value] of expected(3).entries()) expect(dataset.values[36 + at]).toBeCloseTo(value, 6)
  })

  it('sees what it is told: mean, deviation, size, other data sets', async () => {
    const out = folder.file('b.npy')
    expect((await extract('--out', out, '--mean', '0,0,0.5', '--std', '1,1,0.25')).code).toBe(0)
    expect((await loadNpy(out)).values[8]).toBeCloseTo(2, 6)
    const wide = writeChain(folder.file('wide.onnx'), { input: { shape: ['n', 3, 2, 4] }, steps: [{ op: 'Flatten' }] })
    const oblong = await dclust(['extract', photos, '--encoder', wide, '--out', folder.file('wide.npy'), '--json'])
    expect(JSON.parse(oblong.stdout)).toMatchObject({ rows: 4, width: 24 })
    const digits = writeChain(folder.file('any.onnx'), { input: { shape: ['n', 1, 8, 8] }, steps: [{ op: 'Flatten' }] })
    const run = await dclust([
      'extract',
      'optdigits',
      '--encoder',
      digits,
      '--out',
      folder.file('digits.npy'),
      '--json',
    ])
    expect(run.code, run.stderr).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({ rows: 1797, width: 64, leftOut: [] })
  })

  it('takes an encoder by its name, which knows the rest', async () => {
    const out = folder.file('named.npy')
    const named = ['extract', photos, '--encoder', 'efficientnet-lite0', '--out', out]
    const { code, stdout, stderr } = await dclust([...named, '--json'])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ rows: 4, width: 1280, leftOut: [{ path: `${photos}/dogs/broken.jpg` }] })
    expect(stderr).toMatch(/^encoding: 4 of 4$/m)
    const refused = await dclust([...named.slice(0, 4), '--out', folder.file('d.npy'), '--imagenet'])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('knows it itself')])
  })

  it('refuses before it decodes', async () => {
    const refused = async (args: readonly string[], code = 1) => {
      const result = await dclust(['extract', ...args])
      expect([result.code, result.stdout]).toEqual([code, ''])
      expect(result.stderr).not.toMatch(/unexpected error|decoding/)
      return result.stderr
    }
    const encoder = ['--encoder', model]
    const existing = folder.file('a.npy')
    expect(await refused([photos, ...encoder, '--out', existing])).toContain('this one exists and is not overwritten')
    expect(await refused([photos, ...encoder, '--out', 'x.csv'])).toContain(
      'allowed: a file ending in .npy or .parquet',
    )
    expect(await refused([photos, ...encoder, '--out', folder.file('no/x.npy')])).toContain('cannot write into')
    const out = ['--out', folder.file('c.npy')]
    expect(await refused([photos, '--encoder', 'none.onnx', ...out])).toContain(
      "the model 'none.onnx': it does not exist",
    )
    writeFileSync(folder.file('bad.onnx'), 'no model')
    expect(await refused([photos, '--encoder', folder.file('bad.onnx'), ...out])).toContain('cannot be loaded')
    expect(await refused([photos, ...encoder, ...out, '--imagenet', '--mean', '1,1,1'])).toContain('leave out --mean')
    expect(await refused([photos, ...encoder, ...out, '--mean', '1,x'], 2)).toContain('numbers joined by commas')
    expect(await refused([photos, ...out], 2)).toContain("required option '--encoder <name>'")
    expect(await refused([folder.file('a.parquet'), ...encoder, ...out])).toContain('a folder of images, or a data set')
    expect(existsSync(folder.file('c.npy'))).toBe(false)
  })
})
