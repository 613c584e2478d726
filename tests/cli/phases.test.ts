// A run may be interrupted anywhere: before the first step, in a training that it starts from, in one beside it. Whenever rows
// are read a sitting can end; however many sittings there are, the result is that of one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRandom, type Dataset } from '@dc/core'
import { loadCheckpoint } from '@dc/trainer'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { dclust, temporaryFolder, tiny } from './dclust'

/** Counts how often rows are read in a sitting, and ends it at one of these reads. */
const reads = vi.hoisted(() => ({ count: 0, last: Number.POSITIVE_INFINITY, stop: () => {} }))
vi.mock('../../apps/cli/src/run/settle-rows', async (original) => {
  const real = await original<typeof import('../../apps/cli/src/run/settle-rows')>()
  const readData: typeof real.readData = async (...given) => {
    const dataset = await real.readData(...given)
    const read: Dataset['read'] = (rows) => {
      if (++reads.count === reads.last) reads.stop()
      return dataset.read(rows)
    }
    return { ...dataset, read }
  }
  return { ...real, readData }
})

const folder = temporaryFolder()
const data = folder.file('groups.csv')
afterAll(() => folder.remove())
beforeAll(() => {
  const random = createRandom(1)
  const centres = Array.from({ length: 6 }, () => random.normals(6, 0, 3))
  const line = (row: number) => [...centres[row % 6].map((c) => c + 0.8 * random.normal()), row % 6].join(',')
  writeFileSync(data, Array.from({ length: 72 }, (_, row) => line(row)).join('\n'))
})

const set = (path: string, value: unknown) => ['--set', `${path}=${JSON.stringify(value)}`]
const mlp = set('options.backbone', { name: 'mlp', options: { widths: [8] } })
const training = ['--epochs', '5', '--batch-size', '24', '--backend', 'cpu']
const start = set('start', { pipeline: 'otdc', preset: 'otdc', steps: 12 })
const neighbours = [
  ...set('options.neighboursIn', 'backbone'),
  ...set('options.neighbours', { name: 'gaussian', options: { neighbours: 5 } }),
  ...set('options.assign', { name: 'sp2ot', options: { batches: 2, weight: 10 } }),
]
const autoencoder = { name: 'autoencoder', options: { widths: [8], code: 3 } }

/** Name of a run, what it is, and the checkpoints that it leaves. */
const runs: [string, readonly string[], readonly string[]][] = [
  ['bootsc', ['bootsc', ...tiny.slice(0, 4)], ['seed-0']],
  ['otdc', ['otdc', ...set('options.backbone', autoencoder), ...set('options.pretrain', 12)], ['seed-0']],
  ['otdc of given sizes', ['otdc', ...mlp, ...set('options.sizes', [3, 1, 1, 1, 1, 1])], ['seed-0']],
  [
    'sp2ot after a start, with neighbours in its backbone',
    ['sp2ot', ...mlp, ...neighbours, ...set('options.initial', 'kmeans'), ...start],
    ['seed-0-start-by-otdc', 'seed-0'],
  ],
  ['p2ot of two heads', ['p2ot', ...mlp, ...set('options.heads', 2), ...set('start', null)], ['seed-0']],
  [
    'dscl with a training beside it',
    ['dscl', ...mlp, ...set('beside', { other: { loss: 'softmax-regression' } }), ...set('training.patience', 3)],
    ['seed-0', 'seed-0-other'],
  ],
]

async function sitting(args: readonly string[], last = Number.POSITIVE_INFINITY) {
  const interruption = new AbortController()
  Object.assign(reads, { count: 0, last, stop: () => interruption.abort() })
  return dclust(args, undefined, interruption)
}

/** What a run has found: labels, weights, epochs. */
async function found(out: string, checkpoints: readonly string[]) {
  const file = (name: string) => `${out}/${name}`
  const weights = checkpoints.map((name) => loadCheckpoint(file(`checkpoints/${name}.safetensors`)))
  const epochs = readFileSync(file('metrics.jsonl'), 'utf8').trim().split('\n')
  return {
    labels: readFileSync(file('labels.csv'), 'utf8'),
    weights: (await Promise.all(weights)).map(({ variables }) => variables),
    epochs: epochs.map((line) => ({ ...JSON.parse(line), seconds: 0 })),
  }
}

describe.each(runs)('%s', (name, pipeline, checkpoints) => {
  const args = ['run', ...pipeline, '--data', `csv:${data}`, '--labels', '-1', ...training]
  it('is the same in many sittings', { timeout: 240_000 }, async () => {
    const out = folder.file(`${name}, whole`)
    const whole = await sitting([...args, '--out', out])
    expect(whole.code, whole.stderr).toBe(0)
    const all = reads.count

    const broken = folder.file(`${name}, broken`)
    const has = (checkpoint: string) => existsSync(`${broken}/checkpoints/${checkpoint}.safetensors`)
    const interrupted: string[] = []
    for (const share of [0, 0.06, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, Number.POSITIVE_INFINITY]) {
      const again = interrupted.length > 0 ? ['run', '--backend', 'cpu', '--out', broken, '--resume'] : null
      const { code, stderr } = await sitting(again ?? [...args, '--out', broken], 1 + Math.round(share * all))
      expect([0, 130], stderr).toContain(code)
      if (code === 0) break
      expect(existsSync(`${broken}/metrics.json`)).toBe(false)
      interrupted.push(checkpoints.filter(has).join())
    }
    // Before each training had taken a step, and after.
    expect(interrupted).toEqual(expect.arrayContaining(checkpoints.map((_, at) => checkpoints.slice(0, at).join())))
    expect(interrupted).toContain(checkpoints.join())
    expect(await found(broken, checkpoints)).toEqual(await found(out, checkpoints))
  })
})
