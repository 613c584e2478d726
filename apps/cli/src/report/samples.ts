import { type Dataset, letEventsIn } from '@dc/core'
import { pictureOf, thumbnail } from './picture'
import type { RunResult } from './run-result'

/** The pictures that speak for a cluster. */
export interface ClusterSamples {
  readonly cluster: number
  readonly typical: readonly Sample[]
  readonly uncertain: readonly Sample[]
}
export interface Sample {
  readonly row: number
  /** `data:image/png;base64,…` */
  readonly source: string
  /** True class, if known. */
  readonly truth?: number
}

/** Longer side of a picture in pixels: what a page shows, with a little to spare. */
const side = 64
/** Pictures in a report; with many clusters each has fewer, and at most {@link shownClusters} have any. */
const allTypical = 300
export const shownClusters = 60

/**
 * Pictures per cluster: those nearest its centre, and those that lie nearest its border. Clusters are read one after
 * the other, and pictures are made small, so that neither memory nor the page grows with the images.
 *
 * @param clusters which, in the order wanted
 * @returns nothing where the dataset's rows are not images
 * @throws InterruptedError once the signal is aborted
 */
export async function clusterSamples(
  run: RunResult,
  { seen, ...rows }: Dataset,
  {
    clusters = Array.from({ length: run.k }, (_, cluster) => cluster) as readonly number[],
    typical = Math.max(3, Math.min(10, Math.floor(allTypical / run.k))),
    uncertain = Math.min(6, typical),
    signal = undefined as AbortSignal | undefined,
  } = {},
): Promise<ClusterSamples[]> {
  // Of features, the pictures that the encoder saw.
  const dataset = rows.image ? rows : (seen ?? rows)
  const { image } = dataset
  if (!image) return []
  const { labels, certainty } = run.shown
  const members = Array.from({ length: run.k }, (): number[] => [])
  for (let row = 0; row < labels.length; row++) members[labels[row]]?.push(row)
  const pictures = async (chosen: number[]) => {
    const values = await dataset.read(chosen)
    const size = values.length / Math.max(1, chosen.length)
    return chosen.map((row, at): Sample => {
      const truth = dataset.labels?.[row]
      const source = thumbnail(pictureOf(values.subarray(at * size, (at + 1) * size), image), side)
      return { row, source, ...(truth !== undefined && truth >= 0 ? { truth } : {}) }
    })
  }
  const samples: ClusterSamples[] = []
  for (const cluster of clusters) {
    await letEventsIn(signal)
    const order = members[cluster].sort((a, b) => certainty[b] - certainty[a] || a - b)
    const [first, last] = [order.slice(0, typical), order.slice(typical).slice(-uncertain)]
    samples.push({ cluster, typical: await pictures(first), uncertain: await pictures(last) })
  }
  return samples
}
