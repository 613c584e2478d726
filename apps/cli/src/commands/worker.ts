import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { OptionError } from '@dc/core'
import { withoutSecrets } from '@dc/distributed/secrets'
import { jobModule } from '../job-module'
import { loadPlugins } from '../plugins'
import { openQueue } from '../queue/open-queue'
import { withoutChoices } from '../queue/without-choices'
import type { WorkerSettings } from '../queue/worker-settings'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'

/** What `dclust worker` was given. */
export interface WorkerFlags {
  queue: string
  concurrency: number
  /** Seconds. */
  lease: number
  backend?: string[]
  threads?: number
  plugin: string[]
  /** Folders that jobs may name places in. */
  within: string[]
}

/**
 * `dclust worker --queue ADDRESS`: does jobs until it is asked to stop.
 *
 * @returns the exit code: 130 after Ctrl-C
 * @throws DcError for a queue that cannot be used, jobs of another version, a disk that is full
 */
export async function worker(flags: WorkerFlags, { stderr, self, interruption }: Terminal): Promise<number> {
  const { note } = createNarrator(stderr)
  const { concurrency, backend, threads } = flags
  // A path starts from here, wherever a job works.
  const plugin = flags.plugin.map((name) => (/^\.{1,2}[\\/]/.test(name) ? resolve(name) : name))
  await loadPlugins(plugin)
  const within = flags.within.map((folder) => resolve(folder))
  const absent = within.find((folder) => !existsSync(folder))
  if (absent !== undefined) throw new OptionError('--within', absent, 'a folder of this machine')
  const settings: WorkerSettings = { plugin, backend, threads, within }
  const queue = await openQueue(flags.queue, flags.lease * 1000)
  const signal = interruption?.() ?? new AbortController().signal
  note(`working for ${withoutSecrets(flags.queue)}, ${concurrency} ${concurrency === 1 ? 'job' : 'jobs'} at a time`)
  try {
    await queue.work({
      kinds: jobModule,
      settings,
      concurrency,
      signal,
      // Of `node … main.js`.
      ...(self && { execArgv: self.slice(1, -1) }),
      env: withoutChoices(process.env),
      onJob(id, what, reason) {
        const told = { begins: 'begins', done: 'done', failed: 'failed', back: 'goes back to the queue' }[what]
        note(`${id}: ${told}${reason ? `: ${withoutSecrets(reason)}` : ''}`)
      },
    })
  } finally {
    await queue.close()
  }
  const { signals } = constants
  const name = signal.reason as NodeJS.Signals
  return 128 + (Object.hasOwn(signals, name) ? signals[name] : signals.SIGINT)
}
