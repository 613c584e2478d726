import { createHash } from 'node:crypto'
import { DcError, throwIfInterrupted } from '@dc/core'
import type { Queue } from '@dc/distributed'
import type { ShardRunner } from '@dc/pipelines/sharded'
import { sorted } from '../queue/sorted'
import { type ShardPayload, shardRequest } from './shard-request'

/** How often values are sent again that another coordinator of the same work has taken away. */
const mostTries = 5
const gone = /there is none of this key/

/**
 * Has calls done by the workers of a queue. Values and answers travel as bytes, and are taken away once an answer is there; answers
 * are heard in the order of the calls, whoever is faster.
 *
 * @param code version of the code, a part of what a job is known by
 */
export function queueRunner(queue: Queue, code: string, signal?: AbortSignal): ShardRunner {
  return {
    async run(calls, onAnswer) {
      throwIfInterrupted(signal)
      const keys = new Map<Uint8Array, string>()
      const put = async () => {
        for (const { values = {} } of calls)
          for (const bytes of Object.values(values)) if (!keys.has(bytes)) keys.set(bytes, await queue.putValue(bytes))
      }
      await put()
      const jobs = calls.map(({ task, args, values = {} }) => {
        const named = Object.entries(values).map(([name, bytes]) => [name, keys.get(bytes)!])
        const payload: ShardPayload = { task, args: { ...args }, values: Object.fromEntries(named) }
        const about = JSON.stringify([sorted(payload), code])
        return { id: `shard-${createHash('sha256').update(about).digest('hex').slice(0, 32)}`, payload }
      })
      await queue.add(shardRequest, jobs)
      let heard = 0
      try {
        for (const [at, job] of jobs.entries()) {
          const answer = await answerOf(queue, job, { put: () => put(), forget: () => keys.clear(), signal })
          await onAnswer(answer, at)
          heard++
          await queue.remove([job.id])
        }
      } finally {
        // What nobody waits for any longer need not be done.
        const open = jobs.slice(heard).map(({ id }) => id)
        if (open.length > 0) await queue.cancel(open).catch(() => {})
        await queue.removeValues([...keys.values()]).catch(() => {})
      }
    },
  }
}

async function answerOf(
  queue: Queue,
  job: { readonly id: string; readonly payload: ShardPayload },
  { put, forget, signal }: { put(): Promise<void>; forget(): void; signal?: AbortSignal },
): Promise<Uint8Array> {
  for (let tries = 1; ; tries++) {
    const [{ state, reason = '' }] = await queue.ended([job.id], { signal })
    if (state === 'done') {
      const bytes = await queue.result(job.id).catch(() => undefined)
      if (bytes) return bytes
    } else if (!gone.test(reason) && state !== 'cancelled')
      throw new DcError(`Work on a shard ${state}: ${reason}`, { task: job.payload.task })
    // Another coordinator of the same work was faster, and has taken values or answers away.
    if (tries === mostTries) throw new DcError(`Work on a shard ${state}: ${reason}`, { task: job.payload.task })
    forget()
    await put()
    await queue.remove([job.id])
    await queue.add(shardRequest, [job])
  }
}
