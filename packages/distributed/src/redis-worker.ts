import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { DcError } from '@dc/core/plugin'
import type { Job as RedisJob } from 'bullmq'
import { z } from 'zod'
import { checkWork } from './check-job'
import { childPool, JobFailure } from './child-pool'
import type { WorkerFacts, WorkOptions } from './queue'
import { recentValues } from './recent-values'
import { type Committed, isCancelled, keptSeconds, type RedisHouse } from './redis-house'

/** How often a job may lose its worker: each time it begins anew. */
const mostStalls = 20

type Stop = 'cancelled' | 'lost' | 'leaving'

/** Takes jobs until the signal is aborted. @throws DcError if this machine cannot go on */
export async function workOnRedis(house: RedisHouse, options: WorkOptions): Promise<void> {
  checkWork(options)
  const { bullmq, client, keys, lease, queueName } = house
  const { signal, concurrency = 1, onJob } = options
  const pool = childPool(options, lease)
  const running = new Map<string, AbortController>()
  const leaving = new AbortController()
  const value = recentValues((key) => storedValue(house, key))
  let fault: DcError | undefined

  const runJob = async (job: RedisJob, token?: string): Promise<Committed> => {
    const id = job.id!
    const stop = new AbortController()
    running.set(id, stop)
    if (leaving.signal.aborted) stop.abort('leaving' satisfies Stop)
    onJob?.(id, 'begins')
    try {
      if (await isCancelled(house, id)) stop.abort('cancelled' satisfies Stop)
      const bytes = await pool.run(
        { id, kind: job.name, payload: job.data },
        {
          signal: stop.signal,
          // Progress is for people: one that is not heard is no harm.
          progress: (part) => void job.updateProgress(part).catch(() => {}),
          value,
        },
      )
      if (stop.signal.aborted) throw new JobFailure('stopped', 'stopped')
      const key = keys.result(randomUUID())
      await client.set(key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'EX', keptSeconds)
      return { key }
    } catch (error) {
      const why = stop.signal.reason as Stop | undefined
      const failure = JobFailure.isInstance(error) ? error : undefined
      if (why === 'cancelled') throw new bullmq.UnrecoverableError('cancelled')
      if (why === 'lost') throw error
      if (failure?.why === 'disk') {
        fault = new DcError(`This worker cannot go on, and its job goes to others: ${failure.message}`, { job: id })
        leaving.abort()
      }
      if (why === 'leaving' || failure?.why === 'disk') {
        await job.moveToWait(token)
        onJob?.(id, 'back', failure?.message)
        throw new bullmq.WaitingError()
      }
      if (failure?.why === 'refused') throw new bullmq.UnrecoverableError(failure.message)
      throw error
    } finally {
      running.delete(id)
    }
  }

  const worker = new bullmq.Worker(queueName, runJob, {
    connection: client,
    prefix: keys.prefix,
    concurrency,
    lockDuration: lease,
    stalledInterval: lease,
    maxStalledCount: mostStalls,
    runRetryDelay: 1000,
    drainDelay: 1,
    autorun: false,
  })
  // A server that is away is waited for; a result that comes too late is refused by it, which is as it should be.
  worker.on('error', () => {})
  worker.on('locksRenewed', ({ jobIds }) => {
    for (const id of jobIds) pool.beat(id)
  })
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) running.get(id)?.abort('lost' satisfies Stop)
  })
  worker.on('completed', (job) => onJob?.(job.id!, 'done'))
  worker.on('failed', (job, error) => {
    if (job) onJob?.(job.id!, job.finishedOn ? 'failed' : 'back', error.message)
  })
  const presence = keepPresent(house, concurrency, running)
  const leave = () => leaving.abort()
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  const run = worker.run()
  run.catch(() => {})
  try {
    if (!leaving.signal.aborted) await once(leaving.signal, 'abort')
    for (const stop of running.values()) stop.abort('leaving' satisfies Stop)
    await worker.close()
  } finally {
    signal.removeEventListener('abort', leave)
    await presence.end()
    pool.close()
  }
  if (fault) throw fault
}

async function storedValue({ client, keys }: RedisHouse, key: string): Promise<Uint8Array> {
  const bytes = await client.getBuffer(keys.value(key))
  if (!bytes) throw new DcError('there is none of this key')
  return bytes
}

/** Tells the server that this worker is there, and hears from it which of its jobs are cancelled. */
function keepPresent(
  house: RedisHouse,
  concurrency: number,
  running: ReadonlyMap<string, AbortController>,
): { end(): Promise<void> } {
  const { client, keys, lease } = house
  const own = keys.worker(randomUUID())
  const every = Math.min(1000, lease / 4)
  const beat = async () => {
    if (client.status !== 'ready') return
    const facts: WorkerFacts = { host: hostname(), pid: process.pid, concurrency, jobs: [...running.keys()] }
    await client.set(own, JSON.stringify(facts), 'PX', Math.ceil(5 * every))
    for (const [id, stop] of running) if (await isCancelled(house, id)) stop.abort('cancelled' satisfies Stop)
  }
  const beats = setInterval(() => void beat().catch(() => {}), every)
  void beat().catch(() => {})
  return {
    async end() {
      clearInterval(beats)
      if (client.status === 'ready') await client.del(own)
    },
  }
}

const factsSchema = z.object({
  host: z.string(),
  pid: z.number(),
  concurrency: z.number(),
  jobs: z.array(z.string()),
})

function plain(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return undefined
  }
}

/** The workers that are there. */
export async function workersOf({ client, keys }: RedisHouse): Promise<WorkerFacts[]> {
  const found: string[] = []
  for await (const names of client.scanStream({ match: keys.worker('*'), count: 1000 }))
    found.push(...(names as string[]))
  const texts = found.length > 0 ? await client.mget(...found) : []
  // What anybody else has put there is no worker.
  return texts.flatMap((text) => factsSchema.safeParse(plain(text)).data ?? [])
}
