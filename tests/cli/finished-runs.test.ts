// What comes after training never ends a run: here every part of it fails.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const { failing } = vi.hoisted(() => ({ failing: new Set<string>() }))
const { fails } = vi.hoisted(() => ({
  fails: <F extends (...given: never[]) => unknown>(name: string, real: F) =>
    ((...given) => {
      if (failing.has(name)) throw new RangeError(`${name}: \u001b[31mMaximum call stack size exceeded`)
      return real(...given)
    }) as F,
}))
vi.mock('../../apps/cli/src/report/map2d', async (original) => {
  const real = await original<typeof import('../../apps/cli/src/report/map2d')>()
  return { ...real, layOut: fails('map', real.layOut) }
})
vi.mock('../../apps/cli/src/report/page', async (original) => {
  const real = await original<typeof import('../../apps/cli/src/report/page')>()
  return { ...real, renderReport: fails('report', real.renderReport) }
})
vi.mock('../../apps/cli/src/report/contact-sheet', async (original) => {
  const real = await original<typeof import('../../apps/cli/src/report/contact-sheet')>()
  return { ...real, contactSheet: fails('contact sheet', real.contactSheet) }
})
vi.mock('../../apps/cli/src/run/pseudo-labels', async (original) => {
  const real = await original<typeof import('../../apps/cli/src/run/pseudo-labels')>()
  return { ...real, pseudoLabelScores: fails('pseudo-labels', real.pseudoLabelScores) }
})
vi.mock('@dc/metrics', async (original) => {
  const real = await original<typeof import('@dc/metrics')>()
  return { ...real, accuracy: fails('acc', real.accuracy), silhouette: fails('silhouette', real.silhouette) }
})

const folder = temporaryFolder()
afterAll(() => folder.remove())
writeFileSync(folder.file('blobs.csv'), blobsCsv(60, true))
const run = (out: string, ...more: string[]) =>
  dclust([
    'run',
    'bootsc',
    '--data',
    `csv:${folder.file('blobs.csv')}`,
    '--labels',
    '-1',
    ...tiny,
    ...more,
    '--out',
    folder.file(out),
  ])
const json = (name: string) => JSON.parse(readFileSync(folder.file(name), 'utf8'))
const labels = (out: string) => readFileSync(folder.file(`${out}/labels.csv`), 'utf8')

describe('a finished training', () => {
  it('keeps labels and scores when the map, the contact sheet and the report fail', async () => {
    expect((await run('whole')).code).toBe(0)
    expect(json('whole/metrics.json').failures).toEqual({})
    for (const part of ['map', 'report', 'contact sheet', 'pseudo-labels']) failing.add(part)
    const { code, stderr, stdout } = await run('bare')
    failing.clear()
    expect(code, stderr).toBe(0)
    for (const part of ['the map', 'the report', 'the contact sheet', 'the scores of the pseudo-labels'])
      expect(stderr.split(`${part} could not be made, and the run goes on: RangeError: `)).toHaveLength(2)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the error's own must not come through.
    expect(stderr + stdout).not.toMatch(/\u001b/)
    expect(stdout).toMatch(/^missing +the map: RangeError/m)
    const { failures, final } = json('bare/metrics.json')
    expect(Object.keys(failures).sort()).toEqual([
      'the contact sheet',
      'the map',
      'the report',
      'the scores of the pseudo-labels',
    ])
    expect(final).toEqual(json('whole/metrics.json').final)
    const plain = (text: string) => text.split('\n').map((line) => line.split(',').slice(0, 6).join())
    expect(plain(labels('bare'))).toEqual(plain(labels('whole')))
    expect(existsSync(folder.file('bare/report.html'))).toBe(false)

    // The report alone is drawn later, of what there is.
    const drawn = await dclust(['report', folder.file('bare')])
    expect(drawn.code, drawn.stderr).toBe(0)
    const page = readFileSync(folder.file('bare/report.html'), 'utf8')
    expect(page).toMatch(/<h1>60 rows in [23] clusters/)
    expect(page).toContain('The map could not be made')
  })

  it('has null and a reason for a score that throws', async () => {
    failing.add('acc').add('silhouette')
    const { code, stderr, stdout } = await run('unscored')
    failing.clear()
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/^seed 0: ACC –, NMI \d\.\d{3}, /m)
    expect(stdout).toMatch(/^bootsc +– +\d\.\d{3}/m)
    expect(stdout).toMatch(/^no score +acc of bootsc: RangeError: acc/m)
    const { seeds, final, baselines } = json('unscored/metrics.json')
    for (const scores of [seeds[0], baselines.kmeans]) {
      expect(scores).toMatchObject({ acc: null, silhouette: null, nmi: expect.any(Number) })
      expect(Object.keys(scores.undefinedScores)).toEqual(['acc', 'silhouette'])
    }
    expect(final).not.toHaveProperty('acc')
    expect(readFileSync(folder.file('unscored/report.html'), 'utf8')).toMatch(/<h1>60 rows in [23] clusters[^%]*<.h1>/)
  })
})
