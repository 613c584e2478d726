// What every queue must do.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { defineJob } from '../job-kind'
import type { Queue, WorkOptions } from '../queue'
import { bundled } from './bundled'
import { alone, faulty, reverse, spin, sum, wait } from './kinds'

/**
 * @param open gives a queue that is empty, with short pauses before another attempt
 * @param lease milliseconds after which it takes a job from a silent worker
 */
export function testQueue(name: string, lease: number, open: () => Promise<Queue>): void {
  const folder = mkdtempSync(join(tmpdir(), 'dc-queue-'))
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const log = (file: string) => join(folder, file)
  const begun = (file: string) => readFileSync(log(file), 'utf8').trim().split('\n')

  const opened = async () => {
    const queue = await open()
    closing.push(() => queue.close())
    return queue
  }
  const worker = (queue: Queue, options: Partial<WorkOptions> = {}) => {
    const stop = new AbortController()
    const work = queue.work({ ...bundled(), signal: stop.signal, ...options })
    const end = async () => {
      stop.abort()
      await work
    }
    closing.push(end)
    return end
  }
  const number = async (queue: Queue, id: string) => new Float64Array((await queue.result(id)).buffer)[0]

  describe(`${name} as a queue`, () => {
    it('does jobs, tells how they stand, and keeps their results as bytes', async () => {
      const queue = await opened()
      expect(await queue.status('a')).toBeUndefined()
      await queue.add(sum, [
        { id: 'a', payload: { numbers: [1, 2, 3.5] } },
        { id: 'b', payload: { numbers: [] } },
      ])
      expect(await queue.status('a')).toEqual({ id: 'a', state: 'waiting', progress: 0 })
      expect((await queue.overview()).counts).toEqual({ waiting: 2, running: 0, done: 0, failed: 0, cancelled: 0 })
      await expect(queue.result('a')).rejects.toThrow("Job 'a' is not done")
      worker(queue, { concurrency: 2 })
      const ends = await queue.ended(['b', 'a'])
      expect(ends.map(({ id, state, progress }) => [id, state, progress])).toEqual([
        ['b', 'done', 1],
        ['a', 'done', 1],
      ])
      expect(ends[0].seconds).toBeGreaterThanOrEqual(0)
      expect([await number(queue, 'a'), await number(queue, 'b')]).toEqual([6.5, 0])
      await expect
        .poll(async () => (await queue.overview()).workers)
        .toEqual([{ host: expect.any(String), pid: process.pid, concurrency: 2, jobs: [] }])
      expect(await queue.overview()).toMatchObject({ counts: { done: 2, waiting: 0 }, secondsLeft: 0, failures: [] })
      // A job that is done is done.
      await queue.add(sum, [{ id: 'a', payload: { numbers: [100] } }])
      expect((await queue.ended(['a']))[0].state).toBe('done')
      expect(await number(queue, 'a')).toBe(6.5)
      await queue.remove(['a'])
      expect(await queue.status('a')).toBeUndefined()
      await queue.add(sum, [{ id: 'a', payload: { numbers: [100] } }])
      await queue.ended(['a'])
      expect(await number(queue, 'a')).toBe(100)
    })

    it('hands bytes to jobs by their key', async () => {
      const queue = await opened()
      const key = await queue.putValue(Uint8Array.of(0, 255, 128, 10))
      expect(await queue.putValue(Uint8Array.of(0, 255, 128, 10))).toBe(key)
      await queue.add(reverse, [
        { id: 'there', payload: { key } },
        { id: 'not-there', payload: { key: 'other' } },
      ])
      const end = worker(queue)
      const ends = await queue.ended(['there', 'not-there'])
      expect([...(await queue.result('there'))]).toEqual([10, 128, 255, 0])
      expect(ends[1]).toMatchObject({ state: 'failed', reason: 'value other: there is none of this key' })
      await end()
      await queue.removeValues([key])
      worker(queue)
      await queue.add(reverse, [{ id: 'gone', payload: { key } }])
      expect((await queue.ended(['gone']))[0].state).toBe('failed')
    })

    it('refuses what is not allowed before anything is added', async () => {
      const queue = await opened()
      const wrong = { numbers: [1, 'two'] } as never
      const add = queue.add(sum, [
        { id: 'right', payload: { numbers: [1] } },
        { id: 'wrong', payload: wrong },
      ])
      await expect(add).rejects.toThrow("payload.numbers.1 of job wrong (sum): got 'two'; allowed: ")
      expect(await queue.status('right')).toBeUndefined()
      for (const id of ['', '1', 'a:b', 'a b', '../a', 'a'.repeat(201)])
        await expect(queue.add(sum, [{ id, payload: { numbers: [] } }]), id).rejects.toThrow('id of a job')
      const large = { numbers: Array.from({ length: 600_000 }, () => 1) }
      await expect(queue.add(sum, [{ id: 'large', payload: large }])).rejects.toThrow('at most 1048576; put values')
    })

    it('refuses a worker that could not work', async () => {
      const queue = await opened()
      const { signal } = new AbortController()
      const kinds = new URL(import.meta.url)
      for (const concurrency of [0, -1, 1.5, Number.NaN])
        await expect(queue.work({ kinds, signal, concurrency })).rejects.toThrow(`concurrency: got ${concurrency}`)
      await expect(queue.work({ kinds: './jobs.mjs' as unknown as URL, signal })).rejects.toThrow('kinds: got')
      await expect(queue.work({ kinds } as Parameters<Queue['work']>[0])).rejects.toThrow('signal: got undefined')
      expect((await queue.overview()).workers).toEqual([])
      const run = async () => new Uint8Array()
      expect(() => defineJob({ ...sum, name: '' })).toThrow('name of a kind of job')
      expect(() => defineJob({ name: 'x', run } as never)).toThrow('payload of x: got undefined')
      expect(() => defineJob({ ...sum, run: undefined as never })).toThrow('run of sum: got undefined')
    })

    it('checks a payload again before it runs, and tells why a job is refused', async () => {
      const queue = await opened()
      const lax = { ...sum, payload: { safeParse: (data: unknown) => ({ success: true, data }) } as never }
      await queue.add(lax, [{ id: 'wrong', payload: { numbers: 'none' } as never }])
      await queue.add({ ...sum, name: 'unknown' }, [{ id: 'unknown', payload: { numbers: [] } }])
      worker(queue)
      const [wrong, unknown] = await queue.ended(['wrong', 'unknown'])
      expect(wrong).toMatchObject({ state: 'failed', reason: expect.stringContaining('payload.numbers of job wrong') })
      expect(unknown.reason).toContain("kind of job unknown: got 'unknown'; allowed: sum, reverse")
      expect((await queue.overview()).failures.map(({ id }) => id).sort()).toEqual(['unknown', 'wrong'])
    })

    it.each(['throws', 'dies'] as const)('tries a job again that %s, three times at most', async (how) => {
      const queue = await opened()
      const payload = (file: string, times: number) => ({ how, times, log: log(`${how}-${file}`) })
      await queue.add(faulty, [
        { id: 'twice', payload: payload('twice', 2) },
        { id: 'always', payload: payload('always', 9) },
      ])
      worker(queue, { concurrency: 2 })
      const [twice, always] = await queue.ended(['twice', 'always'])
      expect(twice).toEqual({ id: 'twice', state: 'done', progress: 1, seconds: expect.any(Number) })
      expect(await number(queue, 'twice')).toBe(3)
      expect(begun(`${how}-always`)).toHaveLength(3)
      const reason = how === 'dies' ? 'its process ended by SIGKILL' : 'Error: attempt 3 was not to be'
      expect(always).toMatchObject({ state: 'failed', reason })
      // A job that failed is tried again when it is asked for again.
      await queue.add(faulty, [{ id: 'always', payload: payload('always', 3) }])
      expect((await queue.ended(['always']))[0].state).toBe('done')
    })

    it('cancels jobs that wait and jobs that run', async () => {
      const queue = await opened()
      const payload = { ms: 60_000, log: log('cancel') }
      await queue.add(wait, [
        { id: 'first', payload },
        { id: 'second', payload },
      ])
      worker(queue)
      await expect.poll(async () => (await queue.status('first'))?.progress, { timeout: 20_000 }).toBe(0.5)
      await queue.cancel(['second', 'first'])
      expect((await queue.ended(['first', 'second'])).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
      // The place is free again.
      await queue.add(sum, [{ id: 'third', payload: { numbers: [1] } }])
      expect((await queue.ended(['third']))[0].state).toBe('done')
      expect(begun('cancel')).toHaveLength(1)
      await queue.add(wait, [{ id: 'second', payload: { ms: 1, log: log('cancel') } }])
      expect((await queue.ended(['second']))[0].state).toBe('done')
      await queue.add(wait, [{ id: 'fourth', payload }])
      await queue.cancelAll()
      expect((await queue.ended(['fourth']))[0].state).toBe('cancelled')
      await queue.add(wait, [{ id: 'fifth', payload }])
      await queue.cancelAll({ everyVersion: true })
      expect((await queue.ended(['fifth']))[0].state).toBe('cancelled')
      expect((await queue.overview()).ofOtherVersions).toBe(0)
    })

    it('gives running jobs back when a worker leaves, which costs no attempt', async () => {
      const queue = await opened()
      await queue.add(alone, [{ id: 'long', payload: { ms: 600, log: log('leaves') } }])
      for (let times = 1; times <= 3; times++) {
        const end = worker(queue)
        await expect.poll(async () => (await queue.status('long'))?.progress, { timeout: 20_000 }).toBe(0.5)
        await end()
        expect(await queue.status('long')).toMatchObject({ state: 'waiting' })
      }
      worker(queue)
      expect((await queue.ended(['long']))[0].state).toBe('done')
      expect(begun('leaves')).toHaveLength(4)
    })

    it('keeps processes for the next job, but for kinds that have their own', async () => {
      const queue = await opened()
      const payload = { ms: 1, log: log('processes') }
      const ids = ['a', 'b', 'c']
      await queue.add(
        wait,
        ids.map((id) => ({ id: `kept-${id}`, payload })),
      )
      await queue.add(
        alone,
        ids.map((id) => ({ id: `own-${id}`, payload })),
      )
      worker(queue)
      await queue.ended(ids.flatMap((id) => [`kept-${id}`, `own-${id}`]))
      const pids = async (kind: string) => new Set(await Promise.all(ids.map((id) => number(queue, `${kind}-${id}`))))
      expect((await pids('kept')).size).toBe(1)
      expect((await pids('own')).size).toBe(3)
    })

    it('holds on to a job that computes without a break for longer than a lease', async () => {
      const queue = await opened()
      await queue.add(spin, [{ id: 'spin', payload: { ms: 2.2 * lease, log: log('spin') } }])
      worker(queue)
      expect((await queue.ended(['spin']))[0].state).toBe('done')
      expect(begun('spin')).toHaveLength(1)
    })

    it('waits no longer than asked, and tells changes', async () => {
      const queue = await opened()
      await queue.add(wait, [{ id: 'long', payload: { ms: 60_000, log: log('waits') } }])
      worker(queue)
      const stop = new AbortController()
      const seen: unknown[] = []
      const end = queue.ended(['long'], {
        signal: stop.signal,
        onChange: ({ state, progress }) => {
          seen.push([state, progress])
          if (progress === 0.5) stop.abort()
        },
      })
      await expect(end).rejects.toThrow('Interrupted.')
      expect(seen.at(-1)).toEqual(['running', 0.5])
      expect((await queue.status('long'))?.state).toBe('running')
      await queue.cancelAll()
    })
  })
}
