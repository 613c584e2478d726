// A run on features that a model computes first: it may be killed while these are computed, before it has a folder and after.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeChain } from '../../packages/backbones/src/testing/small-models'
import { dclust, temporaryFolder, tiny } from './dclust'
import { ended, start } from './dclust-process'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const trap = folder.file('trap')
const zod = createRequire(new URL('../../packages/core/package.json', import.meta.url)).resolve('zod')

beforeAll(() => {
  // 60 images of three kinds; while there is a trap, the process dies at the 16th.
  writeFileSync(
    folder.file('pictures.mjs'),
    `import { existsSync } from 'node:fs'
import { z } from '${pathToFileURL(zod).href}'
const value = (row, at) => (row % 3) + Math.sin(7 * row + 13 * at)
const read = async (rows) => {
  if (rows[0] >= 16 && existsSync(${JSON.stringify(trap)})) process.kill(process.pid, 'SIGKILL')
  return Float32Array.from({ length: rows.length * 18 }, (_, i) => value(rows[Math.floor(i / 18)], i % 18))
}
export const plugins = [{ apiVersion: 1, kind: 'dataset', name: 'pictures', options: z.strictObject({}),
  create: () => ({ name: 'pictures', size: 60, sampleShape: [2, 3, 3], read }) }]`,
  )
  writeChain(folder.file('model.onnx'), { steps: [{ op: 'Flatten' }] })
})

const plugin = ['--plugin', folder.file('pictures.mjs')]
const set = (path: string, value: unknown) => ['--set', `${path}=${JSON.stringify(value)}`]
const args = (out: string, cache: string) => [
  ...['run', 'bootsc', '--preset', 'bootsc', ...tiny, '--k', '3', '--data', 'onnx-features', ...plugin],
  ...set('data.options.dataset', 'pictures'),
  ...set('data.options.model', folder.file('model.onnx')),
  ...set('data.options.batchSize', 8),
  ...set('data.options.cache', folder.file(cache)),
  ...['--out', folder.file(out)],
]
const resume = (out: string) => ['run', '--backend', 'cpu', '--out', folder.file(out), '--resume', ...plugin]
const labels = (out: string) => readFileSync(folder.file(`${out}/labels.csv`), 'utf8')
const kept = (cache: string) => (existsSync(folder.file(cache)) ? readdirSync(folder.file(cache)) : [])

/** Runs the command in a process that dies among the images. */
async function killed(command: readonly string[]): Promise<void> {
  writeFileSync(trap, '')
  const { signal, stderr } = await ended(start(command))
  rmSync(trap)
  expect(signal, stderr).toBe('SIGKILL')
}

describe('features that are computed first', () => {
  beforeAll(async () => {
    const { code, stderr } = await dclust(args('whole', 'cache'))
    expect(code, stderr).toBe(0)
    expect(kept('cache')).toHaveLength(1)
  })

  it('are computed again after a kill before there is a folder', { timeout: 60_000 }, async () => {
    await killed(args('first', 'cache of the first'))
    expect(existsSync(folder.file('first'))).toBe(false)
    expect(kept('cache of the first')).toEqual([])
    const { code, stderr } = await dclust(args('first', 'cache of the first'))
    expect(code, stderr).toBe(0)
    expect(labels('first')).toBe(labels('whole'))
  })

  it('are computed again after a kill in a run that goes on', { timeout: 60_000 }, async () => {
    const inTraining = (text: string, stop: () => void) => text.includes('seed 0: epoch 2/4') && stop()
    const stopped = await dclust(args('second', 'cache of the second'), inTraining)
    expect(stopped.code, stopped.stderr).toBe(130)
    rmSync(folder.file('cache of the second'), { recursive: true })
    await killed(resume('second'))
    const { code, stderr } = await dclust(resume('second'))
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('going on from epoch')
    expect(labels('second')).toBe(labels('whole'))
  })
})
