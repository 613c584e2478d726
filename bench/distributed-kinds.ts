// What the processes of jobs do in `benches/distributed.ts`.
import { defineJob, type JobKind, type JobRequest } from '@dc/distributed'
import { runTask } from '@dc/pipelines/sharded'
import { z } from 'zod'

/** Nothing, so that what is measured is the queue. */
export const nothing = defineJob({
  name: 'nothing',
  payload: z.strictObject({}),
  run: async () => new Uint8Array(8),
})

const payload = z.strictObject({
  task: z.string(),
  args: z.record(z.string(), z.unknown()),
  values: z.record(z.string(), z.string()),
})
export const shardRequest: JobRequest<z.output<typeof payload>> = { name: 'shard', payload }

const shard = defineJob({
  ...shardRequest,
  run: ({ task, args, values }, { signal, value }) =>
    runTask({ task, args }, { signal, value: (name) => value(values[name]) }),
})

export const jobKinds = () => [nothing as JobKind, shard as JobKind]
