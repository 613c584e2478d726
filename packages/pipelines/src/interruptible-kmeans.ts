import { letEventsIn, throwIfInterrupted } from '@dc/core'
import { type KMeansFit, type KMeansOptions, type KMeansState, kmeans, type Matrix } from '@dc/spectral'

/** Milliseconds of work between two looks at the signal. */
const longestStretch = 1000

/**
 * `kmeans` that listens to a signal: about every second it stops between two rounds, lets events in and goes on from the
 * state at hand. The clusters are the same.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function interruptibleKMeans(
  points: Matrix,
  options: Omit<KMeansOptions, 'onIteration' | 'resume'>,
  signal?: AbortSignal,
  stretch = longestStretch,
): Promise<KMeansFit> {
  let resume: KMeansState | undefined
  let longestRound = 0
  for (;;) {
    await letEventsIn(signal)
    const began = performance.now()
    let lastRound = began
    let stopped: KMeansState | undefined
    const onIteration = (state: KMeansState) => {
      const now = performance.now()
      longestRound = Math.max(longestRound, now - lastRound)
      lastRound = now
      // To stop costs a round, for the labels are settled.
      if (now - began < Math.max(stretch, 10 * longestRound)) return undefined
      stopped = state
      return 'stop'
    }
    const fit = kmeans(points, { ...options, onIteration, ...(resume && { resume }) })
    throwIfInterrupted(signal)
    if (!stopped) return fit
    resume = stopped
  }
}
