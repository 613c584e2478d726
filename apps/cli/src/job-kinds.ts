// What the processes of a worker import: the kinds of jobs that it does.
import type { JobKind, JobKinds } from '@dc/distributed'
import { runJob, type WorkerSettings } from './queue/run-job'

export const jobKinds: JobKinds = (settings) => [runJob(settings as WorkerSettings) as JobKind]
