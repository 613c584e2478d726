import { createHash } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { hostname } from 'node:os'
import { DcError, quoted, throwIfInterrupted } from '@dc/core/plugin'
import { attemptsOf, pauseBefore } from './attempts'
import { type CheckedJob, checkJobs, checkWork } from './check-job'
import { checkSize } from './check-size'
import { childPool, JobFailure } from './child-pool'
import { countsOf, secondsLeft } from './overview'
import type { JobStatus, Queue, WorkerFacts, WorkOptions } from './queue'

interface Entry extends CheckedJob {
  status: JobStatus
  attempts: number
  bytes?: Uint8Array
  /** While it runs. */
  stop?: AbortController
  /** Not before this time. */
  notBefore: number
}

/** How a local queue differs from the default. */
export interface LocalQueueOptions {
  /** Milliseconds before a job that failed is tried again; twice as long the next time. Default 1000. */
  readonly retryPause?: number
}

const beatEvery = 1000
const lease = 30_000
const mostFailures = 20

/**
 * A queue in the memory of this process: jobs run in child processes of it, and are gone with it.
 *
 * @example
 * import { localQueue } from '@dc/distributed'
 * const queue = localQueue()
 */
export function localQueue({ retryPause = 1000 }: LocalQueueOptions = {}): Queue {
  const entries = new Map<string, Entry>()
  const values = new Map<string, Uint8Array>()
  const workers = new Set<WorkerFacts>()
  const changes = new EventEmitter().setMaxListeners(0)

  function change(entry: Entry, status: Partial<JobStatus>): void {
    entry.status = { ...entry.status, ...status }
    changes.emit('change')
  }

  /** The next job that may begin. */
  function next(): Entry | undefined {
    const now = performance.now()
    for (const entry of entries.values()) if (entry.status.state === 'waiting' && entry.notBefore <= now) return entry
    return undefined
  }

  /** Until something changes, or a pause may be over. */
  async function changed(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, AbortSignal.timeout(Math.min(retryPause, beatEvery))])
    await once(changes, 'change', { signal: either }).catch(() => {})
  }

  async function workOne(options: WorkOptions, pool: ReturnType<typeof childPool>, entry: Entry): Promise<void> {
    const { signal, onJob } = options
    const stop = new AbortController()
    const halt = () => stop.abort()
    signal.addEventListener('abort', halt, { once: true })
    entry.stop = stop
    const start = performance.now()
    change(entry, { state: 'running', progress: 0 })
    onJob?.(entry.id, 'begins')
    const seconds = () => (performance.now() - start) / 1000
    try {
      const bytes = await pool.run(entry, {
        signal: stop.signal,
        progress: (part) => change(entry, { progress: part }),
        value: async (key) => {
          const found = values.get(key)
          if (!found) throw new DcError('there is none of this key')
          return found
        },
      })
      if (entry.status.state === 'cancelled') return
      entry.bytes = bytes
      change(entry, { state: 'done', progress: 1, seconds: seconds(), reason: undefined })
      onJob?.(entry.id, 'done')
    } catch (error) {
      if (!JobFailure.isInstance(error)) throw error
      if (entry.status.state === 'cancelled') return
      if (signal.aborted) {
        change(entry, { state: 'waiting', progress: 0 })
        onJob?.(entry.id, 'back')
        return
      }
      entry.attempts++
      // There is no other machine whose disk might do.
      const over = error.why === 'refused' || error.why === 'disk' || entry.attempts >= attemptsOf
      entry.notBefore = performance.now() + pauseBefore(entry.attempts, retryPause)
      change(entry, { state: over ? 'failed' : 'waiting', reason: error.message, seconds: seconds() })
      onJob?.(entry.id, over ? 'failed' : 'back', error.message)
    } finally {
      signal.removeEventListener('abort', halt)
      entry.stop = undefined
    }
  }

  const queue: Queue = {
    async add(kind, jobs) {
      for (const job of checkJobs(kind, jobs)) {
        const state = entries.get(job.id)?.status.state
        if (state !== undefined && state !== 'failed' && state !== 'cancelled') continue
        entries.delete(job.id)
        entries.set(job.id, {
          ...job,
          status: { id: job.id, state: 'waiting', progress: 0 },
          attempts: 0,
          notBefore: 0,
        })
      }
      changes.emit('change')
    },
    async status(id) {
      return entries.get(id)?.status
    },
    async ended(ids, { signal, onChange } = {}) {
      const seen = new Map<string, JobStatus>()
      for (;;) {
        throwIfInterrupted(signal)
        const found = ids.map((id) => entries.get(id)?.status ?? missing(id))
        for (const status of found) {
          if (seen.get(status.id) !== status) onChange?.(status)
          seen.set(status.id, status)
        }
        if (found.every(({ state }) => state !== 'waiting' && state !== 'running')) return found
        await once(changes, 'change', { signal }).catch(() => {})
      }
    },
    async result(id) {
      const bytes = entries.get(id)?.bytes
      if (!bytes) throw new DcError(`Job ${quoted(id)} is not done.`, { id })
      return bytes
    },
    async cancel(ids) {
      for (const id of ids) {
        const entry = entries.get(id)
        if (entry?.status.state !== 'waiting' && entry?.status.state !== 'running') continue
        change(entry, { state: 'cancelled' })
        entry.stop?.abort()
      }
    },
    cancelAll: () => queue.cancel([...entries.keys()]),
    async remove(ids) {
      for (const id of ids) {
        const state = entries.get(id)?.status.state
        if (state !== 'waiting' && state !== 'running') entries.delete(id)
      }
    },
    async putValue(bytes) {
      checkSize(bytes, 'value')
      const key = createHash('sha256').update(bytes).digest('hex')
      values.set(key, bytes)
      return key
    },
    async removeValues(keys) {
      for (const key of keys) values.delete(key)
    },
    async work(options) {
      checkWork(options)
      const { signal, concurrency = 1 } = options
      const pool = childPool(options, lease)
      const running = new Set<string>()
      const facts: WorkerFacts = {
        host: hostname(),
        pid: process.pid,
        concurrency,
        get jobs() {
          return [...running]
        },
      }
      workers.add(facts)
      const beats = setInterval(() => {
        for (const id of running) pool.beat(id)
      }, beatEvery)
      const lane = async () => {
        while (!signal.aborted) {
          const entry = next()
          if (entry) {
            running.add(entry.id)
            await workOne(options, pool, entry).finally(() => running.delete(entry.id))
          } else await changed(signal)
        }
      }
      try {
        await Promise.all(Array.from({ length: concurrency }, lane))
      } finally {
        clearInterval(beats)
        workers.delete(facts)
        pool.close()
      }
    },
    async overview() {
      const all = [...entries.values()].map(({ status }) => status)
      const counts = countsOf(all)
      const times = all.flatMap(({ state, seconds }) => (state === 'done' && seconds !== undefined ? [seconds] : []))
      return {
        counts,
        ofOtherVersions: 0,
        workers: [...workers].map((worker) => ({ ...worker })),
        failures: all.filter(({ state }) => state === 'failed').slice(-mostFailures),
        secondsLeft: secondsLeft(counts, [...workers], times.slice(-100)),
      }
    },
    async close() {},
  }
  return queue
}

const missing = (id: string): JobStatus => ({ id, state: 'cancelled', progress: 0 })
