import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Queue } from '@dc/distributed'
import type { RunConfig } from '../config/run-config'
import { awaitJobs, type JobEnd, type Waiting } from './await-jobs'
import { codeVersion } from './code-version'
import { type RunPayload, runRequest } from './run-request'
import { sorted } from './sorted'

/** A run of one seed that a worker is to do. */
export interface QueuedRun {
  readonly path: string
  readonly config: RunConfig
  /** Checksum of its data. */
  readonly data: string
}

/**
 * Lets workers do runs, and waits for them. A run is one job, whoever asks for it: its id is made of its settings, its data, the version
 * of the code and the folder it is written to.
 *
 * @param onEnd is told of each as it ends
 * @returns how each ended, in their order; null where this process stopped waiting, which ends no job
 */
export async function runsOnQueue(
  queue: Queue,
  runs: readonly QueuedRun[],
  waiting: Waiting,
): Promise<(JobEnd | null)[]> {
  const payloads = runs.map(
    ({ path, config, data }): RunPayload => ({
      cwd: process.cwd(),
      path: resolve(path),
      config: JSON.parse(JSON.stringify(config)),
      data,
    }),
  )
  const code = codeVersion()
  const ids = payloads.map((payload) => idOf(payload, code))
  // A job may be done whose folder was deleted since.
  await queue.remove(ids.filter((_, at) => !existsSync(join(payloads[at].path, 'metrics.json'))))
  await queue.add(
    runRequest,
    ids.map((id, at) => ({ id, payload: payloads[at] })),
  )
  return awaitJobs(queue, ids, waiting)
}

/** A job's id: two jobs that have it would do the same. */
function idOf({ path, config, data }: RunPayload, code: string): string {
  const about = JSON.stringify([path, sorted(config), data, code])
  return `run-${createHash('sha256').update(about).digest('hex').slice(0, 32)}`
}
