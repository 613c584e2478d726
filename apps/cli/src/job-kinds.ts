// What the processes of a worker import: the kinds of jobs that it does. What one needs is loaded when it is asked for.
import type { JobKind, JobKinds } from '@dc/distributed'
import { partRequest } from './extract/part-request'
import { runRequest } from './queue/run-request'
import { requireWithin } from './queue/within'
import type { WorkerSettings } from './queue/worker-settings'
import { shardRequest } from './shards/shard-request'

type Run = JobKind['run']

export const jobKinds: JobKinds = (given) => {
  const settings = given as WorkerSettings
  const { within = [] } = settings
  const loaded = (load: () => Promise<Run>): Run => {
    let run: Promise<Run> | undefined
    return async (payload, context) => {
      const { cwd = within[0] } = payload as { cwd?: string }
      if (within.length > 0) requireWithin(within, payload, cwd, context.id)
      return (await (run ??= load()))(payload, context)
    }
  }
  return [
    {
      ...runRequest,
      ownProcess: true,
      run: loaded(async () => (await import('./queue/run-job')).runJob(settings) as Run),
    },
    { ...shardRequest, run: loaded(async () => (await import('./shards/shard-job')).shardJob as Run) },
    { ...partRequest, run: loaded(async () => (await import('./extract/part-job')).partJob(settings) as Run) },
  ]
}
