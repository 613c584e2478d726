import { type Callback, createRandom, type Dataset } from '@dc/core'
import { matrix, planeLayout } from '@dc/spectral'
import { infer } from '@dc/trainer'
import type { Frame } from './messages'

/** Passes over the edges of a layout that goes on, and of the first. */
const [further, first] = [25, 120]
/** The map takes this part of the time at most. */
const share = 0.2

/** A map of the rows as they are learned: each frame goes on from the one before. */
export interface LiveMap {
  readonly callback: Callback
  /** The last layout; null before the first. */
  last(): Float64Array | null
  /** Seconds of an epoch without the map, the median; null before the first. */
  epochSeconds(): number | null
}

/**
 * @param show is given each frame
 * @param stop ends the training after the epoch in which it is aborted
 */
export function liveMap(dataset: Dataset, seed: number, show: (frame: Frame) => void, stop: AbortSignal): LiveMap {
  let map: Float64Array | null = null
  let next = 0
  let frames = 0
  let begun = 0
  const epochs: number[] = []
  return {
    last: () => map,
    epochSeconds: () => (epochs.length > 0 ? epochs.sort((a, b) => a - b)[epochs.length >> 1] : null),
    callback: {
      onTrainStart() {
        begun = performance.now()
        return stop.aborted ? 'stop' : undefined
      },
      async onEpochEnd({ pipeline }) {
        const ended = performance.now()
        epochs.push((ended - begun) / 1000)
        begun = ended
        if (stop.aborted) return 'stop'
        if (ended < next) return undefined
        const { labels, embedding, width } = await infer(pipeline, dataset)
        const layout = await planeLayout(matrix(embedding, dataset.size, width), {
          random: createRandom(seed).split('frames').split(frames++),
          epochs: map ? further : first,
          ...(map && { start: map }),
        })
        map = layout.map
        show({ map, labels })
        begun = performance.now()
        next = begun + (begun - ended) * (1 / share - 1)
        return undefined
      },
    },
  }
}
