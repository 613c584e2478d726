// What goes wrong on real machines, on a real server: after it every result is there, once, and right.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Queue } from './queue'
import { redisQueue } from './redis-queue'
import { bundled } from './testing/bundled'
import { sum, wait, write } from './testing/kinds'
import { type RedisServer, redisProgram, redisServer } from './testing/redis-server'

const program = redisProgram()
const path = 'path' in program ? program.path : ''
const folder = mkdtempSync(join(tmpdir(), 'dc-faults-'))
const log = (name: string) => join(folder, name)
const begun = (name: string) => readFileSync(log(name), 'utf8').trim().split('\n')
const number = async (queue: Queue, id: string) => new Float64Array((await queue.result(id)).buffer)[0]

let scripts: string
let server: RedisServer
const processes: ChildProcess[] = []
const queues: Queue[] = []

beforeAll(async () => {
  scripts = dirname(fileURLToPath(bundled().kinds))
  if (path === '') return
  server = await redisServer(path, ['--appendonly', 'yes', '--appendfsync', 'always'])
  await server.start()
})
afterEach(async () => {
  for (const child of processes.splice(0)) child.kill('SIGKILL')
  for (const queue of queues.splice(0)) await queue.close()
})
afterAll(async () => {
  await server?.remove()
  rmSync(folder, { recursive: true })
})

async function open(name: string, code = 'test', lease = 1000): Promise<Queue> {
  const queue = await redisQueue(server.url, { code, name, lease, retryPause: 50 })
  queues.push(queue)
  return queue
}

/** A worker or coordinator, and what it says. */
async function start(script: 'worker' | 'coordinator', name: string, options: object = {}, env = process.env) {
  const about = JSON.stringify({ url: server.url, name, ...options })
  const child = spawn(process.execPath, [join(scripts, `${script}.mjs`), about], { env, stdio: 'pipe' })
  processes.push(child)
  const said = { text: '', errors: '' }
  child.stdout.on('data', (text) => {
    said.text += text
  })
  child.stderr.on('data', (text) => {
    said.errors += text
  })
  const end = once(child, 'close') as Promise<[number | null]>
  await Promise.race([expect.poll(() => said.text, { timeout: 20_000 }).toContain('ready'), end])
  return { child, said, end }
}
const progress = (queue: Queue, id: string) =>
  expect.poll(async () => (await queue.status(id))?.progress, { timeout: 20_000 })
const states = async (queue: Queue, ids: readonly string[]) => (await queue.ended(ids)).map(({ state }) => state)

describe.skipIf('reason' in program)('faults', () => {
  it('a worker is killed in the middle: another does its job', async () => {
    const queue = await open('killed')
    const { child, end } = await start('worker', 'killed')
    await queue.add(wait, [{ id: 'a', payload: { ms: 1500, log: log('killed') } }])
    await progress(queue, 'a').toBe(0.5)
    child.kill('SIGKILL')
    await end
    await start('worker', 'killed')
    expect(await states(queue, ['a'])).toEqual(['done'])
    const pids = begun('killed').map((line) => Number(line.split(' ').at(-1)))
    expect(pids).toHaveLength(2)
    expect(await number(queue, 'a')).toBe(pids[1])
    // Its process has ended with it.
    expect(() => process.kill(pids[0], 0)).toThrow('ESRCH')
  })

  it('a coordinator is killed: the jobs go on, and the next one finds what is done', async () => {
    const jobs = ['a', 'b', 'c'].map((id) => ({ id, payload: { ms: 100, log: log('coordinator') } }))
    const { child, end } = await start('coordinator', 'coordinator', { jobs })
    child.kill('SIGKILL')
    await end
    await start('worker', 'coordinator')
    const queue = await open('coordinator')
    await queue.add(wait, jobs)
    expect(await states(queue, ['a', 'b', 'c'])).toEqual(['done', 'done', 'done'])
    expect(begun('coordinator').map((line) => line[0])).toEqual(['a', 'b', 'c'])
  })

  it('the server is killed and started again: work goes on', async () => {
    const queue = await open('server')
    await start('worker', 'server')
    const ids = ['a', 'b', 'c', 'd']
    await queue.add(
      wait,
      ids.map((id) => ({ id, payload: { ms: 300, log: log('server') } })),
    )
    await progress(queue, 'b').toBe(0.5)
    const first = await number(queue, 'a')
    const ended = queue.ended(ids)
    await server.kill('SIGKILL')
    await server.start()
    expect((await ended).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
    // What was done is done.
    expect(await number(queue, 'a')).toBe(first)
    expect(begun('server').filter((line) => line.startsWith('a '))).toHaveLength(1)
  })

  it('a server forgets a job: who added it adds it again', async () => {
    const queue = await open('forgets')
    await queue.add(sum, [{ id: 'a', payload: { numbers: [1, 2] } }])
    const other = await open('forgets')
    await other.cancelAll()
    await other.remove(['a'])
    expect(await queue.status('a')).toBeUndefined()
    await start('worker', 'forgets')
    expect(await states(queue, ['a'])).toEqual(['done'])
    await expect(other.ended(['b'])).rejects.toThrow("There is no job 'b' in the queue at redis://127.0.0.1")
  })

  it('a worker is too slow: its job goes to another, and its late result is not heard', async () => {
    const queue = await open('slow')
    const slow = await start('worker', 'slow')
    await queue.add(wait, [{ id: 'a', payload: { ms: 300, log: log('slow') } }])
    await progress(queue, 'a').toBe(0.5)
    // The process of its job goes on and sends its result, which lies there until the worker wakes.
    slow.child.kill('SIGSTOP')
    await start('worker', 'slow')
    expect(await states(queue, ['a'])).toEqual(['done'])
    const pids = begun('slow').map((line) => Number(line.split(' ').at(-1)))
    expect(pids).toHaveLength(2)
    slow.child.kill('SIGCONT')
    await queue.add(sum, [{ id: 'b', payload: { numbers: [1] } }])
    await queue.ended(['b'])
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(slow.said.text).not.toContain('a done')
    expect(await number(queue, 'a')).toBe(pids[1])
  })

  it('two coordinators want the same: it is done once, and both have it', async () => {
    // Long, so that a busy machine gives no job away.
    const lease = 60_000
    const both = [await open('two', 'test', lease), await open('two', 'test', lease)]
    await start('worker', 'two', { concurrency: 2, lease })
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const jobs = ids.map((id) => ({ id, payload: { ms: 30, log: log('two') } }))
    const ends = await Promise.all(both.map((queue) => queue.add(wait, jobs).then(() => states(queue, ids))))
    expect(ends.flat()).toEqual(Array.from({ length: 12 }, () => 'done'))
    expect(
      begun('two')
        .map((line) => line[0])
        .sort(),
    ).toEqual(ids)
    expect(await number(both[0], 'f')).toBe(await number(both[1], 'f'))
  })

  it("one worker's disk is full: it says so and leaves, and others do its jobs", async () => {
    const queue = await open('disk')
    const full = await start('worker', 'disk', { full: true })
    await queue.add(write, [{ id: 'a', payload: { n: 7 } }])
    expect((await full.end)[0]).toBe(1)
    expect(full.said.errors).toBe(
      'This worker cannot go on, and its job goes to others: Cannot write: the disk is full.\n',
    )
    expect(await queue.status('a')).toMatchObject({ state: 'waiting' })
    await start('worker', 'disk')
    expect(await states(queue, ['a'])).toEqual(['done'])
    expect(await number(queue, 'a')).toBe(7)
  })

  it('code of another version neither does jobs nor adds them, until all is done', async () => {
    const queue = await open('version')
    await queue.add(sum, [{ id: 'a', payload: { numbers: [1] } }])
    const other = await start('worker', 'version', { code: 'other' })
    expect((await other.end)[0]).toBe(1)
    expect(other.said.errors).toMatch(
      /^This worker is of code version 'other', the jobs in the queue at redis:\/\/127\.0\.0\.1:\d+ are of 'test'\. Install the same version everywhere/,
    )
    const second = await open('version', 'other')
    await expect(second.add(sum, [{ id: 'a', payload: { numbers: [5] } }])).rejects.toThrow(
      "This process is of code version 'other'",
    )
    expect((await second.overview()).code).toBe('test')
    await start('worker', 'version')
    expect(await states(queue, ['a'])).toEqual(['done'])
    await second.add(sum, [{ id: 'a', payload: { numbers: [5] } }])
    await start('worker', 'version', { code: 'other' })
    expect(await states(second, ['a'])).toEqual(['done'])
    expect([await number(queue, 'a'), await number(second, 'a')]).toEqual([1, 5])
  })

  it('jobs of another version are ended by who asks for it: waiting, running, and of a worker that is gone', async () => {
    const old = await open('old', 'old')
    const job = (id: string) => ({ id, payload: { ms: 60_000, log: log('old') } })
    await old.add(wait, [job('lost')])
    const lost = await start('worker', 'old', { code: 'old' })
    await progress(old, 'lost').toBe(0.5)
    lost.child.kill('SIGKILL')
    await old.add(wait, [job('waits'), job('runs')])
    const queue = await open('old', 'new')
    expect((await queue.overview()).ofOtherVersions).toBe(3)
    // Those of its own version alone.
    await queue.cancelAll()
    expect((await queue.overview()).ofOtherVersions).toBe(3)
    const worker = await start('worker', 'old', { code: 'old', concurrency: 2 })
    await progress(old, 'runs').toBe(0.5)
    // What a worker was lost with is ended once its lease is over.
    const left = async () => {
      await queue.cancelAll({ everyVersion: true })
      return (await queue.overview()).ofOtherVersions
    }
    await expect.poll(left, { timeout: 20_000 }).toBe(0)
    expect(await states(old, ['lost', 'waits', 'runs'])).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(worker.said.text).not.toContain('done')
    // Nothing is in the way of the new version.
    await queue.add(sum, [{ id: 'a', payload: { numbers: [2] } }])
    worker.child.kill('SIGKILL')
    await start('worker', 'old', { code: 'new' })
    expect(await states(queue, ['a'])).toEqual(['done'])
  })

  it('jobs of another version none of whose workers is left are ended', async () => {
    const old = await open('orphans', 'old')
    await old.add(wait, [{ id: 'lost', payload: { ms: 60_000, log: log('orphans') } }])
    const lost = await start('worker', 'orphans', { code: 'old' })
    await progress(old, 'lost').toBe(0.5)
    lost.child.kill('SIGKILL')
    await lost.end
    const queue = await open('orphans', 'new')
    const left = async () => {
      await queue.cancelAll({ everyVersion: true })
      return (await queue.overview()).ofOtherVersions
    }
    await expect.poll(left, { timeout: 20_000 }).toBe(0)
    expect((await queue.overview()).code).toBeUndefined()
  })
})

describe.skipIf('reason' in program)('a server that cannot be used', () => {
  const refused = (url: string) =>
    redisQueue(url, { code: 'test' }).then(
      () => 'no error',
      (error: Error) => error.message,
    )
  const withPassword = (text: string) => `${text.replace('redis://', 'redis://ann:s3cr3t@')}`

  it('may drop jobs: refused with what to set', async () => {
    const evicting = await redisServer(path, ['--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru'])
    await evicting.start()
    expect(await refused(evicting.url)).toMatch(
      /^Redis at redis:\/\/127\.0\.0\.1:\d+ may drop jobs when its memory is full \(maxmemory-policy allkeys-lru\)\. Set it: redis-cli config set maxmemory-policy noeviction/,
    )
    await evicting.remove()
  })

  it('wants a password: none or a wrong one is told without it', async () => {
    const users = log('users.acl')
    appendFileSync(users, 'user default on >s3cret ~* &* +@all\nuser ann on >0ther! ~* &* +@all\n')
    const locked = await redisServer(path, ['--aclfile', users])
    await locked.start()
    const to = (user: string) => locked.url.replace('redis://', `redis://${user}@`)
    expect(await refused(locked.url)).toContain('it asks for a password')
    for (const user of [':wr0ng', 'ann:wr0ng', 'nobody:wr0ng']) {
      const message = await refused(to(user))
      expect(message).toMatch(/^Redis at redis:\/\/127\.0\.0\.1:\d+: user or password is wrong\.$/)
      expect(message).not.toContain('wr0ng')
    }
    for (const user of [':s3cret', 'ann:0ther!', 'ann:0ther%21']) expect(await refused(to(user))).toBe('no error')
    await locked.remove()
  })

  it('is not there, or no address', async () => {
    const gone = await redisServer(path)
    expect(await refused(withPassword(gone.url))).toMatch(
      /^Redis at redis:\/\/127\.0\.0\.1:\d+: nothing listens there\.$/,
    )
    for (const address of [
      'host:6379',
      'http://ann:s3cr3t@host',
      'redis://ann:s3cr3t@host/name',
      '',
      'redis://',
      'redis://host?password=s3cr3t',
      'redis://:s3cr3t/x@host',
      'redis://host#s3cr3t',
    ]) {
      const message = await refused(address)
      expect(message).toContain('address of the queue: got ')
      expect(message).toContain('allowed: redis://host:6379')
      expect(message).not.toContain('s3cr3t')
    }
    await gone.remove()
  })

  it('speaks TLS, and is believed only by who knows who signed its certificate', async () => {
    const [key, certificate] = [log('key.pem'), log('cert.pem')]
    const about = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...about],
      { stdio: 'ignore' },
    )
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no']
    const secure = await redisServer(path, tls, true)
    await secure.start()
    const url = secure.url.replace('redis:', 'rediss:')
    expect(await refused(url)).toContain(
      'its certificate is signed by itself; name the file of who signed it in NODE_EXTRA_CA_CERTS',
    )
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate }
    const { said, child, end } = await start('worker', 'tls', { url }, env)
    expect(said.errors).toBe('')
    child.kill('SIGTERM')
    expect((await end)[0]).toBe(0)
    await secure.remove()
  })
})
