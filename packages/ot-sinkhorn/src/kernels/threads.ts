import { DcError } from '@dc/core'
import { createCallTable, type StartHelper, slotCount, state } from './helpers'
import type { Call, Kernels } from './kernels'

/** Some rows, and the lane of memory they pass through. */
export interface Piece {
  readonly lane: number
  readonly from: number
  readonly count: number
}

/** What {@link Parallel.chunks} does with rows. */
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
 * Runs kernels on several threads. Which thread runs a call depends on how fast each is, so calls of one job must neither
 * overlap in what they write nor depend on one another; then the result is the same, bit by bit, for any number of threads.
 */
export interface Parallel {
  /** Runs calls, at most {@link slotCount}, side by side on this and `threads − 1` others, and returns when all are done. */
  all(calls: readonly Call[], threads: number): void
  /** Runs a kernel over rows that pass through lanes of memory, {@link laneCount} of them. This thread copies for all. */
  chunks(work: ChunkWork): void
  /** Whether a thread has failed: it may still write into the memory, which no one else must use then. */
  readonly broken: boolean
}

/** One lane for one thread; for more, two each: while it computes in one, the other is copied. */
export const laneCount = (threads: number) => (threads === 1 ? 1 : Math.min(slotCount, 2 * threads))

// A call takes some milliseconds. A helper that needs longer than this is not coming back.
const usualPatience = 60_000

/**
 * Makes a runner of kernels. This thread takes back what no helper has begun, so it waits for calls under way only. Where that
 * takes long, because the processors are busy with others, it works alone for some jobs: eight at first, twice as many the
 * next time.
 *
 * @param start starts a helper; called when one is first needed
 * @param patience milliseconds to wait for a call that a helper has taken
 */
export function createParallel(kernels: Kernels, start: StartHelper, patience = usualPatience): Parallel {
  const table = createCallTable()
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
  const finish = (slot: number, call: Call) => {
    const found = table.wait(slot, patience)
    if (found === state.failed) fail('failed', call)
    if (found === state.taken) fail(`did not answer for ${patience / 1000} s`, call)
  }
  /** Whether helpers are worth asking now, for so many calls at once. */
  const mayAsk = (threads: number, calls: number): boolean => {
    if (threads === 1 || calls === 1) return false
    if (alone > 0) {
      alone--
      return false
    }
    for (; helpers < threads - 1; helpers++) start(table, (helpers + 1) / threads)
    return true
  }
  /** Learns from how long this thread waited. */
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
      if (!mayAsk(threads, calls.length)) {
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
      for (const [slot, call] of calls.entries()) if (table.state(slot) !== state.free) finish(slot, call)
      judge(started, waitedSince)
    },
    chunks(work) {
      const { from, to, chunk, threads } = work
      const lanes = mayAsk(threads, Math.ceil((to - from) / chunk)) ? laneCount(threads) : 1
      if (lanes > 1) runLanes(work, lanes)
      else
        for (let row = from; row < to; row += chunk) {
          const piece = { lane: 0, from: row, count: Math.min(chunk, to - row) }
          work.before?.(piece)
          run(work.call(piece))
          work.after?.(piece)
        }
    },
  }

  function runLanes({ from, to, chunk, threads, before, call, after }: ChunkWork, lanes: number) {
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
      // Done lanes are emptied and filled again before this thread computes, so that no helper waits for long.
      for (let lane = 0; lane < lanes; lane++) {
        const job = running[lane]
        if (job && table.state(lane) >= state.done) {
          finish(lane, job.call)
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
      finish(theirs, running[theirs]!.call)
      waited += performance.now() - since
    }
    judge(started, performance.now() - waited)
  }
}
