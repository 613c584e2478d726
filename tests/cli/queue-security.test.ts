// Passwords of a queue are told nowhere; plugins and places are the worker's own affair.
import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { full } from '../full'
import { blobsCsv, dclust, temporaryFolder } from './dclust'
import { password, queueOnRedis } from './queue-on-redis'

const core = createRequire(new URL('../../packages/core/package.json', import.meta.url))
const folder = temporaryFolder()
afterAll(folder.remove)
const redis = queueOnRedis('--appendonly', 'yes')
const out = (name: string) => folder.file(name)

describe('addresses that cannot be used', () => {
  it.each([
    'redis://ann:s3cret@127.0.0.1:1',
    'redis://:s3cret@127.0.0.1:1/3',
    'redis://ann:p%40s3cret%2F@127.0.0.1:1',
    'rediss://ann:s3cret@127.0.0.1:1',
    'redis://127.0.0.1:1?password=s3cret',
    'redis://127.0.0.1:1#s3cret',
    'redis://:s3cret/x?y#z@127.0.0.1:1',
    'redis://:s3cret\'w"ith quotes@127.0.0.1:1',
    'REDIS://:s3cret@127.0.0.1:1',
    'http://ann:s3cret@host',
    'redis://ann:s3cret@host:port',
  ])('%s', async (address) => {
    for (const args of [
      ['queue', '--queue', address],
      ['queue', `--queue=${address}`],
      ['queue', `--quue=${address}`],
      ['worker', '--queue', address],
      ['queue', address],
    ]) {
      const { code, stdout, stderr } = await dclust(args)
      expect(code).toBeGreaterThan(0)
      expect(stdout + stderr).not.toMatch(/s3cret|unexpected/)
    }
  })
})

describe.skipIf(redis.missing)('a worker', () => {
  it('hides the password from lists of processes, does only what its own command line allows, and nothing tells the password', async () => {
    mkdirSync(out('shared'))
    const [blobs, own, marks] = [out('shared/blobs.csv'), out('own.mjs'), out('loaded-by')]
    writeFileSync(blobs, blobsCsv(60, true))
    writeFileSync(own, plugin(marks))
    const within = ['--within', out('shared'), '--within', process.cwd()]
    const first = redis.worker(within)
    await expect.poll(first.told, { timeout: 60_000, interval: 20 }).toContain('working for redis://***@127.0.0.1')
    const command = readFileSync(`/proc/${first.child.pid}/cmdline`, 'utf8')
    expect(command).toContain('redis://***@')
    expect(command).not.toContain(password)
    // The server listens, and of a worker and its processes none.
    expect(listening(process.pid).length).toBeGreaterThan(0)
    expect(listening(first.child.pid!)).toEqual([])

    const sweep = (place: string, ...more: string[]) =>
      dclust([
        ...['sweep', 'kmeans', '--data', `csv:${blobs}`, '--labels', '-1', '--k', '3', '--backend', 'cpu'],
        ...['--queue', redis.address, '--out', out(place), ...more],
      ])
    const outside = await sweep('outside')
    expect([outside.code, outside.stderr]).toEqual([1, expect.stringContaining(`a place within ${out('shared')}`)])
    expect(readdirSync(out('outside'))).toEqual(['sweep.json'])

    const scored = () => sweep('shared/sweep', '--plugin', own, '--set', 'scores=["known-share"]')
    const stranger = await scored()
    expect([stranger.code, stranger.stderr]).toEqual([1, expect.stringContaining("'known-share'")])
    const loaded = () => new Set(readFileSync(marks, 'utf8').trim().split('\n'))
    // Whoever asked has loaded it, and nobody else.
    expect(loaded()).toEqual(new Set([String(process.pid)]))
    expect(listening(first.child.pid!)).toEqual([])
    const shown = await dclust(['queue', '--queue', redis.address])
    expect(shown.stdout).toContain('2 failed')
    const workers = [first]
    const answers = [outside, stranger, shown]
    if (full) {
      first.child.kill('SIGTERM')
      await first.end
      workers.push(redis.worker([...within, '--plugin', own]))
      const done = await scored()
      expect(done.code, done.stderr).toBe(0)
      expect(loaded().size).toBeGreaterThan(1)
      answers.push(done)
    }

    const told = answers.flatMap(({ stdout, stderr }) => [stdout, stderr])
    const written = [...textsIn(folder.path), ...textsIn(redis.server.folder)]
    expect(written.length).toBeGreaterThan(10)
    for (const text of [...told, ...workers.map(({ told }) => told()), ...written]) expect(text).not.toContain(password)
  }, 240_000)
})

/** What Linux tells of a process; none if it has ended meanwhile. */
function told<T>(read: () => T, none: T): T {
  try {
    return read()
  } catch {
    return none
  }
}

/** Sockets on which a process listens, or one that it started. */
function listening(pid: number): string[] {
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) =>
    told(() => readFileSync(path, 'utf8'), '')
      .trim()
      .split('\n'),
  )
  const cells = rows.map((row) => row.trim().split(/\s+/))
  const open = new Set(cells.flatMap(([, , , state, , , , , , socket]) => (state === '0A' ? [socket] : [])))
  const socketOf = (file: string) => /^socket:\[(\d+)\]$/.exec(told(() => readlinkSync(file), ''))?.[1] ?? ''
  const files = told(() => readdirSync(`/proc/${pid}/fd`), [])
  const own = files.map((file) => socketOf(`/proc/${pid}/fd/${file}`)).filter((socket) => open.has(socket))
  const children = told(() => readdirSync(`/proc/${pid}/task`), []).flatMap((task) =>
    told(() => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'), '').split(' '),
  )
  return [...own, ...children.filter((child) => child !== '').flatMap((child) => listening(Number(child)))]
}

const plugin = (marks: string) => `import { appendFileSync } from 'node:fs'
import { z } from '${pathToFileURL(core.resolve('zod')).href}'
appendFileSync(${JSON.stringify(marks)}, process.pid + '\\n')
export const plugins = [
  { apiVersion: 1, options: z.strictObject({}), kind: 'metric', name: 'known-share', create: () => ({
    higherIsBetter: true, needs: 'truth', compute: ({ labels }) => labels.length }) },
]`

/** Everything that is written below a folder; of a server also what the queue holds. */
const textsIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
