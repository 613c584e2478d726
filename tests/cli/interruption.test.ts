// Real processes, really killed: what a run leaves behind must always be enough to go on.
import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '@dc/core/random'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { full } from '../full'
import { dclust, temporaryFolder, tiny } from './dclust'
import { ended, start } from './dclust-process'

const folder = temporaryFolder()
const data = folder.file('groups.csv')
const seconds = 1000

/** Six groups in eight dimensions, so that half of the classes can stay unseen. */
function sixGroups(rows: number): string {
  const random = createRandom(1)
  const centres = Array.from({ length: 6 }, () => random.normals(8, 0, 3))
  const line = (row: number) => [
    ...Array.from(centres[row % 6], (c) => (c + 0.4 * random.normal()).toFixed(4)),
    row % 6,
  ]
  return Array.from({ length: rows }, (_, row) => line(row).join(',')).join('\n')
}

beforeAll(() => writeFileSync(data, sixGroups(180)))
afterAll(() => folder.remove())

const mlp = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[16]}}']
const common = ['--data', `csv:${data}`, '--labels', '-1', '--backend', 'cpu', '--epochs', '30', '--batch-size', '30']
const autoencoder = '{"name":"autoencoder","options":{"widths":[12],"code":4}}'
const buffer = ['--set', 'options.assign={"name":"sp2ot","options":{"batches":2,"weight":10}}']
const settings: Record<string, readonly string[]> = {
  bootsc: tiny.slice(0, 4),
  otdc: ['--set', `options.backbone=${autoencoder}`, '--set', 'options.pretrain=10'],
  sp2ot: [...mlp, ...buffer],
  p2ot: mlp,
  dscl: mlp,
}
const pipelines = full ? Object.keys(settings) : ['bootsc', 'sp2ot']
const command = (pipeline: string, out: string) => ['run', pipeline, ...settings[pipeline], ...common, '--out', out]
const labels = (out: string) => readFileSync(join(out, 'labels.csv'), 'utf8')

/** Kills a run in the second writing of its checkpoint: when the new file begins to be beside the old one. */
async function killInCheckpoint(child: ChildProcess, out: string): Promise<string | null> {
  const checkpoints = join(out, 'checkpoints')
  const over = ended(child)
  while (!existsSync(join(checkpoints, 'seed-0.safetensors')) && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 5))
  const watcher = watch(checkpoints, (_, file) => {
    if (file?.endsWith('.part')) child.kill('SIGKILL')
  })
  const { signal } = await over
  watcher.close()
  return signal
}

describe.each(pipelines)('%s', (pipeline) => {
  const whole = folder.file(`${pipeline}-whole`)
  beforeAll(async () => {
    const { code, stderr } = await dclust(command(pipeline, whole))
    expect(code, stderr).toBe(0)
  }, 120 * seconds)

  it('killed while it writes a checkpoint, resumes to the same labels', { timeout: 120 * seconds }, async () => {
    const out = folder.file(`${pipeline}-killed`)
    expect(await killInCheckpoint(start(command(pipeline, out)), out)).toBe('SIGKILL')
    expect(existsSync(join(out, 'metrics.json'))).toBe(false)
    // Whatever the kill left of the new file, here at its worst: some bytes.
    writeFileSync(join(out, 'checkpoints/seed-0.safetensors.part'), 'torn')
    const { code, stderr } = await dclust(['run', pipeline, '--backend', 'cpu', '--out', out, '--resume'])
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/going on from epoch/)
    expect(labels(out)).toBe(labels(whole))
    expect(readdirSync(join(out, 'checkpoints')).filter((file) => file.endsWith('.part'))).toEqual([])
  })

  it('stops at Ctrl-C with a checkpoint and resumes to the same labels', { timeout: 120 * seconds }, async () => {
    const out = folder.file(`${pipeline}-stopped`)
    const child = start(command(pipeline, out))
    let asked = false
    child.stderr?.on('data', (text) => {
      if (asked || !/epoch \d+\/30/.test(String(text))) return
      asked = true
      child.kill('SIGINT')
    })
    const { code, stderr } = await ended(child)
    expect(code, stderr).toBe(130)
    expect(stderr).toContain(`dclust run --out ${out} --resume`)
    const resumed = await dclust(['run', '--backend', 'cpu', '--out', out, '--resume'])
    expect(resumed.code, resumed.stderr).toBe(0)
    expect(labels(out)).toBe(labels(whole))
  })
})

it('goes on with another backend, and says that labels may differ', { timeout: 120 * seconds }, async () => {
  const out = folder.file('elsewhere')
  const child = start(command('p2ot', out))
  let asked = false
  child.stderr?.on('data', (text) => {
    if (asked || !/epoch \d+\/30/.test(String(text))) return
    asked = true
    child.kill('SIGINT')
  })
  expect((await ended(child)).code).toBe(130)
  const resumed = await dclust(['run', '--backend', 'wasm', '--out', out, '--resume'])
  expect(resumed.code, resumed.stderr).toBe(0)
  expect(resumed.stderr).toContain("begun on backend 'cpu' and goes on with wasm: labels may differ")
})

describe('otdc before its first epoch', () => {
  // Some seconds of reconstruction.
  const args = (out: string) => [...command('otdc', out), '--set', 'options.pretrain=400', '--epochs', '3']
  const whole = folder.file('otdc-long-whole')
  beforeAll(async () => {
    const { code, stderr } = await dclust(args(whole))
    expect(code, stderr).toBe(0)
  }, 120 * seconds)

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'gets %s and resumes to the same labels',
    async (name) => {
      const out = folder.file(`otdc-long-${name}`)
      const child = start(args(out))
      let text = ''
      child.stderr?.on('data', (more) => {
        text += more
        // Once: a second signal would end it at once.
        if (!child.killed && /reconstruction: [1-9]\d*\//.test(text)) child.kill(name)
      })
      const { code, signal, stderr } = await ended(child)
      expect(name === 'SIGINT' ? code : signal, stderr).toBe(name === 'SIGINT' ? 130 : 'SIGKILL')
      expect(stderr).not.toMatch(/training for|epoch 1\//)
      expect(readdirSync(join(out, 'checkpoints'))).toEqual([])
      const resumed = await dclust(['run', '--backend', 'cpu', '--out', out, '--resume'])
      expect(resumed.code, resumed.stderr).toBe(0)
      expect(resumed.stderr).toMatch(/reconstruction: 400 epochs/)
      expect(labels(out)).toBe(labels(whole))
    },
    120 * seconds,
  )
})

describe('a disk that takes no more', () => {
  it('is an error that names the checkpoint, and the earlier one stays good', { timeout: 120 * seconds }, async () => {
    const wide = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[256]}}']
    const [whole, out] = [folder.file('disk-whole'), folder.file('disk')]
    const args = (path: string) => [...command('p2ot', path), ...wide]
    await dclust(args(whole))
    const stopped = await dclust(args(out), (text, stop) => /epoch \d+\/30/.test(text) && stop())
    expect(stopped.code, stopped.stderr).toBe(130)
    const checkpoint = join(out, 'checkpoints/seed-0.safetensors')
    const before = readFileSync(checkpoint)

    const { code, stderr } = await ended(start(['run', 'p2ot', '--backend', 'cpu', '--out', out, '--resume'], 20))
    expect(code, stderr).toBe(1)
    expect(stderr).toContain(`Cannot write checkpoint '${checkpoint}'`)
    expect(stderr).toContain('An earlier checkpoint there is untouched')
    expect(readFileSync(checkpoint).equals(before)).toBe(true)

    const resumed = await dclust(['run', 'p2ot', '--backend', 'cpu', '--out', out, '--resume'])
    expect(resumed.code, resumed.stderr).toBe(0)
    expect(labels(out)).toBe(labels(whole))
  })
})
