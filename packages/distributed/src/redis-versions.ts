import { createHash } from 'node:crypto'
import type { Queue as BullQueue } from 'bullmq'
import type { RedisHouse } from './redis-house'

const start = 'jobs-'
const open = ['wait', 'active', 'delayed', 'prioritized'] as const

/** Name of BullMQ's queue for jobs of a version of the code. */
export const queueNameOf = (code: string): string =>
  `${start}${createHash('sha256').update(code).digest('hex').slice(0, 16)}`

/** BullMQ's queue of another version, to look at. */
export const queueNamed = ({ bullmq, client, keys }: Pick<RedisHouse, 'bullmq' | 'client' | 'keys'>, name: string) =>
  new bullmq.Queue(name, { connection: client, prefix: keys.prefix, skipMetasUpdate: true })

/** Those of all other versions that were ever here. */
export async function otherQueues(house: RedisHouse): Promise<BullQueue[]> {
  const { client, keys, queueName } = house
  const names = new Set<string>()
  for await (const found of client.scanStream({ match: `${keys.prefix}:${start}*:meta`, count: 1000 }))
    for (const key of found as string[]) names.add(key.slice(keys.prefix.length + 1, -':meta'.length))
  names.delete(queueName)
  return [...names].map((name) => queueNamed(house, name))
}

/** How many jobs of a queue wait or run. */
export const openCount = (queue: BullQueue): Promise<number> => queue.getJobCountByTypes(...open)

/** Their ids. */
export async function openIds(queue: BullQueue): Promise<string[]> {
  const jobs = await queue.getJobs([...open])
  return jobs.flatMap((job) => job?.id ?? [])
}
