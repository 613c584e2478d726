// Scores and callbacks that a user's own plugins bring, asked for by the configuration.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { normalizedMutualInformation } from '@dc/metrics'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const core = createRequire(new URL('../../packages/core/package.json', import.meta.url))
const own = `
import { z } from '${pathToFileURL(core.resolve('zod')).href}'
const plugin = { apiVersion: 1, options: z.strictObject({}) }
export const plugins = [
  { ...plugin, kind: 'metric', name: 'known-share', create: () => ({
    higherIsBetter: true, needs: 'truth',
    compute: ({ labels, truth }) => truth.filter((label) => label >= 0).length / labels.length }) },
  { ...plugin, kind: 'metric', name: 'least', options: z.strictObject({ column: z.int().default(0) }),
    create: ({ column }) => ({
      higherIsBetter: true, needs: 'features',
      compute: ({ features, n, d }) => Math.min(...Array.from({ length: n }, (_, row) => features[row * d + column])) }) },
  { ...plugin, kind: 'metric', name: 'never', create: () => ({ higherIsBetter: true, needs: 'truth', compute() { throw new Error('no such luck') } }) },
  { ...plugin, kind: 'callback', name: 'halt', options: z.strictObject({ after: z.int().positive() }),
    create: ({ after }) => ({ onEpochEnd: ({ progress }) => (progress.epoch + 1 >= after ? 'stop' : undefined) }) },
]`
const misspelt = own.replace("name: 'never'", "name: 'never', traits: { supervized: true }")
beforeAll(() => {
  writeFileSync(folder.file('labelled.csv'), blobsCsv(90, true))
  writeFileSync(folder.file('plain.csv'), blobsCsv(90, false))
  writeFileSync(folder.file('own.mjs'), own)
  writeFileSync(folder.file('misspelt.mjs'), misspelt)
})

const run = (...args: string[]) => dclust(['run', 'bootsc', ...tiny, '--plugin', folder.file('own.mjs'), ...args])
const labelled = ['--data', `csv:${folder.file('labelled.csv')}`, '--labels', '-1']
const read = (path: string) => readFileSync(folder.file(path), 'utf8')

describe('scores', () => {
  it('stand in metrics.json, in the table and in the report', async () => {
    const scores =
      '["known-share", {"name":"least","options":{"column":2}}, {"name":"nmi","options":{"average":"max"}}]'
    const { code, stdout, stderr } = await run(
      ...labelled,
      '--seeds',
      '2',
      '--set',
      `scores=${scores}`,
      '--out',
      folder.file('scored'),
    )
    expect(code, stderr).toBe(0)
    const metrics = JSON.parse(read('scored/metrics.json'))
    const names = ['known-share', 'least column=2', 'nmi average=max']
    for (const scored of [...metrics.seeds, metrics.baselines.kmeans, metrics.final, metrics.final.sd])
      expect(Object.keys(scored.scores)).toEqual(names)
    expect(metrics.final.scores['known-share']).toBe(1)
    const rows = read('scored/labels.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number))
    const [found, truth] = [rows.map(([, , label]) => label), rows.map(([, , , label]) => label)]
    const [{ scores: first }, { scores: second }] = metrics.seeds
    expect(first['nmi average=max']).toBe(normalizedMutualInformation(truth, found, { average: 'max' }))
    expect(metrics.final.scores['least column=2']).toBeCloseTo(
      (first['least column=2'] + second['least column=2']) / 2,
      12,
    )
    // In the space where the labels were made: of k-means, the input.
    const third = read('labelled.csv')
      .split('\n')
      .map((line) => Number(line.split(',')[2]))
    expect(metrics.baselines.kmeans.scores['least column=2']).toBeCloseTo(Math.min(...third), 5)
    expect(stdout).toMatch(/ARI +known-share +least column=2 +nmi average=max +seconds/)
    for (const name of names) expect(read('scored/report.html')).toContain(`<th>${name}</th>`)
  })

  it('that cannot be made are null and end nothing', async () => {
    const data = ['--data', `csv:${folder.file('plain.csv')}`, '--k', '3']
    const { code, stdout, stderr } = await run(
      ...data,
      '--set',
      'scores=["never", "davies-bouldin"]',
      '--out',
      folder.file('plain'),
    )
    expect(code, stderr).toBe(0)
    const { seeds } = JSON.parse(read('plain/metrics.json'))
    expect(seeds[0].scores).toEqual({ never: null, 'davies-bouldin': expect.any(Number) })
    expect(seeds[0].undefinedScores).toEqual({ 'scores.never': 'no class is known' })
    expect(stdout).toContain('scores.never of bootsc: no class is known')
    const known = await run(...labelled, '--set', 'scores.0=never', '--out', folder.file('known'))
    expect(known.code, known.stderr).toBe(0)
    expect(JSON.parse(read('known/metrics.json')).seeds[0].undefinedScores).toEqual({
      'scores.never': expect.stringMatching(/^plugin 'never' \(.*own\.mjs\): Error: no such luck, at own\.mjs:/),
    })
  })

  it('are refused before any work if there are none of that name, or twice', async () => {
    const refused = async (...settings: string[]) => {
      const { code, stderr } = await run(...labelled, ...settings.flatMap((setting) => ['--set', setting]))
      expect(code).toBe(1)
      return stderr
    }
    expect(await refused('scores=["nim"]')).toContain("No metric named 'nim' is registered. Registered: acc,")
    expect(await refused('scores.0={"name":"nmi","options":{"average":"mean"}}')).toContain('metric.nmi.average')
    expect(await refused('scores=["nmi","nmi"]')).toContain('each score once')
    expect(await refused('training.callbacks=["halt"]')).toContain('callback.halt.after')
    expect(await refused('training.callbacks=["stop"]')).toContain("No callback named 'stop' is registered")
  })
})

describe('training.callbacks', () => {
  it('watch a training, and may end it', async () => {
    const halt = '{"name":"halt","options":{"after":2}}'
    const { code, stderr } = await run(
      ...labelled,
      '--set',
      `training.callbacks.0=${halt}`,
      '--out',
      folder.file('halted'),
    )
    expect(code, stderr).toBe(0)
    expect(read('halted/metrics.jsonl').trim().split('\n')).toHaveLength(2)
    expect(JSON.parse(read('halted/metrics.json')).seeds[0].epochs).toBe(2)
  })
})

describe('--plugin', () => {
  it('refuses what definePlugin would', async () => {
    const { code, stderr } = await dclust(['list', 'metric', '--plugin', folder.file('misspelt.mjs')])
    expect(code).toBe(1)
    expect(stderr).toContain("misspelt.mjs: plugins[2]: plugin 'never', traits.supervized: got true")
  })
})
