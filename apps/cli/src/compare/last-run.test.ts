import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPreset } from '@dc/pipelines'
import { afterAll, expect, it } from 'vitest'
import { configOf } from '../config/run-config'
import { RunFolder } from '../run/folder'
import { differencesOf, lastRun } from './last-run'

const home = mkdtempSync(join(tmpdir(), 'dc-last-'))
afterAll(() => rmSync(home, { recursive: true }))
const config = { ...configOf(findPreset('kmeans')), k: 7 }

async function finish(name: string, data: string, day: number, k: number): Promise<string> {
  const folder = await RunFolder.create(join(home, name), { ...config, k })
  await folder.writeJson('metrics.json', { corrects: { data }, finishedAt: at(day) })
  await folder.close()
  return folder.path
}
const at = (day: number) => `2026-01-${day}T00:00:00.000Z`

it('is the one on the same rows that was finished last before', async () => {
  await finish('a', 'same', 10, 3)
  const b = await finish('b', 'same', 12, 4)
  await finish('c', 'other', 13, 5)
  await finish('later', 'same', 20, 6)
  const own = await finish('own', 'same', 15, 7)
  const run = { corrects: { data: 'same' }, finishedAt: at(15), config }
  expect(await lastRun(own, run)).toEqual({
    name: 'b',
    finishedAt: at(12),
    differences: [{ path: 'k', before: 4, value: 7 }],
  })
  // One that cannot be read is passed over.
  writeFileSync(join(b, 'metrics.json'), '{')
  expect((await lastRun(own, run))?.name).toBe('a')
  expect(await lastRun(own, { ...run, finishedAt: at(10) })).toBeUndefined()
  expect(await lastRun(own, { finishedAt: at(15), config })).toBeUndefined()
})

it('differs by its settings, and not by where its rows lay', () => {
  const before = {
    ...config,
    data: { name: 'csv', options: { path: '/elsewhere.csv' } },
    seeds: [0, 1],
    options: { starts: 3 },
  }
  expect(differencesOf(before, config).map(({ path }) => path)).not.toContain('data.options.path')
  expect(differencesOf(before, config)).toContainEqual({ path: 'seeds', before: [0, 1], value: config.seeds })
  expect(differencesOf(config, config)).toEqual([])
})
