// What a stranger may write into a queue: nothing runs of it, and it is told in one sentence.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DcError } from '@dc/core'
import type { JobContext, JobKind } from '@dc/distributed'
import { runTask } from '@dc/pipelines/sharded'
import { packed, unpacked } from '@dc/pipelines/sharded/packed'
import { shardTasks } from '@dc/pipelines/sharded/tasks'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { jobKinds } from '../job-kinds'
import { requireWithin } from './within'

const root = mkdtempSync(join(tmpdir(), 'dc-payloads-'))
afterAll(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'shared/inside'), { recursive: true })
mkdirSync(join(root, 'secret'))
symlinkSync(join(root, 'secret'), join(root, 'shared/link'))
symlinkSync(join(root, 'absent'), join(root, 'shared/dangling'))
symlinkSync('loop', join(root, 'shared/loop'))
const shared = join(root, 'shared')

const hostile = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withTypedArray: true }),
  fc.constantFrom('__proto__', 'constructor', '../x', '/etc/passwd', 'a\0b', '', 'x'.repeat(100_000)),
  fc.constantFrom(Number.NaN, Infinity, -1, 1e308, 2 ** 53, null, undefined),
)
const valid: Readonly<Record<string, Record<string, unknown>>> = {
  run: { cwd: shared, path: join(shared, 'run'), config: {}, data: '0' },
  extract: {
    ...{ cwd: shared, out: join(shared, 'out'), number: 0, id: 'a', format: 'npy', checksum: 'c' },
    encoder: { name: 'x', options: {} },
  },
  shard: { task: 'label', args: {}, values: {} },
}
const kinds = jobKinds({ plugin: [] })
const context: JobContext = {
  id: 'job',
  signal: new AbortController().signal,
  progress: () => {},
  value: async () => new Uint8Array(0),
}

describe.each(kinds.map((kind) => [kind.name, kind] as const))('the payload of %s', (name, { payload }: JobKind) => {
  it('is taken as it is, and in no other form', () => {
    expect(payload.safeParse(valid[name]).success).toBe(true)
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(valid[name]), 'more'), hostile, (key, value) => {
        const found = payload.safeParse({ ...valid[name], [key]: value })
        // What it takes has no member that it does not know.
        if (found.success)
          expect(Object.keys(valid[name])).toEqual(
            expect.arrayContaining(
              Object.keys(found.data as object).filter((k) => !['folder', 'classNames', 'data'].includes(k)),
            ),
          )
        if (key === 'more') expect(found.success).toBe(false)
      }),
    )
    fc.assert(fc.property(hostile, (value) => void expect(payload.safeParse(value).success).toBe(false)))
    const proto = JSON.parse(`{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } }`)
    expect(payload.safeParse({ ...valid[name], ...proto }).success).toBe(false)
    payload.safeParse(Object.assign(Object.create({ polluted: 1 }), valid[name]))
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it.skipIf(name === 'shard')('names places that are the same on every machine', () => {
    for (const key of ['cwd', name === 'run' ? 'path' : 'out'])
      for (const path of ['relative', '../x', '/a/../b', '/a/./b', '/a//b', '/a\0b', '', '.', `/${'x'.repeat(5000)}`])
        expect(payload.safeParse({ ...valid[name], [key]: path }).success, path).toBe(false)
  })
})

describe('work on shards', () => {
  it('of no task, or with arguments that it does not take, is refused before anything is done', async () => {
    const names = [...shardTasks.map(({ name }) => name), '__proto__', 'constructor', 'toString', '']
    const args = fc.oneof(
      fc.dictionary(fc.constantFrom('shard', 'folder', 'out', 'data', 'k', '__proto__', 'seed'), hostile),
      hostile,
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), args, async (task, given) => {
        const error = await runTask({ task, args: given as never }, context).then(
          () => undefined,
          (error: unknown) => error,
        )
        expect(DcError.isInstance(error), String(error)).toBe(true)
        expect((error as Error).message.length).toBeLessThan(4000)
      }),
    )
    expect(readdirSync(shared).sort()).toEqual(['dangling', 'inside', 'link', 'loop'])
  })

  it('answers with bytes that are arrays, or are refused', () => {
    const good = packed({ a: Float64Array.of(1, 2), b: Int32Array.of(3) })
    const header = fc.oneof(
      fc.json().map((text) => new TextEncoder().encode(`${text.padEnd(Math.ceil((text.length + 1) / 8) * 8 - 1)}\n`)),
      fc.uint8Array({ maxLength: 64 }),
      fc.constantFrom(
        ...['[["a","f8",-1]]', '[["a","f8",1e308]]', '[["a","x",1]]', '[["__proto__","f8",0]]', '{}'].map((text) =>
          new TextEncoder().encode(`${text.padEnd(31)}\n`),
        ),
      ),
    )
    fc.assert(
      fc.property(header, (bytes) => {
        try {
          for (const values of Object.values(unpacked(bytes)))
            expect(values.byteLength).toBeLessThanOrEqual(bytes.length)
        } catch (error) {
          expect(DcError.isInstance(error), String(error)).toBe(true)
        }
      }),
    )
    expect(unpacked(good)).toEqual({ a: Float64Array.of(1, 2), b: Int32Array.of(3) })
    expect(Object.getPrototypeOf([])).toBe(Array.prototype)
  })
})

describe('a worker that was told its folders', () => {
  it.each([
    ['/etc/passwd', false],
    ['../secret', false],
    ['inside/../../secret', false],
    ['link/x', false],
    ['dangling', false],
    ['dangling/x', false],
    ['loop', false],
    ['a\0b', false],
    [`${'../'.repeat(40)}etc`, false],
    [join(shared, 'new/deep.npy'), true],
    ['inside/x.npy', true],
    ['', true],
    ['no path: just words', true],
    [`${shared}-other`, false],
  ])('%j: %s', (path, allowed) => {
    for (const payload of [{ out: path }, { args: { deep: [1, { data: { folder: path } }] } }]) {
      const look = () => requireWithin([shared], payload, shared, 'job')
      if (allowed) look()
      else expect(look).toThrow(`a place within ${shared}`)
    }
  })

  it('refuses a job before it runs', async () => {
    for (const kind of jobKinds({ plugin: [], within: [shared] })) {
      const outside = { run: { path: '/etc/run' }, extract: { out: '/etc/out' }, shard: { args: { out: '/etc' } } }[
        kind.name
      ]
      await expect(kind.run({ ...valid[kind.name], ...outside }, context)).rejects.toThrow('a place within')
    }
  })
})
