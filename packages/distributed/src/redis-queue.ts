import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { DcError, importPeer, OptionError, quoted, rethrow, throwIfInterrupted } from '@dc/core/plugin'
import type { Queue as BullQueue, Job as RedisJob } from 'bullmq'
import { attemptsOf } from './attempts'
import { type CheckedJob, checkJobs } from './check-job'
import { checkSize } from './check-size'
import { secondsLeft } from './overview'
import type { JobState, JobStatus, Queue } from './queue'
import { connectRedis } from './redis-connection'
import { type Committed, isCancelled, keptSeconds, keysOf, type RedisHouse } from './redis-house'
import { openCount, openIds, otherQueues, queueNamed, queueNameOf } from './redis-versions'
import { workersOf, workOnRedis } from './redis-worker'

/** How a queue on Redis is made. */
export interface RedisQueueOptions {
  /** Version of the code: jobs are done only by workers of the same. */
  readonly code: string
  /** Name of the queue; several may be on one server. Default `dclust`. */
  readonly name?: string
  /** Milliseconds without a sign of life after which a worker loses its jobs. Default 30,000, at least 1000. */
  readonly lease?: number
  /** Milliseconds before a job that failed is tried again; twice as long the next time. Default 1000. */
  readonly retryPause?: number
}

const mostFailures = 20
const timesLooked = 100

/**
 * A queue on a Redis server, by BullMQ. Its jobs and their results are there for whoever connects to it, for seven days.
 *
 * @param address `redis://[user:password@]host[:port][/database]`, `rediss://…` with TLS
 * @throws OptionError, MissingPeerError, DcError if the server cannot be used
 * @example
 * import { redisQueue } from '@dc/distributed'
 * const queue = await redisQueue('redis://localhost:6379', { code: '1.0.0' })
 */
export async function redisQueue(address: string, options: RedisQueueOptions): Promise<Queue> {
  const { code, name = 'dclust', lease = 30_000, retryPause = 1000 } = options
  if (!(lease >= 1000)) throw new OptionError('lease', lease, 'at least 1000 milliseconds')
  const bullmq = await importPeer('bullmq', () => import('bullmq').catch(rethrow), 'A queue on Redis')
  const { client, name: server } = await connectRedis(address)
  const keys = keysOf(name)
  const prefix = keys.prefix
  const queueName = queueNameOf(code)
  const jobs = new bullmq.Queue(queueName, { connection: client, prefix })
  // Told by whatever waits for an answer.
  jobs.on('error', () => {})
  const house: RedisHouse = { bullmq, client, keys, queueName, lease, server }
  /** What this process added: if the server loses it, it is added again. */
  const added = new Map<string, CheckedJob>()

  /** The version of the jobs that are open; undefined if none is. */
  async function openVersion(): Promise<string | undefined> {
    const current = await client.get(keys.code)
    if (current === null || current === code) return current ?? undefined
    return (await openCount(queueNamed(house, queueNameOf(current)))) > 0 ? current : undefined
  }

  async function refuseOther(who: string): Promise<void> {
    const current = await openVersion()
    if (current === undefined || current === code) return
    throw new DcError(
      `${who} is of code version ${quoted(code)}, the jobs in the queue at ${server} are of ${quoted(current)}. Install the same version everywhere, wait until those jobs are done, or end them: dclust queue --cancel --every-version.`,
      { code, current },
    )
  }

  const addAll = (checked: readonly CheckedJob[]) =>
    jobs.addBulk(
      checked.map(({ id, kind, payload }) => ({
        name: kind,
        data: payload,
        opts: {
          jobId: id,
          attempts: attemptsOf,
          backoff: { type: 'exponential', delay: retryPause },
          removeOnComplete: { age: keptSeconds },
          removeOnFail: { age: keptSeconds },
        },
      })),
    )

  async function statusOf(id: string): Promise<JobStatus | undefined> {
    const [job, cancelled] = await Promise.all([jobs.getJob(id), isCancelled(house, id)])
    if (job) return statusFrom(job, cancelled)
    return cancelled ? { id, state: 'cancelled', progress: 0 } : undefined
  }

  async function statusFrom(job: RedisJob, cancelled: boolean): Promise<JobStatus> {
    const { id, finishedOn, failedReason, returnvalue, progress } = job
    const seconds = secondsOf(job)
    return {
      id: id!,
      state: await stateOf(job, cancelled),
      progress: returnvalue ? 1 : typeof progress === 'number' ? progress : 0,
      ...(failedReason && !returnvalue && { reason: failedReason }),
      ...(finishedOn && seconds !== undefined && { seconds }),
    }
  }

  async function forget(id: string): Promise<void> {
    const job = await jobs.getJob(id)
    if (!job?.finishedOn) return
    const { key } = (job.returnvalue ?? {}) as Partial<Committed>
    if (key) await client.del(key)
    // Another coordinator may be faster.
    await job.remove().catch(() => {})
  }

  /** Ends jobs of a queue that wait or run. */
  async function cancelIn(there: BullQueue, open: readonly string[]): Promise<void> {
    if (open.length === 0) return
    const now = Date.now()
    await client.zremrangebyscore(keys.cancelled, 0, now - keptSeconds * 1000)
    await client.zadd(keys.cancelled, ...open.flatMap((id) => [now, id]))
    // One that a worker holds cannot be removed: the worker ends it.
    await Promise.all(open.map(async (id) => (await there.getJob(id))?.remove().catch(() => {})))
  }

  const queue: Queue = {
    async add(kind, given) {
      const checked = checkJobs(kind, given)
      await refuseOther('This process')
      await client.set(keys.code, code)
      const before = await Promise.all(checked.map(({ id }) => statusOf(id)))
      const again = checked.filter((_, at) => before[at]?.state === 'failed' || before[at]?.state === 'cancelled')
      await Promise.all(again.map(({ id }) => forget(id)))
      if (again.length > 0) await client.zrem(keys.cancelled, ...again.map(({ id }) => id))
      for (const job of checked) added.set(job.id, job)
      await addAll(checked)
    },
    status: statusOf,
    async ended(ids, { signal, onChange } = {}) {
      const seen = new Map<string, JobStatus>()
      // Quick while things happen, patient while they do not.
      const slowest = Math.max(250, ids.length / 10)
      let wait = 5
      for (;;) {
        const open = ids.filter((id) => isOpen(seen.get(id)))
        if (open.length === 0) return ids.map((id) => seen.get(id)!)
        throwIfInterrupted(signal)
        for (const status of await Promise.all(open.map(present))) {
          const before = seen.get(status.id)
          if (before && before.state === status.state && before.progress === status.progress) continue
          seen.set(status.id, status)
          onChange?.(status)
          wait = 5
        }
        await pause(wait, undefined, { signal }).catch(() => {})
        wait = Math.min(wait * 1.5, slowest)
      }
    },
    async result(id) {
      const job = await jobs.getJob(id)
      const key = (job?.returnvalue as Committed | null | undefined)?.key
      const bytes = key === undefined ? null : await client.getBuffer(key)
      if (!bytes) throw new DcError(`Job ${quoted(id)} is not done, or its result was removed.`, { id })
      // A Buffer may lie at any place of a larger one.
      return Uint8Array.from(bytes)
    },
    async cancel(ids) {
      if (ids.length === 0) return
      const statuses = await Promise.all(ids.map(statusOf))
      const open = ids.filter((_, at) => isOpen(statuses[at]))
      if (open.length === 0) return
      await cancelIn(jobs, open)
    },
    async cancelAll({ everyVersion = false } = {}) {
      const others = everyVersion ? await otherQueues(house) : []
      for (const there of [jobs, ...others]) await cancelIn(there, await openIds(there))
    },
    async remove(ids) {
      for (const id of ids) added.delete(id)
      await Promise.all(ids.map(forget))
      if (ids.length > 0) await client.zrem(keys.cancelled, ...ids)
    },
    async putValue(bytes) {
      checkSize(bytes, 'value')
      const key = createHash('sha256').update(bytes).digest('hex')
      await client.set(
        keys.value(key),
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        'EX',
        keptSeconds,
      )
      return key
    },
    async removeValues(names) {
      if (names.length > 0) await client.del(...names.map(keys.value))
    },
    async work(options) {
      await refuseOther('This worker')
      await workOnRedis(house, options)
    },
    async overview() {
      const current = await openVersion()
      const found = await jobs.getJobCounts('wait', 'active', 'delayed', 'prioritized', 'completed', 'failed')
      const [others, workers, failed, ended] = await Promise.all([
        otherQueues(house).then((queues) => Promise.all(queues.map(openCount))),
        workersOf(house),
        jobs.getFailed(0, mostFailures - 1),
        jobs.getCompleted(0, timesLooked - 1),
      ])
      const failures = await Promise.all(failed.map((job) => statusFrom(job, false)))
      const cancelled = failures.filter(({ state }) => state === 'cancelled').length
      const counts = {
        waiting: (found.wait ?? 0) + (found.delayed ?? 0) + (found.prioritized ?? 0),
        running: found.active ?? 0,
        done: found.completed ?? 0,
        failed: (found.failed ?? 0) - cancelled,
        cancelled,
      }
      const times = ended.flatMap((job) => secondsOf(job) ?? [])
      return {
        ...(current !== undefined && { code: current }),
        counts,
        ofOtherVersions: others.reduce((sum, count) => sum + count, 0),
        workers,
        failures: failures.filter(({ state }) => state === 'failed'),
        secondsLeft: secondsLeft(counts, workers, times),
      }
    },
    async close() {
      await jobs.close()
      client.disconnect()
    },
  }

  /** How a job stands; one that the server has lost is added again. */
  async function present(id: string): Promise<JobStatus> {
    const status = await statusOf(id)
    if (status) return status
    const job = added.get(id)
    if (!job) throw new DcError(`There is no job ${quoted(id)} in the queue at ${server}.`, { id })
    await addAll([job])
    return { id, state: 'waiting', progress: 0 }
  }

  return queue
}

const isOpen = (status: JobStatus | undefined) =>
  status === undefined || status.state === 'waiting' || status.state === 'running'

async function stateOf(job: RedisJob, cancelled: boolean): Promise<JobState> {
  const { finishedOn, returnvalue, processedOn, failedReason } = job
  if (finishedOn) return returnvalue ? 'done' : cancelled || failedReason === 'cancelled' ? 'cancelled' : 'failed'
  if (cancelled) return 'cancelled'
  // One that was given back has been processed and waits.
  return processedOn && (await job.isActive()) ? 'running' : 'waiting'
}

const secondsOf = ({ finishedOn, processedOn }: RedisJob): number | undefined =>
  finishedOn && processedOn ? (finishedOn - processedOn) / 1000 : undefined
