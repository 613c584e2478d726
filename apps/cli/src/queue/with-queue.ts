import { localQueue, type Queue } from '@dc/distributed'
import { jobModule } from '../job-module'
import { openQueue } from './open-queue'
import { withoutChoices } from './without-choices'
import type { WorkerSettings } from './worker-settings'

/** Which queue, and how this process works for it where there is no other. */
export interface QueueChoice {
  /** That of a Redis server, whose workers do the jobs; undefined for processes of this machine. */
  readonly address?: string
  /** Jobs at a time, on this machine. */
  readonly jobs: number
  readonly settings: WorkerSettings
  /** The command that starts this program. */
  readonly self?: readonly string[]
  readonly signal?: AbortSignal
}

/**
 * Opens a queue for as long as it is used. Without an address, jobs run in processes of this machine, and end with it: those that
 * run are asked to stop once the signal is aborted, and keep what they have.
 */
export async function withQueue<T>(choice: QueueChoice, use: (queue: Queue) => Promise<T>): Promise<T> {
  const { address, jobs, settings, self, signal } = choice
  if (address !== undefined) {
    const queue = await openQueue(address)
    return use(queue).finally(() => queue.close())
  }
  const queue = localQueue()
  const end = new AbortController()
  const work = queue.work({
    kinds: jobModule,
    settings,
    concurrency: jobs,
    signal: signal ? AbortSignal.any([signal, end.signal]) : end.signal,
    // Of `node … main.js`.
    ...(self && { execArgv: self.slice(1, -1) }),
    env: withoutChoices(process.env),
  })
  try {
    return await Promise.race([use(queue), work.then(() => new Promise<never>(() => {}))])
  } finally {
    end.abort()
    await work
    await queue.close()
  }
}
