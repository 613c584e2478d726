import { InterruptedError } from './errors'

/** Milliseconds that work may keep events waiting. */
const longestWait = 20
let lastTurn = 0

/** @throws InterruptedError if the signal is aborted */
export function throwIfInterrupted(signal?: AbortSignal): void {
  if (signal?.aborted) throw new InterruptedError('Interrupted.')
}

/**
 * Lets the event loop turn, for long work to be called between its rounds: only then are signals, timers and a page's clicks
 * heard. Called more often than every 20 ms it does nothing but look at the signal.
 *
 * @throws InterruptedError if the signal is aborted
 * @example
 * const { signal } = new AbortController()
 * let sum = 0
 * for (let i = 0; i < 1e9; i++) {
 *   if (i % 1e6 === 0) await letEventsIn(signal)
 *   sum += i
 * }
 */
export async function letEventsIn(signal?: AbortSignal): Promise<void> {
  if (performance.now() - lastTurn >= longestWait) {
    await turn()
    lastTurn = performance.now()
  }
  throwIfInterrupted(signal)
}

/** One turn of the event loop. A timer of a page waits 4 ms, which is why not every call makes one. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else setTimeout(resolve, 0)
  })
}
