import type { Redis } from 'ioredis'

/** What the parts of a queue on Redis share. */
export interface RedisHouse {
  readonly bullmq: typeof import('bullmq')
  readonly client: Redis
  readonly keys: ReturnType<typeof keysOf>
  /** That of BullMQ; one for each code version. */
  readonly queueName: string
  readonly lease: number
  /** The server, for people. */
  readonly server: string
}

/** What BullMQ keeps of a job that is done: where its result lies. It counts only once BullMQ has taken it, under the lock. */
export interface Committed {
  readonly key: string
}

/** Seconds that jobs, results and values are kept. */
export const keptSeconds = 7 * 24 * 3600

/** Names of what a queue has on the server. */
export const keysOf = (name: string) => ({
  prefix: name,
  /** Version of the code that added jobs last. */
  code: `${name}:code`,
  /** Ids, by the time when they were cancelled. */
  cancelled: `${name}:cancelled`,
  value: (key: string) => `${name}:value:${key}`,
  result: (key: string) => `${name}:result:${key}`,
  worker: (id: string) => `${name}:worker:${id}`,
})

export async function isCancelled({ client, keys }: RedisHouse, id: string): Promise<boolean> {
  return (await client.zscore(keys.cancelled, id)) !== null
}
