// A worker as a process of its own, which can be killed: node worker.mjs '{ "url": …, "name": …, "lease": … }'
import { redisQueue } from '../redis-queue'

const { url, name, code = 'test', lease = 1000, concurrency = 1, full = false } = JSON.parse(process.argv[2])
const beside = (file: string) => new URL(file, import.meta.url)
const stop = new AbortController()
process.on('SIGTERM', () => stop.abort())
const queue = await redisQueue(url, { code, name, lease, retryPause: 50 })
process.stdout.write('ready\n')
try {
  await queue.work({
    kinds: beside('./kinds.mjs'),
    program: beside('./child-main.mjs'),
    execArgv: [],
    settings: { full },
    concurrency,
    signal: stop.signal,
    onJob: (id, what, reason = '') => process.stdout.write(`${id} ${what} ${reason}\n`),
  })
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
} finally {
  await queue.close()
}
