// A coordinator as a process of its own, which can be killed: node coordinator.mjs '{ "url": …, "name": …, "jobs": […] }'
import { redisQueue } from '../redis-queue'
import { wait } from './kinds'

const { url, name, jobs } = JSON.parse(process.argv[2])
const queue = await redisQueue(url, { code: 'test', name, lease: 1000 })
await queue.add(wait, jobs)
process.stdout.write('ready\n')
await queue.ended(jobs.map(({ id }: { id: string }) => id))
await queue.close()
