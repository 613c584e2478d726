// A Redis server that wants a password, and workers of it, for the tests of one file.
import type { ChildProcess } from 'node:child_process'
import { type RedisServer, redisProgram, redisServer } from '@dc/distributed/testing/redis-server'
import { afterAll, beforeAll } from 'vitest'
import { ended, start } from './dclust-process'

/** What must be told nowhere. */
export const password = 'hush'

/** A worker that was started, or another process, and what it says. */
export interface Started {
  readonly child: ChildProcess
  readonly end: ReturnType<typeof ended>
  /** Its stderr until now. */
  told(): string
}

/** A server, and processes that end with the tests. */
export interface QueueOnRedis {
  /** Whether there is no Redis server to be had; the reason was printed. */
  readonly missing: boolean
  readonly program: string
  readonly server: RedisServer
  readonly address: string
  /** `dclust worker`, with more flags, and the largest file it may write, in KiB. */
  worker(flags?: readonly string[], limit?: number): Started
  /** Another command as a process of its own. */
  command(args: readonly string[]): Started
  /** Kills what was started and still runs. */
  killAll(): Promise<void>
}

/** @param options of the server, beside its password */
export function queueOnRedis(...options: readonly string[]): QueueOnRedis {
  const program = redisProgram()
  const path = 'path' in program ? program.path : ''
  const started: Started[] = []
  let server: RedisServer
  beforeAll(async () => {
    if (path === '') return
    server = await redisServer(path, ['--requirepass', password, ...options])
    await server.start()
  })
  const killAll = async () => {
    const all = started.splice(0)
    for (const { child } of all) child.kill('SIGKILL')
    await Promise.all(all.map(({ end }) => end))
  }
  afterAll(async () => {
    await killAll()
    await server?.remove()
  })
  const command = (args: readonly string[], limit?: number): Started => {
    const child = start(args, limit)
    let told = ''
    child.stderr?.on('data', (text) => {
      told += text
    })
    const one = { child, end: ended(child), told: () => told }
    started.push(one)
    return one
  }
  const address = () => server.url.replace('redis://', `redis://:${password}@`)
  return {
    missing: path === '',
    program: path,
    get server() {
      return server
    },
    get address() {
      return address()
    },
    worker: (flags = [], limit) =>
      command(['worker', '--queue', address(), '--lease', '4', '--backend', 'cpu', ...flags], limit),
    command,
    killAll,
  }
}
