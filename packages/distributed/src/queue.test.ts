import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localQueue } from './local-queue'
import type { Queue } from './queue'
import { redisQueue } from './redis-queue'
import { bundled } from './testing/bundled'
import { testQueue } from './testing/conformance'
import { reverse } from './testing/kinds'
import { type RedisServer, redisProgram, redisServer } from './testing/redis-server'

testQueue('localQueue', 500, async () => localQueue({ retryPause: 50 }))

const program = redisProgram()
describe.skipIf('reason' in program)('on Redis', () => {
  let server: RedisServer
  let count = 0
  beforeAll(async () => {
    server = await redisServer('path' in program ? program.path : '')
    await server.start()
  })
  afterAll(() => server.remove())
  const open = (): Promise<Queue> =>
    redisQueue(server.url, { code: 'test', name: `test-${count++}`, lease: 2000, retryPause: 50 })
  testQueue('redisQueue', 2000, open)

  it('a worker reads a value once for many jobs', async () => {
    const queue = await open()
    const stop = new AbortController()
    const work = queue.work({ ...bundled(), signal: stop.signal })
    const key = await queue.putValue(Uint8Array.of(1, 2))
    await queue.add(reverse, [{ id: 'first', payload: { key } }])
    await queue.ended(['first'])
    // The server has it no longer.
    await queue.removeValues([key])
    await queue.add(reverse, [{ id: 'second', payload: { key } }])
    await queue.ended(['second'])
    expect([...(await queue.result('second'))]).toEqual([2, 1])
    stop.abort()
    await work
    await queue.close()
  })
})
