import { DcError } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { binary } from './binary'
import { type CallTable, helperStarter } from './helpers'
import type { Call, Kernels } from './kernels'
import { withKernels } from './memory'
import { createParallel, laneCount } from './threads'

/** Kernels that write down what this thread was asked for, each taking some milliseconds. */
function slowKernels(milliseconds = 0) {
  const seen: number[] = []
  const clock = new Int32Array(new SharedArrayBuffer(4))
  const product = (from: number) => {
    if (milliseconds > 0) Atomics.wait(clock, 0, 0, milliseconds)
    seen.push(from)
    return 0
  }
  return { kernels: { product } as unknown as Kernels, seen }
}

const calls = (count: number, at = 0) => Array.from({ length: count }, (_, i): Call => ['product', at + i, 0, 0])

/** A helper that takes every call as soon as it is posted, and does not come back. */
const takesAndSleeps = (table: CallTable) => {
  const { post } = table
  Object.assign(table, {
    post(slot: number, call: Call) {
      post(slot, call)
      table.takeBack(slot)
    },
  })
}

describe('parallel kernels', () => {
  it('does without a helper that never starts', () => {
    const { kernels, seen } = slowKernels()
    const parallel = createParallel(kernels, () => {})
    parallel.all(calls(5), 3)
    expect(seen).toEqual([0, 1, 2, 3, 4])
    const rows: number[] = []
    const call = ({ from }: { from: number }): Call => ['product', from, 0, 0]
    parallel.chunks({ from: 0, to: 50, chunk: 7, threads: 2, call, after: ({ count }) => rows.push(count) })
    expect(rows.reduce((a, b) => a + b)).toBe(50)
    expect(parallel.broken).toBe(false)
  })

  it('gives an error when a helper does not come back', () => {
    for (const run of ['all', 'chunks'] as const) {
      const parallel = createParallel(slowKernels().kernels, takesAndSleeps, 50)
      const work = { from: 0, to: 9, chunk: 3, threads: 2, call: (): Call => ['product', 0, 0, 0] }
      const start = () => (run === 'all' ? parallel.all(calls(3), 2) : parallel.chunks(work))
      expect(start).toThrow(/did not answer for 0.05 s in 'product'/)
      expect(parallel.broken).toBe(true)
    }
  })

  it('gives an error when a kernel traps, on a helper and on this thread', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
    const module = new WebAssembly.Module(Uint8Array.from(atob(binary), (c) => c.charCodeAt(0)))
    // On this thread nothing happens, slowly; the helper reads beyond the end of the memory.
    const parallel = createParallel(slowKernels(10).kernels, helperStarter(module, memory))
    const outside: Call = ['product', 2 ** 31, 2 ** 31, 1024]
    const until = performance.now() + 20_000
    expect(() => {
      while (performance.now() < until) parallel.all(Array(32).fill(outside), 2)
    }).toThrow(/failed in 'product'/)
    expect(parallel.broken).toBe(true)

    let error: unknown
    try {
      withKernels((_, __, real) => real.all([outside], 1))
    } catch (caught) {
      error = caught
    }
    expect(DcError.isInstance(error)).toBe(true)
    // The next one gets a memory of its own.
    expect(withKernels((_, __, real) => real.broken)).toBe(false)
  })

  it('leaves a helper alone for some jobs after a long wait for it', () => {
    const { kernels, seen } = slowKernels()
    const clock = new Int32Array(new SharedArrayBuffer(4))
    // Takes the last call of each job and is done with it after 20 ms of this thread's waiting.
    let asked = 0
    const slow = (table: CallTable) => {
      const { takeBack, wait } = table
      Object.assign(table, {
        takeBack: (slot: number) => takeBack(slot) && slot !== 1,
        wait(slot: number, most: number) {
          asked++
          Atomics.wait(clock, 0, 0, 20)
          wait(slot, Math.min(most, 0))
          return 3
        },
        state: (slot: number) => (slot === 1 && asked === 0 ? 2 : 0),
      })
    }
    const parallel = createParallel(kernels, slow)
    parallel.all(calls(2), 2)
    expect([asked, seen]).toEqual([1, [0]])
    for (let job = 0; job < 8; job++) parallel.all(calls(2, 10), 2)
    expect([asked, seen.length]).toEqual([1, 17])
  })

  it('has lanes for what is copied while others compute', () => {
    expect([1, 2, 3, 64].map(laneCount)).toEqual([1, 4, 6, 64])
  })
})
