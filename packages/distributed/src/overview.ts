import type { JobState, JobStatus, Overview, WorkerFacts } from './queue'

/** How many jobs stand how. */
export function countsOf(statuses: readonly JobStatus[]): Overview['counts'] {
  const counts: Record<JobState, number> = { waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 }
  for (const { state } of statuses) counts[state]++
  return counts
}

/**
 * Seconds until all is done, if jobs take as long as those that ended last.
 *
 * @param times seconds of jobs that ended
 */
export function secondsLeft(
  { waiting, running }: Overview['counts'],
  workers: readonly WorkerFacts[],
  times: readonly number[],
): number | undefined {
  const open = waiting + running
  if (open === 0) return 0
  const places = workers.reduce((sum, { concurrency }) => sum + concurrency, 0)
  if (places === 0 || times.length === 0) return undefined
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  // A running job is taken to be half done.
  return ((open - running / 2) * mean) / Math.min(places, open)
}
