import { DcError } from '@dc/core/plugin'
import { type CallTable, createCallTable, type StartHelper, slotCount, state } from './helpers'
import type { Call, Kernels } from './kernels'

/** Some rows, and the lane of memory that they pass through. */
export interface Piece {
  readonly lane: number
  readonly from: number
  readonly count: number
}

/** The work of {@link Parallel.chunks} on rows. */
export interface ChunkWork {
  /** The rows `from` to below `to`, in pieces of at most `chunk`. */
  readonly from: number
  readonly to: number
  readonly chunk: number
  readonly threads: number
  /** Copies into the lane, on this thread, before the call. */
  before?(piece: Piece): void
  call(piece: Piece): Call
  /** Copies out of the lane, on this thread, after the call. */
  after?(piece: Piece): void
}

/**
 * Runs kernels on several threads. Which thread runs a call depends on how fast the threads are. So the calls of one job must
 * not overlap in what they write, and must not depend on one another. The result is then the same, bit by bit, for any number
 * of threads.
 */
export interface Parallel {
  /**
   * Runs at most {@link slotCount} calls side by side, on this thread and `threads − 1` others. Returns when all are done.
   */
  all(calls: readonly Call[], threads: number): void
  /** Runs a kernel over rows that pass through {@link laneCount} lanes of memory. This thread copies for all lanes. */
  chunks(work: ChunkWork): void
  /** Whether a thread has failed. It may still write into the memory, so nobody else may use the memory then. */
  readonly broken: boolean
}

/** One lane for one thread. For more threads, two lanes each: while a thread computes in one, the other is copied. */
export const laneCount = (threads: number) => (threads === 1 ? 1 : Math.min(slotCount, 2 * threads))

// A call takes some milliseconds. A helper that needs longer than this has failed.
const usualPatience = 60_000

/**
 * Makes a runner of kernels. This thread takes back every call that no helper has begun, so it waits only for calls under
 * way. If it waits for long, because the processors are busy with other work, it runs alone for some jobs: eight at first,
 * twice as many each time after.
 *
 * @param start starts a helper; called when one is first needed. Null if there are no threads: one thread does all
 * @param patience milliseconds to wait for a call that a helper has taken
 */
export function createParallel(kernels: Kernels, start: StartHelper | null, patience = usualPatience): Parallel {
  // A page may have no shared memory to make one of.
  const shared = start === null ? null : createCallTable()
  let helpers = 0
  let broken = false
  let alone = 0
  let pause = 8

  const fail = (what: string, call: Call, cause?: unknown): never => {
    broken = true
    throw new DcError(`A thread of the transport kernels ${what} in '${call[0]}'.`, { kernel: call[0] }, cause)
  }
  const run = (call: Call) => {
    const [name, ...args] = call
    try {
      ;(kernels[name] as (...args: number[]) => void)(...args)
    } catch (error) {
      fail('failed', call, error)
    }
  }
  /** Waits for a call that a helper runs. */
  const finish = (table: CallTable, slot: number, call: Call) => {
    const found = table.wait(slot, patience)
    if (found === state.failed) fail('failed', call)
    if (found === state.taken) fail(`did not answer for ${patience / 1000} s`, call)
  }
  /** The table to ask helpers through, if they are worth asking now, for this many calls at once. */
  const asking = (threads: number, calls: number): CallTable | null => {
    if (start === null || shared === null || threads === 1 || calls === 1) return null
    if (alone > 0) {
      alone--
      return null
    }
    for (; helpers < threads - 1; helpers++) start(shared, (helpers + 1) / threads)
    return shared
  }
  /** Decides by how long this thread waited whether it runs alone for a while. */
  const judge = (started: number, waitedSince: number) => {
    const waited = performance.now() - waitedSince
    if (waited > 1 && waited > (waitedSince - started) / 2) {
      alone = pause
      pause = Math.min(1024, pause * 2)
    } else pause = Math.max(8, pause >> 1)
  }

  return {
    get broken() {
      return broken
    },
    all(calls, threads) {
      const table = asking(threads, calls.length)
      if (table === null) {
        for (const call of calls) run(call)
        return
      }
      const started = performance.now()
      table.use(calls.length)
      for (const [slot, call] of calls.entries()) table.post(slot, call)
      table.wake(threads - 1)
      for (const [slot, call] of calls.entries()) {
        if (!table.takeBack(slot)) continue
        run(call)
        table.free(slot)
      }
      const waitedSince = performance.now()
      for (const [slot, call] of calls.entries()) if (table.state(slot) !== state.free) finish(table, slot, call)
      judge(started, waitedSince)
    },
    chunks(work) {
      const { from, to, chunk, threads } = work
      const table = asking(threads, Math.ceil((to - from) / chunk))
      if (table !== null) runLanes(work, table, laneCount(threads))
      else
        for (let row = from; row < to; row += chunk) {
          const piece = { lane: 0, from: row, count: Math.min(chunk, to - row) }
          work.before?.(piece)
          run(work.call(piece))
          work.after?.(piece)
        }
    },
  }

  function runLanes({ from, to, chunk, threads, before, call, after }: ChunkWork, table: CallTable, lanes: number) {
    const started = performance.now()
    let waited = 0
    let next = from
    const running: ({ piece: Piece; call: Call } | undefined)[] = Array.from({ length: lanes })
    const close = (lane: number) => {
      table.free(lane)
      after?.(running[lane]!.piece)
      running[lane] = undefined
    }
    const refill = (lane: number) => {
      const piece = { lane, from: next, count: Math.min(chunk, to - next) }
      next += piece.count
      before?.(piece)
      running[lane] = { piece, call: call(piece) }
      table.post(lane, running[lane].call)
      table.wake(threads - 1)
    }
    table.use(lanes)
    for (let turn = 0; ; turn = (turn + 1) % lanes) {
      // Lanes that are done are emptied and filled again before this thread computes, so that no helper waits for long.
      for (let lane = 0; lane < lanes; lane++) {
        const job = running[lane]
        if (job && table.state(lane) >= state.done) {
          finish(table, lane, job.call)
          close(lane)
        }
        if (!running[lane] && next < to) refill(lane)
      }
      const mine = running.findIndex((job, lane) => job && table.takeBack(lane))
      if (mine >= 0) {
        run(running[mine]!.call)
        close(mine)
        continue
      }
      const theirs = running.findIndex((job) => job)
      if (theirs < 0) break
      const since = performance.now()
      finish(table, theirs, running[theirs]!.call)
      waited += performance.now() - since
    }
    judge(started, performance.now() - waited)
  }
}
