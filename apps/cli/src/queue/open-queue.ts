import { type Queue, redisQueue } from '@dc/distributed'
import { codeVersion } from './code-version'

/** The queue at an address, for jobs of this version of the code. @param lease milliseconds, of a worker */
export const openQueue = (address: string, lease?: number): Promise<Queue> =>
  redisQueue(address, { code: codeVersion(), ...(lease !== undefined && { lease }) })
