// What goes wrong on real machines, for each kind of job of the command line, on a real server: after it every result is there, once,
// and that of one process. `packages/distributed/src/faults.test.ts` does the same with small jobs; `DC_FULL=1` adds
// these, of which `queue.test.ts`, `extract-parts.test.ts` and `shards.test.ts` always have the killed worker.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createRandom } from '@dc/core/random'
import { redisQueue } from '@dc/distributed'
import { redisServer } from '@dc/distributed/testing/redis-server'
import { writeNpy } from '@dc/pipelines/sharded'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runRequest } from '../../apps/cli/src/queue/run-request'
import { writeChain } from '../../packages/backbones/src/testing/small-models'
import { full } from '../full'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'
import { start } from './dclust-process'
import { password, queueOnRedis, type Started } from './queue-on-redis'

const sharp = createRequire(new URL('../../apps/cli/package.json', import.meta.url))('sharp')
const folder = temporaryFolder()
afterAll(folder.remove)
const redis = queueOnRedis('--appendonly', 'yes', '--appendfsync', 'always')
const out = (name: string) => folder.file(name)
const [photos, model, shards, blobs] = [out('photos'), out('flat.onnx'), out('shards'), out('blobs.csv')]
const patience = { timeout: 120_000, interval: 20 }

beforeAll(async () => {
  if (!full) return
  writeFileSync(blobs, blobsCsv(60, true))
  mkdirSync(shards)
  const random = createRandom(3)
  for (let shard = 0; shard < 4; shard++)
    await writeNpy(
      join(shards, `part-${shard}.npy`),
      Float32Array.from({ length: 1500 * 8 }, () => random.normal()),
      [1500, 8],
    )
  mkdirSync(photos)
  writeChain(model, { input: { shape: ['n', 3, 16, 16] }, steps: [{ op: 'Flatten' }] })
  const noise = { type: 'gaussian', mean: 128, sigma: 60 }
  // Each of 1,500 × 1,500 takes its time.
  for (let at = 0; at < 12; at++)
    await sharp({ create: { width: 1500, height: 1500, channels: 3, background: '#000', noise } })
      .png({ compressionLevel: 1 })
      .toFile(join(photos, `${at}.png`))
})
afterEach(async () => {
  await redis.killAll()
  if (!redis.missing && full) expect((await dclust(['queue', '--queue', redis.address, '--cancel'])).code).toBe(0)
})

const method = ['bootsc', '--data', `csv:${blobs}`, '--labels', '-1', ...tiny, '--epochs', '60']
const logs = (name: string) =>
  !existsSync(out(name))
    ? []
    : readdirSync(out(name), { recursive: true, encoding: 'utf8' })
        .filter((file) => /seed-\d+\.log$/.test(file))
        .map((file) => readFileSync(out(join(name, file)), 'utf8'))
const trains = (name: string) => expect.poll(() => logs(name).join(''), patience).toMatch(/epoch 1\d\/60/)

/** A kind of job: who asks for it, when it is in the middle, and what is there afterwards. */
interface Kind {
  readonly args: (name: string) => string[]
  /** The same command again, where it is another one. */
  readonly again?: (name: string) => string[]
  readonly middle: (name: string, worker: Started, coordinator: () => string) => Promise<void>
  /** Endings of the names of the files that count. */
  readonly files: RegExp
  /** What tells that a second coordinator found what the first had. */
  readonly goesOn: RegExp
  /** Whether two may ask for the same at once; otherwise the second is refused. */
  readonly shared: boolean
}

const kinds: Readonly<Record<string, Kind>> = {
  run: {
    args: (name) => ['run', ...method, '--seeds', '2', '--out', out(name)],
    again: (name) => ['run', '--resume', '--out', out(name), '--backend', 'cpu'],
    middle: (name) => trains(join(name, 'seeds')),
    files: /^labels\.csv$/,
    goesOn: /2 seeds are trained by workers/,
    shared: false,
  },
  sweep: {
    args: (name) => ['sweep', ...method, '--grid', 'lr=0.01,0.02', '--out', out(name)],
    middle: trains,
    files: /labels\.csv$/,
    goesOn: /2 runs, of which [01] are done and [12] are gone on with/,
    shared: true,
  },
  extract: {
    args: (name) => ['extract', photos, '--encoder', model, '--part-rows', '4', '--out', out(name)],
    middle: (_, worker) => expect.poll(worker.told, patience).toContain(': begins\n'),
    files: /^part-.*|^manifest\.json$/,
    goesOn: /3 partitions: \d are done/,
    shared: true,
  },
  shards: {
    args: (name) => ['shards', 'kmeans', shards, '--k', '40', '--out', out(name)],
    middle: (_, __, coordinator) => expect.poll(coordinator, patience).toContain('round 2:'),
    files: /^centroids\.npy$|^labels-.*\.npy$/,
    goesOn: /goes on from round \d+/,
    shared: true,
  },
}

/** SHA-256 of the files that count. Folders of a sweep by a queue are named by what is in them. */
function results({ files }: Kind, name: string): string[] {
  const found = readdirSync(out(name), { recursive: true, encoding: 'utf8' }).filter(
    (file) => files.test(file) && statSync(out(join(name, file))).isFile(),
  )
  const shown = (file: string) => (/seed-\d+\/labels\.csv$/.test(file) ? 'labels.csv' : file)
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(out(join(name, file))))
      .digest('hex')
  return found.map((file) => `${shown(file)} ${hash(file)}`).sort()
}

const alone = new Map<string, string[]>()
async function ofOneProcess(kind: string): Promise<string[]> {
  if (!alone.has(kind)) {
    const { code, stderr } = await dclust(kinds[kind].args(`${kind}-alone`))
    expect(code, stderr).toBe(0)
    alone.set(kind, results(kinds[kind], `${kind}-alone`))
    expect(alone.get(kind)!.length).toBeGreaterThan(0)
  }
  return alone.get(kind)!
}
const queued = (args: readonly string[]) => [...args, '--queue', redis.address]

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Stops a worker in the middle of a job, and says which; some are so short that the first tries are between two. */
async function stoppedWithJob({ child, told }: Started): Promise<string> {
  for (;;) {
    child.kill('SIGSTOP')
    // What it has said is read by then.
    await wait(50)
    const begun = told().match(/^.*(?=: begins$)/gm) ?? []
    const had = begun.find((job) => !told().includes(`${job}: done`))
    if (had !== undefined) return had
    child.kill('SIGCONT')
    await wait(5)
  }
}

/** Begins, waits until it is in the middle, does what is to be done, and looks at what is there in the end. */
async function through(name: string, what: string, harm: (worker: Started) => Promise<unknown>): Promise<void> {
  const kind = kinds[name]
  const expected = await ofOneProcess(name)
  const place = `${name}-${what}`
  const worker = redis.worker()
  let told = ''
  const asking = dclust(queued(kind.args(place)), (text) => {
    told += text
  })
  await kind.middle(place, worker, () => told)
  await harm(worker)
  const { code, stderr } = await asking
  expect(code, stderr).toBe(0)
  expect(stderr).not.toContain(password)
  expect(results(kind, place)).toEqual(expected)
}

const everyKind = Object.keys(kinds)

describe.skipIf(redis.missing || !full)('a worker is killed in the middle: another does its job', () => {
  it.each(everyKind)(
    '%s',
    (name) =>
      through(name, 'worker', async ({ child, end }) => {
        child.kill('SIGKILL')
        await end
        redis.worker()
      }),
    240_000,
  )
})

describe.skipIf(redis.missing || !full)('faults', () => {
  it.each(everyKind)(
    'a coordinator is killed, and started again: only what is missing is done: %s',
    async (name) => {
      const kind = kinds[name]
      const place = `${name}-coordinator`
      const expected = await ofOneProcess(name)
      const worker = redis.worker()
      const first = redis.command(queued(kind.args(place)))
      await kind.middle(place, worker, first.told)
      first.child.kill('SIGKILL')
      await first.end
      const { code, stderr } = await dclust(queued((kind.again ?? kind.args)(place)))
      expect(code, stderr).toBe(0)
      expect(stderr).toMatch(kind.goesOn)
      expect(results(kind, place)).toEqual(expected)
      // No job was begun twice: the first one's went on meanwhile.
      const begun = worker.told().match(/^.*(?=: begins$)/gm) ?? []
      expect(begun.length).toBeGreaterThan(0)
      if (name !== 'shards') expect(new Set(begun).size).toBe(begun.length)
      for (const log of logs(place)) expect(log.match(/epoch 1\/60/g)).toHaveLength(1)
      expect(first.told() + worker.told()).not.toContain(password)
    },
    240_000,
  )

  it.each(everyKind)(
    'the server is killed, with an append-only file, and started again: %s',
    (name) =>
      through(name, 'server', async () => {
        await redis.server.kill('SIGKILL')
        await redis.server.start()
      }),
    240_000,
  )

  it.each(everyKind)(
    'a worker is too slow: another does its job, and the late answer is not heard: %s',
    (name) =>
      through(name, 'slow', async (slow) => {
        const had = await stoppedWithJob(slow)
        const other = redis.worker()
        await expect.poll(other.told, patience).toContain(`${had}: done`)
        slow.child.kill('SIGCONT')
        // Time enough to bring its answer; a worker whose answer is heard says that the job is done.
        await wait(2000)
        slow.child.kill('SIGTERM')
        await slow.end
        expect(slow.told()).not.toContain(`${had}: done`)
      }),
    240_000,
  )

  it.each(everyKind)(
    "a worker's disk is full: it leaves, and another does its job: %s",
    async (name) => {
      const kind = kinds[name]
      const expected = await ofOneProcess(name)
      // Files of a kibibyte at most.
      const full = redis.worker([], 1)
      const asking = dclust(queued(kind.args(`${name}-disk`)))
      expect((await full.end).code).toBe(1)
      expect(full.told()).toContain('This worker cannot go on, and its job goes to others')
      redis.worker()
      const { code, stderr } = await asking
      expect(code, stderr).toBe(0)
      expect(results(kind, `${name}-disk`)).toEqual(expected)
    },
    240_000,
  )

  it.each(everyKind)(
    'two coordinators want the same: %s',
    async (name) => {
      const kind = kinds[name]
      const expected = await ofOneProcess(name)
      const place = `${name}-two`
      const worker = redis.worker(['--concurrency', '2'])
      const first = redis.command(queued(kind.args(place)))
      await kind.middle(place, worker, first.told)
      const second = await dclust(queued(kind.args(place)))
      expect(second.code, second.stderr).toBe(kind.shared ? 0 : 1)
      if (!kind.shared) expect(second.stderr).toMatch(/^dclust: --out /)
      const { code, stderr } = await first.end
      expect(code, stderr).toBe(0)
      expect(results(kind, place)).toEqual(expected)
    },
    240_000,
  )

  it.each(everyKind)(
    'two start at the same time: %s',
    async (name) => {
      const kind = kinds[name]
      const expected = await ofOneProcess(name)
      const place = `${name}-both`
      redis.worker(['--concurrency', '2'])
      const both = [redis.command(queued(kind.args(place))), redis.command(queued(kind.args(place)))]
      const codes = (await Promise.all(both.map(({ end }) => end))).map(({ code }) => code)
      expect(codes.sort(), both.map(({ told }) => told()).join('')).toEqual(kind.shared ? [0, 0] : [0, 1])
      expect(results(kind, place)).toEqual(expected)
    },
    240_000,
  )
})

describe.skipIf(redis.missing || !full)('what cannot be used is refused by each command', () => {
  const commands = () => [
    ['queue'],
    ['worker'],
    ...everyKind.map((name) => kinds[name].args(`${name}-refused-${Math.random().toString(36).slice(2)}`)),
  ]
  const refused = async (address: string, told: string, which = commands()) => {
    for (const args of which) {
      const { code, stdout, stderr } = await dclust([...args, '--queue', address])
      expect([code, stdout], stderr).toEqual([1, ''])
      expect(stderr).toContain(told)
      expect(stderr).not.toMatch(/hush|wr0ng|unexpected/)
    }
  }

  it('a wrong password, none, and nobody there', async () => {
    await refused(redis.address.replace(password, 'wr0ng'), 'user or password is wrong')
    await refused(redis.server.url, 'it asks for a password')
    const gone = await redisServer(redis.program)
    await refused(gone.url.replace('redis://', 'redis://ann:wr0ng@'), 'nothing listens there')
    await gone.remove()
  }, 240_000)

  it('a server that may drop jobs', async () => {
    const evicting = await redisServer(redis.program, ['--maxmemory', '50mb', '--maxmemory-policy', 'volatile-lru'])
    await evicting.start()
    await refused(evicting.url, 'redis-cli config set maxmemory-policy noeviction')
    await evicting.remove()
  }, 240_000)

  it('jobs of another version of the code', async () => {
    const other = await redisQueue(redis.address, { code: 'other' })
    const payload = { cwd: folder.path, path: out('other'), config: {}, data: '' }
    await other.add(runRequest, [{ id: 'other', payload }])
    await refused(redis.address, 'the jobs in the queue at redis://127.0.0.1', commands().slice(1))
    expect((await other.status('other'))?.state).toBe('waiting')
    await other.cancelAll()
    await other.close()
  }, 240_000)

  it('a certificate that nobody known has signed; and with who signed it, work is done', async () => {
    const [key, certificate] = [out('key.pem'), out('cert.pem')]
    const about = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...about]
    execFileSync('openssl', made, { stdio: 'ignore' })
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no']
    const secure = await redisServer(redis.program, [...tls, '--requirepass', password], true)
    await secure.start()
    const address = secure.url.replace('redis://', `rediss://:${password}@`)
    await refused(address, 'NODE_EXTRA_CA_CERTS')
    const expected = await ofOneProcess('shards')
    process.env.NODE_EXTRA_CA_CERTS = certificate
    const worker = start(['worker', '--queue', address])
    const asking = start([...kinds.shards.args('shards-tls'), '--queue', address])
    delete process.env.NODE_EXTRA_CA_CERTS
    const code = await new Promise((resolve) => asking.on('close', resolve))
    worker.kill('SIGKILL')
    expect(code).toBe(0)
    expect(results(kinds.shards, 'shards-tls')).toEqual(expected)
    await secure.remove()
  }, 240_000)
})
