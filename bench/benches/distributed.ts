// What work by several processes costs and brings: queues, two processes beside one, k-means over shards.
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os, { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createRandom } from '@dc/core/random'
import { localQueue, type Queue, redisQueue } from '@dc/distributed'
import { inThisProcess, openFolder, type ShardRunner, shardedKMeans, writeNpy } from '@dc/pipelines/sharded'
import { redisProgram, redisServer } from '../../packages/distributed/src/testing/redis-server.ts'
import { nothing, shardRequest } from '../distributed-kinds.ts'
import { type BenchContext, type BenchResult, compare, defineBench } from '../frame.ts'
import { peakOf, peaksOfChildren } from '../peak-memory.ts'

const kinds = new URL('../distributed-kinds.ts', import.meta.url)
const dclust = fileURLToPath(new URL('../../apps/cli/bin/dclust.js', import.meta.url))
/** Who else works on the machine counts for every line. */
const load = () => Number(os.loadavg()[0].toFixed(1))

export default defineBench({
  name: 'distributed',
  description:
    'Work by several processes: what a job costs, two workers beside one process, k-means over shards in bounded memory; ours ÷ theirs is two ÷ one',
  async run(context) {
    const work = mkdtempSync(join(tmpdir(), 'distributed-'))
    try {
      return [
        ...(await overhead(context)),
        ...(await sweeps(context, work)),
        ...(await extraction(context, work)),
        ...(await kmeans(context, work)),
        ...(await cuts(context, work)),
      ]
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  },
})

/** Works for a queue in this process while it is used. */
async function working<T>(queue: Queue, concurrency: number, use: () => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const work = queue.work({ kinds, concurrency, signal: stop.signal })
  try {
    return await use()
  } finally {
    stop.abort()
    await work
    await queue.close()
  }
}

async function overhead(context: BenchContext): Promise<BenchResult[]> {
  const count = context.quick ? 20 : 300
  const title = (kind: string) => `a job that does nothing, ${kind}`
  const eachMs = async (queue: Queue) =>
    working(queue, 1, async () => {
      let best = Infinity
      for (let turn = 0; turn < 4; turn++) {
        const ids = Array.from({ length: turn === 0 ? 5 : count }, (_, at) => `job-${turn}-${at}`)
        const start = performance.now()
        await queue.add(
          nothing,
          ids.map((id) => ({ id, payload: {} })),
        )
        await queue.ended(ids)
        // The first turn starts the process.
        if (turn > 0) best = Math.min(best, (performance.now() - start) / count)
      }
      return best
    })
  const found: BenchResult[] = []
  const note = `a job of ${count}, one at a time, best of 3 turns; load`
  if (context.wants(title('local queue')))
    found.push(compare(title('local queue'), await eachMs(localQueue()), {}, { note: `${note} ${load()}` }))
  const program = redisProgram()
  if ('reason' in program || !context.wants(title('Redis'))) return found
  const server = await redisServer(program.path)
  await server.start()
  const queue = await redisQueue(server.url, { code: 'bench' })
  found.push(compare(title('Redis'), await eachMs(queue), {}, { note: `${note} ${load()}` }))
  await server.remove()
  return found
}

async function command(args: readonly string[]): Promise<number> {
  const start = performance.now()
  await promisify(execFile)(process.execPath, [dclust, ...args], { maxBuffer: 2 ** 28 })
  return performance.now() - start
}

/** What {@link besideOne} compares. */
interface Beside {
  readonly title: string
  /** A command whose jobs are done by one or by two processes. */
  args(jobs: number, turn: number): string[]
  /** A command that is one process, `which` of two. */
  bare(which: number, turn: number): string[]
}

/**
 * The same work by one process and by two, in turn; the lowest of each. Two cores of one processor share what they share: how much
 * two commands that know nothing of each other lose side by side is what a queue cannot mend.
 */
async function besideOne(context: BenchContext, { title, args, bare }: Beside): Promise<BenchResult[]> {
  if (!context.wants(title)) return []
  const best = { one: Infinity, two: Infinity, alone: Infinity, both: Infinity }
  const turns = context.quick ? 1 : 3
  let least = Infinity
  const keep = (name: keyof typeof best, milliseconds: number) => {
    best[name] = Math.min(best[name], milliseconds)
  }
  for (let turn = 0; turn < turns; turn++) {
    least = Math.min(least, load())
    keep('alone', await command(bare(0, turn)))
    keep('both', Math.max(...(await Promise.all([1, 2].map((which) => command(bare(which, turn)))))))
    keep('one', await command(args(1, turn)))
    keep('two', await command(args(2, turn)))
  }
  const [ours, bares] = [best.one / best.two / 2, best.alone / best.both]
  const quality = {
    'of the ideal': ours,
    'two bare commands, of the ideal': bares,
    'of what those reach': ours / bares,
  }
  const note = `whole commands, each job on one thread, best of ${turns} turns; load ${least} to ${load()}`
  return [compare(title, best.two, { 'one process': best.one }, { quality, note })]
}

function sweeps(context: BenchContext, work: string): Promise<BenchResult[]> {
  const epochs = context.quick ? 1 : 6
  const common = ['--data', 'optdigits', '--epochs', `${epochs}`, '--backend', 'onnx', '--threads', '1']
  return besideOne(context, {
    title: `dclust sweep, 6 runs of bootsc, ${epochs} epochs of optdigits`,
    args: (jobs, turn) => [
      ...['sweep', 'bootsc', ...common, '--seeds', '6'],
      ...['--jobs', `${jobs}`, '--out', join(work, `sweep-${jobs}-${turn}`)],
    ],
    bare: (which, turn) => ['run', 'bootsc', ...common, '--out', join(work, `run-${which}-${turn}`)],
  })
}

function extraction(context: BenchContext, work: string): Promise<BenchResult[]> {
  const common = ['extract', 'optdigits', '--encoder', 'efficientnet-lite0', '--threads', '1']
  // Four files of 25 are a share of eighteen.
  const parts = context.quick ? ['--part-rows', '25', '--shard', '1/18'] : ['--part-rows', '150']
  const args = (jobs: number, place: string) => [
    ...[...common, ...parts, '--jobs', `${jobs}`],
    ...['--out', join(work, `features-${place}`)],
  ]
  return besideOne(context, {
    title: `dclust extract, ${context.quick ? 100 : 1797} pictures by EfficientNet-Lite0`,
    args: (jobs, turn) => args(jobs, `${jobs}-${turn}`),
    bare: (which, turn) => args(1, `bare-${which}-${turn}`),
  })
}

/** Rows of a mixture in a folder of shards. */
async function writeShards(folder: string, shards: number, rows: number, width: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const random = createRandom(1)
  const groups = 200
  const centres = random.normals(groups * width)
  for (let shard = 0; shard < shards; shard++) {
    const values = new Float32Array(rows * width)
    for (let at = 0; at < values.length; at++) {
      const row = Math.floor(at / width)
      values[at] = centres[((row * 7919) % groups) * width + (at % width)] + 2 * random.uniform() - 1
    }
    await writeNpy(join(folder, `part-${String(shard).padStart(3, '0')}.npy`), values, [rows, width])
  }
}

/** As `dclust shards` does it, with the bytes that go through the queue counted. */
function overQueue(queue: Queue, moved: { bytes: number }): ShardRunner {
  let calls = 0
  return {
    async run(wanted, onAnswer) {
      const keys = new Map<Uint8Array, string>()
      for (const { values = {} } of wanted)
        for (const bytes of Object.values(values)) if (!keys.has(bytes)) keys.set(bytes, await queue.putValue(bytes))
      const jobs = wanted.map(({ task, args, values = {} }) => {
        for (const bytes of Object.values(values)) moved.bytes += bytes.length
        const named = Object.entries(values).map(([name, bytes]) => [name, keys.get(bytes)!])
        const id = `shard-${createHash('sha256').update(`${calls++}`).digest('hex').slice(0, 32)}`
        return { id, payload: { task, args: { ...args }, values: Object.fromEntries(named) } }
      })
      await queue.add(shardRequest, jobs)
      for (const [at, { id }] of jobs.entries()) {
        const [{ state, reason }] = await queue.ended([id])
        if (state !== 'done') throw new Error(reason)
        const answer = await queue.result(id)
        moved.bytes += answer.length
        await onAnswer(answer, at)
        await queue.remove([id])
      }
      await queue.removeValues([...keys.values()])
    },
  }
}

/** Milliseconds of rounds from the first rows on, and what they found. */
async function roundsOf(runner: ShardRunner, folder: string, k: number, rounds: number) {
  const data = await openFolder(folder)
  const values = Float64Array.from(await data.data.parts[0].read(0, k))
  const centroids = { values, rows: k, columns: data.width }
  const times: number[] = []
  let start = Number.NaN
  let inertia = Number.NaN
  const counting: ShardRunner = {
    async run(calls, onAnswer) {
      if (calls[0].task === 'kmeans') start = performance.now()
      await runner.run(calls, onAnswer)
    },
  }
  await shardedKMeans(counting, data, {
    ...{ k, rounds, tolerance: 0, sampleRows: k, resume: { centroids, round: 0 } },
    onRound(state) {
      times.push(performance.now() - start)
      inertia = state.inertia
    },
  })
  return { ms: Math.min(...times), inertia }
}

async function kmeans(context: BenchContext, work: string): Promise<BenchResult[]> {
  const [shards, rows, k, rounds] = context.quick ? [4, 500, 20, 2] : [20, 100_000, 1000, 2]
  const title = `a round of k-means, ${(shards * rows).toLocaleString('en-US')} × 128 in ${shards} shards, K ${k}`
  const titles = [1, 2].map((jobs) => `${title}, ${jobs === 1 ? 'one process' : 'two processes'}`)
  if (!titles.some(context.wants)) return []
  const folder = join(work, 'rows')
  await writeShards(folder, shards, rows, 128)
  context.log(`${shards} shards are written`)
  const whole = await inMemory(folder, k, rounds)
  const found: BenchResult[] = []
  for (const [at, name] of titles.entries()) {
    if (!context.wants(name)) continue
    const before = load()
    const queue = localQueue()
    const moved = { bytes: 0 }
    const { ms, inertia, peaks } = await working(queue, at + 1, async () => {
      const done = await roundsOf(overQueue(queue, moved), folder, k, rounds)
      return { ...done, peaks: peaksOfChildren() }
    })
    found.push(
      compare(
        name,
        ms,
        { 'all rows in memory': whole.ms },
        {
          quality: {
            'peak MB of each process': peaks,
            'peak MB with all rows in memory': whole.peakMb,
            'inertia ÷ that in memory − 1': inertia / whole.inertia - 1,
            'MB moved a round': Math.round(moved.bytes / rounds / 1e6),
          },
          note: `best of ${rounds} rounds; peak of this process ${peakOf(process.pid)} MB; load ${before} to ${load()}`,
        },
      ),
    )
  }
  rmSync(folder, { recursive: true })
  return found
}

async function inMemory(folder: string, k: number, rounds: number) {
  const program = fileURLToPath(new URL('../kmeans-whole.ts', import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, program, folder, `${k}`, `${rounds}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (piece) => {
    text += piece
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error('kmeans-whole.ts failed')
  return JSON.parse(text) as { ms: number; inertia: number; peakMb: number }
}

/** The same rows in more and more shards: what a shard costs beside its rows. */
async function cuts(context: BenchContext, work: string): Promise<BenchResult[]> {
  const [all, k] = context.quick ? [1280, 20] : [128_000, 256]
  const found: BenchResult[] = []
  let single: number | undefined
  for (const shards of context.quick ? [1, 4] : [1, 4, 16, 64]) {
    const title = `a round of k-means, ${all.toLocaleString('en-US')} × 128, K ${k}, in ${shards} shards`
    if (!context.wants(title)) continue
    const folder = join(work, `cut-${shards}`)
    await writeShards(folder, shards, all / shards, 128)
    const queue = localQueue()
    const moved = { bytes: 0 }
    const rounds = 4
    const { ms } = await working(queue, 1, () => roundsOf(overQueue(queue, moved), folder, k, rounds))
    const here = await roundsOf(inThisProcess(), folder, k, rounds)
    single ??= ms
    found.push(
      compare(
        title,
        ms,
        { 'in one shard': single, 'without a queue': here.ms },
        {
          quality: { 'MB moved a round': Number((moved.bytes / rounds / 1e6).toFixed(2)) },
          note: `one worker, best of ${rounds} rounds; load ${load()}`,
        },
      ),
    )
    rmSync(folder, { recursive: true })
  }
  return found
}
