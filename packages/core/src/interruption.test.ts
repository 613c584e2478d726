import { afterEach, describe, expect, it, vi } from 'vitest'
import { DcError, InterruptedError } from './errors'
import { letEventsIn, throwIfInterrupted } from './interruption'

afterEach(() => void vi.unstubAllGlobals())

describe('throwIfInterrupted', () => {
  it('throws an error of its own class once the signal is aborted', () => {
    const abort = new AbortController()
    expect(() => throwIfInterrupted(abort.signal)).not.toThrow()
    expect(() => throwIfInterrupted()).not.toThrow()
    abort.abort()
    let thrown: unknown
    try {
      throwIfInterrupted(abort.signal)
    } catch (error) {
      thrown = error
    }
    expect(InterruptedError.isInstance(thrown)).toBe(true)
    expect(DcError.isInstance(thrown)).toBe(true)
    expect(InterruptedError.isInstance(new DcError('Interrupted.'))).toBe(false)
  })
})

describe('letEventsIn', () => {
  it.each(['setImmediate', 'a timer'])('hears an abort that only the event loop brings, by %s', async (by) => {
    if (by === 'a timer') vi.stubGlobal('setImmediate', undefined)
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 0)
    let rounds = 0
    const work = async () => {
      // Without a turn of the loop this has no end but the limit.
      for (; rounds < 1e7; rounds++) await letEventsIn(abort.signal)
    }
    await expect(work()).rejects.toThrow(InterruptedError)
    expect(rounds).toBeLessThan(1e7)
  })
})
