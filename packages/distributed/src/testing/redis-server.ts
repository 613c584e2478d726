// A real Redis server for tests.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../../../scripts/setup-redis', import.meta.url))

/** The program, or why there is none. */
export function redisProgram(): { path: string } | { reason: string } {
  const { status, stdout } = spawnSync(script, { encoding: 'utf8' })
  const last = stdout.trim().split('\n').at(-1) ?? ''
  if (status === 0) return { path: last }
  process.stderr.write(`Queues on Redis are not tested: ${last}\n`)
  return { reason: last }
}

/** A server that can be killed and started again. */
export interface RedisServer {
  readonly port: number
  readonly folder: string
  readonly url: string
  start(): Promise<void>
  kill(signal: NodeJS.Signals): Promise<void>
  remove(): Promise<void>
}

/** @param options as on its command line, beside those that keep it to this machine */
export async function redisServer(path: string, options: readonly string[] = [], tls = false): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dc-redis-'))
  const port = await freePort()
  let server: ChildProcess | undefined
  const ports = tls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)]
  const made: RedisServer = {
    port,
    folder,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const fixed = ['--bind', '127.0.0.1', ...ports, '--dir', folder, '--save', '']
      server = spawn(path, [...fixed, ...options], { stdio: 'ignore' })
      while (!(await listens(port))) {
        if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode}`)
        await pause(20)
      }
    },
    async kill(signal) {
      if (!server || server.exitCode !== null || server.signalCode !== null) return
      const end = once(server, 'exit')
      server.kill(signal)
      await end
    },
    async remove() {
      await made.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return made
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
