import { InterruptedError } from '@dc/core'
import type { Queue } from '@dc/distributed'
import { duration } from '../report/numbers'

/** How a job ended. */
export interface JobEnd {
  readonly state: 'done' | 'failed' | 'cancelled'
  readonly reason: string
  readonly seconds: number
}

/** How waiting is watched. */
export interface Waiting {
  readonly signal?: AbortSignal
  note(line: string): void
  onBegin?(at: number): void
  onEnd?(at: number, end: JobEnd): void
}

const noWorkerAfter = 5000

/**
 * Waits for jobs of a queue.
 *
 * @param onEnd is told of each as it ends
 * @returns how each ended, in their order; null where this process stopped waiting
 */
export async function awaitJobs(
  queue: Queue,
  ids: readonly string[],
  { signal, note, onBegin, onEnd }: Waiting,
): Promise<(JobEnd | null)[]> {
  const ends: (JobEnd | null)[] = ids.map(() => null)
  const begun = new Set<string>()
  const lonely = setTimeout(() => void tellIfAlone(queue, note), noWorkerAfter)
  const place = new Map(ids.map((id, at) => [id, at]))
  try {
    await queue.ended(ids, {
      signal,
      onChange({ id, state, reason = '', seconds = 0 }) {
        const at = place.get(id)!
        if (state === 'running' && !begun.has(id)) {
          begun.add(id)
          onBegin?.(at)
        }
        if (state === 'waiting' || state === 'running') return
        ends[at] = { state, reason, seconds }
        onEnd?.(at, ends[at])
      },
    })
  } catch (error) {
    if (!InterruptedError.isInstance(error)) throw error
  } finally {
    clearTimeout(lonely)
  }
  return ends
}

async function tellIfAlone(queue: Queue, note: (line: string) => void): Promise<void> {
  const found = await queue.overview().catch(() => undefined)
  if (found?.workers.length === 0) note('no worker is at this queue yet; start some: dclust worker --queue ADDRESS')
  else if (found?.secondsLeft) note(`about ${duration(found.secondsLeft)} left in the queue`)
}
