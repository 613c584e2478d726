import type { JobContext } from '@dc/distributed'
import { runTask } from '@dc/pipelines/sharded'
import type { ShardPayload } from './shard-request'

/** Does a call on a shard. Values come from the queue, the answer goes there, both as bytes. */
export async function shardJob(
  { task, args, values }: ShardPayload,
  { signal, value }: JobContext,
): Promise<Uint8Array> {
  return runTask({ task, args }, { signal, value: (name) => value(values[name]) })
}
