import { afterAll, beforeAll, describe } from 'vitest'
import { localQueue } from './local-queue'
import type { Queue } from './queue'
import { redisQueue } from './redis-queue'
import { testQueue } from './testing/conformance'
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
})
