import type { JobRequest } from '@dc/distributed'
import { z } from 'zod'

/** A piece of work on one shard. Its arguments are checked by the task itself, before anything is done. */
const payloadSchema = z.strictObject({
  task: z.string().min(1),
  args: z.record(z.string(), z.unknown()),
  /** Keys of values of the queue, by the names that the task has for them. */
  values: z.record(z.string(), z.string()),
})
export type ShardPayload = z.output<typeof payloadSchema>

/** What is needed to ask for such work. */
export const shardRequest: JobRequest<ShardPayload> = { name: 'shard', payload: payloadSchema }
