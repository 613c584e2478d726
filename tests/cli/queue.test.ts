// Runs by workers of a queue, on a real Redis server that wants a password.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { redisQueue } from '@dc/distributed'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runRequest } from '../../apps/cli/src/queue/run-request'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'
import { password, queueOnRedis } from './queue-on-redis'

const folder = temporaryFolder()
afterAll(folder.remove)
const redis = queueOnRedis()
const out = (name: string) => folder.file(name)

beforeAll(() => writeFileSync(out('blobs.csv'), blobsCsv(60, true)))

const method = ['bootsc', '--data', `csv:${folder.file('blobs.csv')}`, '--labels', '-1', ...tiny]
const read = (...path: string[]) => readFileSync(join(folder.path, ...path), 'utf8')

/** The only folder of a point in a sweep's. */
const point = (name: string) =>
  readdirSync(out(name), { withFileTypes: true }).filter((entry) => entry.isDirectory())[0].name
const told = (text: string) => expect(text).not.toContain(password)

describe.skipIf(redis.missing)('with --queue', () => {
  it("a killed worker's run is gone on with by another, to the same labels; what is done is not done again", async () => {
    const long = ['--epochs', '120', '--grid', 'lr=0.02', '--out', out('sweep')]
    const first = redis.worker()
    const sweeping = dclust(['sweep', ...method, ...long, '--queue', redis.address, '--json'])
    const log = () => join(out('sweep'), point('sweep'), 'seed-0.log')
    const seen = { timeout: 120_000, interval: 20 }
    await expect
      .poll(() => existsSync(out('sweep')) && existsSync(log()) && readFileSync(log(), 'utf8'), seen)
      .toContain('epoch 24/')
    first.child.kill('SIGKILL')
    const second = redis.worker()
    const swept = await sweeping
    expect(swept.code, swept.stderr).toBe(0)
    expect(JSON.parse(swept.stdout).runs).toMatchObject([{ seed: 0, exitCode: 0 }])
    expect(readFileSync(log(), 'utf8')).toMatch(/going on from epoch [1-9]/)
    const alone = await dclust(['run', ...method, '--epochs', '120', '--lr', '0.02', '--out', out('alone')])
    expect(alone.code, alone.stderr).toBe(0)
    expect(read('sweep', point('sweep'), 'seed-0/labels.csv')).toBe(read('alone', 'labels.csv'))

    // Enlarged by a seed.
    const before = read('sweep', point('sweep'), 'seed-0/metrics.json')
    const more = await dclust([
      'sweep',
      ...method,
      ...long,
      '--seeds',
      '2',
      '--epochs',
      '120',
      '--queue',
      redis.address,
    ])
    expect(more.code, more.stderr).toBe(0)
    expect(more.stderr).toContain('2 runs, of which 1 are done and 0 are gone on with')
    expect(read('sweep', point('sweep'), 'seed-0/metrics.json')).toBe(before)
    expect(JSON.parse(read('sweep', point('sweep'), 'seed-1/metrics.json')).seeds[0].seed).toBe(1)
    told(read('sweep/sweep.json'))
    told(read('sweep', point('sweep'), 'seed-1/env.json'))
    told(swept.stderr + more.stderr + first.told() + second.told())
    // Other data are another run.
    writeFileSync(out('blobs.csv'), blobsCsv(61, true))
    const other = await dclust(['sweep', ...method, ...long, '--queue', redis.address, '--dry-run'])
    expect(other.stderr).toContain('1 runs, of which 0 are done and 0 are gone on with')
    writeFileSync(out('blobs.csv'), blobsCsv(60, true))
  }, 300_000)

  it('run --seeds has a seed trained by each, and ends as one process would', async () => {
    const seeds = ['--seeds', '2', '--json']
    vi.stubEnv('DCLUST_QUEUE', redis.address)
    const queued = await dclust(['run', ...method, ...seeds, '--out', out('queued')])
    vi.unstubAllEnvs()
    expect(queued.code, queued.stderr).toBe(0)
    told(queued.stderr + read('queued', 'env.json'))
    expect(queued.stderr).toContain('2 seeds are trained by workers')
    const plain = await dclust(['run', ...method, ...seeds, '--out', out('plain')])
    expect(read('queued', 'labels.csv')).toBe(read('plain', 'labels.csv'))
    const scores = (text: string) => JSON.parse(text).seeds.map(({ seconds: _, ...seed }: { seconds: number }) => seed)
    expect(scores(queued.stdout)).toEqual(scores(plain.stdout))
    expect(existsSync(out('queued/seeds'))).toBe(false)
    const epochs = (name: string) =>
      read(name, 'metrics.jsonl')
        .trim()
        .split('\n')
        .map((line) => ({ ...JSON.parse(line), seconds: 0 }))
    expect(epochs('queued')).toEqual(epochs('plain'))
  }, 120_000)

  it('tells why a run failed, and what the queue holds', async () => {
    mkdirSync(out('broken'), { recursive: true })
    writeFileSync(join(out('broken'), 'sweep.json'), '{}')
    const args = ['sweep', ...method, '--queue', redis.address, '--out', out('broken'), '--json']
    const dry = JSON.parse((await dclust([...args, '--dry-run'])).stdout)
    mkdirSync(join(dry.runs[0].path, '..'), { recursive: true })
    writeFileSync(dry.runs[0].path, 'in the way')
    const failed = await dclust(args)
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/as given, seed 0: failed with exit code 1: .*a file of this name exists/)
    const shown = await dclust(['queue', '--queue', redis.address])
    expect(shown.stdout).toMatch(/^0 waiting, 0 running, \d+ done, 1 failed, 0 cancelled\n/)
    expect(shown.stdout).toMatch(/host +process +at a time +jobs\n/)
    expect(shown.stdout).toMatch(/failed: run-[0-9a-f]{32}: .*a file of this name exists/)
    const facts = JSON.parse((await dclust(['queue', '--queue', redis.address, '--json'])).stdout)
    expect(facts).toMatchObject({ counts: { failed: 1 }, workers: [{ concurrency: 1 }], secondsLeft: 0 })
  }, 60_000)

  it('shows jobs of another version, and ends them where that is asked for', async () => {
    const other = await redisQueue(redis.address, { code: 'other' })
    const payload = { cwd: folder.path, path: out('other'), config: {}, data: '' }
    await other.add(runRequest, [{ id: 'other', payload }])
    const queue = ['queue', '--queue', redis.address]
    const waiting = '1 of another version of the code wait or run; --cancel --every-version ends them'
    expect((await dclust(queue)).stdout).toContain(waiting)
    expect((await dclust([...queue, '--cancel'])).stdout).toContain(waiting)
    expect((await dclust([...queue, '--every-version'])).stderr).toMatch(/--every-version: .* together with --cancel/)
    expect((await dclust([...queue, '--cancel', '--every-version'])).stdout).not.toContain('another version')
    expect((await other.status('other'))?.state).toBe('cancelled')
    await other.close()
  }, 60_000)

  it('a worker stops when asked; addresses are told without their passwords', async () => {
    const stopping = redis.worker()
    await expect.poll(stopping.told, { timeout: 30_000 }).toContain('working for redis://***@127.0.0.1')
    stopping.child.kill('SIGTERM')
    expect((await stopping.end).code).toBe(143)
    told(stopping.told())
    const wrong = ['redis://:s3cret@127.0.0.1:1', 'http://ann:s3cret@host', 'redis://ann:s3cret@host/x']
    for (const queue of wrong)
      for (const args of [
        ['queue', '--queue', queue],
        ['queue', `--quue=${queue}`],
        ['worker', '--queue', queue],
      ]) {
        const { code, stdout, stderr } = await dclust(args)
        expect(code).toBeGreaterThan(0)
        expect(stdout + stderr).not.toContain('s3cret')
        expect(stderr).not.toContain('unexpected')
      }
  }, 60_000)
})
