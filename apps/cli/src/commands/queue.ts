import { OptionError, printable } from '@dc/core'
import type { Overview } from '@dc/distributed'
import { openQueue } from '../queue/open-queue'
import { duration } from '../report/numbers'
import type { Terminal } from '../terminal/output'
import { table } from '../terminal/table'
import { jsonText } from '../terminal/text'

/** What `dclust queue` was given. */
export interface QueueFlags {
  queue: string
  cancel?: boolean
  /** Of --cancel: jobs of other versions of the code too. */
  everyVersion?: boolean
  json?: boolean
}

/** `dclust queue --queue ADDRESS`: what is in a queue, and who works for it. @throws DcError for a queue that cannot be used */
export async function queue(flags: QueueFlags, { stdout }: Terminal): Promise<number> {
  if (flags.everyVersion && !flags.cancel)
    throw new OptionError('--every-version', 'without --cancel', 'together with --cancel')
  const queue = await openQueue(flags.queue)
  try {
    if (flags.cancel) await queue.cancelAll({ everyVersion: flags.everyVersion })
    const found = await queue.overview()
    stdout.write(flags.json ? `${jsonText(found)}\n` : `${told(found)}\n`)
    return 0
  } finally {
    await queue.close()
  }
}

function told({ counts, ofOtherVersions, workers, failures, secondsLeft, code }: Overview): string {
  const { waiting, running, done, failed, cancelled } = counts
  const left = secondsLeft ? `; about ${duration(secondsLeft)} left` : ''
  const jobs = `${waiting} waiting, ${running} running, ${done} done, ${failed} failed, ${cancelled} cancelled${left}`
  const rows = workers.map(({ host, pid, concurrency, jobs }) => [
    printable(host, 60),
    String(pid),
    String(concurrency),
    jobs.join(' '),
  ])
  return [
    jobs,
    ...(code === undefined ? [] : [`code version ${code}`]),
    ...(ofOtherVersions === 0
      ? []
      : [`${ofOtherVersions} of another version of the code wait or run; --cancel --every-version ends them`]),
    ...(rows.length === 0 ? ['no workers'] : [table(['host', 'process', 'at a time', 'jobs'], rows)]),
    ...failures.map(({ id, reason = '' }) => `failed: ${id}: ${printable(reason, 300)}`),
  ].join('\n')
}
