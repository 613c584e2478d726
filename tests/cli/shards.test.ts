// Work over shards by one, two and nine workers, of this machine and of a queue: the same files to the bit.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { localQueue, type Queue, redisQueue } from '@dc/distributed'
import { type RedisServer, redisProgram, redisServer } from '@dc/distributed/testing/redis-server'
import { inThisProcess, openFolder, shardedKMeans } from '@dc/pipelines/sharded'
import { shardTasks } from '@dc/pipelines/sharded/tasks'
import { everything, files, writeShards } from '@dc/pipelines/sharded/testing/everything'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueRunner } from '../../apps/cli/src/shards/queue-runner'
import { full } from '../full'
import { dclust, temporaryFolder } from './dclust'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = temporaryFolder()
const out = (name: string) => folder.file(name)
const program = redisProgram()
let server: RedisServer
let expected: { result: Awaited<ReturnType<typeof everything>>; files: Record<string, string> }

/** The processes of jobs as JavaScript: they start many times. Nothing of it needs ONNX Runtime or pictures. */
const bundled = (() => {
  // Where BullMQ is found.
  const outdir = join(root, 'packages/distributed/node_modules/.cache', `shards-${process.pid}`)
  writeFileSync(
    folder.file('kinds.ts'),
    `import { writeFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { shardRequest } from '${root}apps/cli/src/shards/shard-request'
import { shardJob } from '${root}apps/cli/src/shards/shard-job'

// Where it is said of which task the worker was killed already; the first job of each task is the one that meets it.
const { DC_KILLED: killed, DC_KILL = '' } = process.env
const first = (what) => {
  if (!killed || !new RegExp(DC_KILL).test(what)) return false
  try {
    writeFileSync(killed + '/' + what, '', { flag: 'wx' })
    return true
  } catch {
    return false
  }
}
const kill = 'process.kill(' + process.ppid + ", 'SIGKILL'); process.kill(" + process.pid + ", 'SIGKILL')"
async function run(payload, context) {
  if (first(payload.task + '-middle')) {
    // By another thread, for this one computes; if it is quicker it waits.
    new Worker(kill, { eval: true })
    await shardJob(payload, context)
    await new Promise(() => {})
  }
  const answer = await shardJob(payload, context)
  if (first(payload.task + '-end')) eval(kill)
  return answer
}
export const jobKinds = () => [{ ...shardRequest, run }]`,
  )
  buildSync({
    entryPoints: {
      kinds: folder.file('kinds.ts'),
      'child-main': join(root, 'packages/distributed/src/child-main.ts'),
      worker: join(root, 'packages/distributed/src/testing/worker.ts'),
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
    external: ['bullmq', 'ioredis', 'sharp', 'onnxruntime-*', '@dc/backend-onnx/*', '@tensorflow/*'],
    tsconfig: join(root, 'tsconfig.json'),
    nodePaths: [join(root, 'packages/distributed/node_modules'), join(root, 'packages/data/node_modules')],
    logLevel: 'error',
  })
  const url = (name: string) => pathToFileURL(`${outdir}/${name}.mjs`)
  return { outdir, kinds: url('kinds'), program: url('child-main'), execArgv: [] }
})()

beforeAll(async () => {
  await writeShards(folder.path)
  const result = await everything(inThisProcess(), folder.path, out('alone'))
  expected = { result, files: files(out('alone')) }
  if ('reason' in program) return
  server = await redisServer(program.path)
  await server.start()
}, 120_000)
afterAll(async () => {
  await server?.remove()
  rmSync(bundled.outdir, { recursive: true, force: true })
  folder.remove()
})

/** Everything by workers of a queue. */
async function byQueue(queue: Queue, name: string, concurrency: number): Promise<void> {
  const stop = new AbortController()
  const { kinds, program, execArgv } = bundled
  const work = queue.work({ kinds, program, execArgv, concurrency, signal: stop.signal })
  const result = await everything(queueRunner(queue, 'test'), folder.path, out(name))
  stop.abort()
  await work
  expect(result).toEqual(expected.result)
  expect(files(out(name))).toEqual(expected.files)
  await queue.close()
}

/** Workers as processes of their own; one that is killed is started again, as Kubernetes does. */
function workers(count: number, name: string, env: Readonly<Record<string, string>> = {}) {
  const children = new Set<ChildProcess>()
  let over = false
  let deaths = 0
  const about = JSON.stringify({ url: server.url, name, lease: 2000 })
  const begin = () => {
    const child = spawn(process.execPath, [join(bundled.outdir, 'worker.mjs'), about], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    children.add(child)
    child.on('exit', (_, signal) => {
      children.delete(child)
      if (signal === 'SIGKILL' && !over) deaths++
      if (!over) begin()
    })
  }
  for (let at = 0; at < count; at++) begin()
  return {
    deaths: () => deaths,
    end() {
      over = true
      for (const child of children) child.kill('SIGKILL')
    },
  }
}

describe('work over shards', () => {
  it.each([1, 2, 9])(
    'is the same to the bit by %i processes of this machine',
    async (count) => {
      await byQueue(localQueue(), `local-${count}`, count)
    },
    240_000,
  )

  it.skipIf('reason' in program).each([1, 2, 9])(
    'and by %i workers of a queue on Redis',
    async (count) => {
      const queue = await redisQueue(server.url, { code: 'test', name: `shards-${count}` })
      await byQueue(queue, `redis-${count}`, count)
    },
    240_000,
  )

  it.skipIf('reason' in program)(
    'goes on when a worker is killed in the middle, to the same centroids',
    async () => {
      const points = await openFolder(out('points'))
      const options = { k: 3, seed: 2, tolerance: 1e-20, sampleRows: 30 }
      mkdirSync(out('killed-once'))
      const started = workers(1, 'killed-once', { DC_KILLED: out('killed-once'), DC_KILL: 'kmeans-middle' })
      const queue = await redisQueue(server.url, { code: 'test', name: 'killed-once', lease: 2000, retryPause: 50 })
      const found = await shardedKMeans(queueRunner(queue, 'test'), points, options)
      started.end()
      await queue.close()
      expect(started.deaths()).toBe(1)
      expect(found).toEqual(await shardedKMeans(inThisProcess(), points, options))
    },
    60_000,
  )

  it.skipIf('reason' in program || !full)(
    'is the same to the bit by nine processes, and where workers are killed twice in each kind of work',
    async () => {
      for (const [name, count, env] of [
        ['nine', 9, {}],
        ['killed', 2, { DC_KILLED: out('killed') }],
      ] as const) {
        if (name === 'killed') mkdirSync(out(name))
        const started = workers(count, name, env)
        const queue = await redisQueue(server.url, { code: 'test', name, lease: 2000, retryPause: 50 })
        const result = await everything(queueRunner(queue, 'test'), folder.path, out(`by-${name}`))
        started.end()
        expect(result).toEqual(expected.result)
        expect(files(out(`by-${name}`))).toEqual(expected.files)
        expect((await queue.overview()).counts).toMatchObject({ waiting: 0, running: 0, failed: 0 })
        await queue.close()
        if (name === 'nine') continue
        const twice = shardTasks.flatMap(({ name }) => [`${name}-end`, `${name}-middle`])
        expect(readdirSync(out(name)).sort()).toEqual(twice.sort())
        expect(started.deaths()).toBe(twice.length)
      }
    },
    600_000,
  )
})

describe('dclust shards', () => {
  it('does each work, and not again what is done; a folder of other work is refused', async () => {
    const shards = (...args: string[]) => dclust(['shards', ...args, '--json'])
    const kmeans = ['kmeans', out('points'), '--k', '3', '--seed', '2', '--out', out('fit')]
    const first = await shards(...kmeans)
    expect(first.code, first.stderr).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject({ rows: 150, k: 3, converged: true })
    expect(first.stderr).toContain('round 1: inertia ')
    const again = await shards(...kmeans)
    expect([again.code, again.stdout, again.stderr]).toEqual([0, first.stdout, ''])
    const other = await shards('kmeans', out('points'), '--k', '4', '--out', out('fit'))
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('of other work, or other settings')])
    // Labels by the centroids that were found are those that were written with them.
    const labelled = await shards(
      'label',
      out('points'),
      '--centroids',
      out('fit/centroids.npy'),
      '--out',
      out('labels'),
    )
    expect(labelled.code, labelled.stderr).toBe(0)
    expect(readFileSync(out('labels/labels-000003.npy'))).toEqual(readFileSync(out('fit/labels-000003.npy')))
    const scored = await shards('scores', out('labels'), out('fit'), '--out', out('scored'))
    expect(JSON.parse(scored.stdout)).toMatchObject({ rows: 150, ari: 1, nmi: 1, acc: 1 })
  }, 120_000)

  it('refuses what cannot be, before anything is done', async () => {
    mkdirSync(out('full'))
    writeFileSync(out('full/x'), '')
    const refused = async (told: string, ...args: string[]) => {
      const { code, stderr, stdout } = await dclust(['shards', ...args])
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toContain(told)
      expect(stderr).not.toContain('unexpected')
    }
    await refused('allowed: kmeans, label', 'other', out('points'), '--out', out('x1'))
    await refused('--k: nothing was given', 'kmeans', out('points'), '--out', out('x2'))
    await refused('a new or empty folder', 'kmeans', out('points'), '--k', '3', '--out', out('full'))
    await refused('holds no shards', 'kmeans', out('full'), '--k', '3', '--out', out('x3'))
    await refused('1 to 150, the rows', 'kmeans', out('points'), '--k', '151', '--out', out('x4'))
    await refused('dclust shards neighbours', 'embed', out('points'), '--components', '2', '--out', out('x5'))
    await refused('it does not exist', 'kmeans', out('absent'), '--k', '3', '--out', out('x6'))
  }, 60_000)
})
