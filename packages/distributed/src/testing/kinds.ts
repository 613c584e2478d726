// Jobs for tests. Files count what happens to them, since processes come and go.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { DcError } from '@dc/core/plugin'
import { z } from 'zod'
import { defineJob, type JobKind, type JobKinds } from '../job-kind'

const bytesOf = (value: number) => new Uint8Array(Float64Array.of(value).buffer.slice(0))

export const sum = defineJob({
  name: 'sum',
  payload: z.strictObject({ numbers: z.array(z.number()) }),
  run: async ({ numbers }) => bytesOf(numbers.reduce((total, number) => total + number, 0)),
})

/** The bytes of a value, backwards. */
export const reverse = defineJob({
  name: 'reverse',
  payload: z.strictObject({ key: z.string() }),
  run: async ({ key }, { value }) => (await value(key)).slice().reverse(),
})

/** Lasts some time, and gives the number of the process that did it. */
export const wait = defineJob({
  name: 'wait',
  payload: z.strictObject({ ms: z.number(), log: z.string() }),
  async run({ ms, log }, { id, signal, progress }) {
    appendFileSync(log, `${id} begins in ${process.pid}\n`)
    progress(0.5)
    await pause(ms, undefined, { signal })
    return bytesOf(process.pid)
  },
})

/** The same with a process of its own. */
export const alone = defineJob({ ...wait, name: 'alone', ownProcess: true })

/** Computes without a break; then lets events in before it is done. */
export const spin = defineJob({
  name: 'spin',
  payload: z.strictObject({ ms: z.number(), log: z.string() }),
  async run({ ms, log }, { id }) {
    appendFileSync(log, `${id} begins in ${process.pid}\n`)
    const end = performance.now() + ms
    let turns = 0
    while (performance.now() < end) turns++
    await pause(50)
    return bytesOf(turns > 0 ? 1 : 0)
  },
})

/** Fails, or dies, as often as asked; then it is done. */
export const faulty = defineJob({
  name: 'faulty',
  payload: z.strictObject({ times: z.int(), how: z.enum(['throws', 'dies']), log: z.string() }),
  async run({ times, how, log }, { id }) {
    const before = existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0
    appendFileSync(log, `${id}\n`)
    if (before < times) {
      if (how === 'dies') process.kill(process.pid, 'SIGKILL')
      throw new Error(`attempt ${before + 1} was not to be`)
    }
    return bytesOf(before + 1)
  },
})

/** Cannot write if its worker was told so. */
const writing = (full: boolean): JobKind<{ n: number }> => ({
  name: 'writing',
  payload: z.strictObject({ n: z.number() }),
  async run({ n }) {
    const cause = Object.assign(new Error('write'), { code: 'ENOSPC' })
    if (full) throw new DcError('Cannot write: the disk is full.', {}, cause)
    return bytesOf(n)
  },
})
export const write = writing(false)

export const jobKinds: JobKinds = (settings) => [
  sum as JobKind,
  reverse as JobKind,
  wait as JobKind,
  alone as JobKind,
  spin as JobKind,
  faulty as JobKind,
  writing((settings as { full?: boolean } | null)?.full === true) as JobKind,
]
