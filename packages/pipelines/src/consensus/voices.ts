import { letEventsIn, type Random } from '@dc/core'
import {
  knnGraph,
  leiden,
  type Matrix,
  type Neighbours,
  neighbourEmbedding,
  type Products,
  predictNearest,
  takeRows,
} from '@dc/spectral'
import { searchResolution } from '../classical/search-resolution'
import { interruptibleKMeans } from '../interruptible-kmeans'

/** What labellings are drawn with. */
export interface VoiceOptions {
  readonly k: number
  readonly random: Random
  readonly products: Products | null
  readonly signal?: AbortSignal
}

/** k-means looks for its centroids on at most this many rows. */
const mostRows = 10_000

/** Communities as a share of k that are few, and many. */
const [few, many] = [0.75, 1.5]

/**
 * Labellings by Leiden's communities of the graph of neighbours, one for each resolution. Resolutions are multiples of 1, which is
 * modularity, or, where that finds far fewer or more communities than k, of one that finds about k.
 */
export async function communityVoices(
  points: Matrix,
  found: Neighbours,
  resolutions: readonly number[],
  { k, random, signal }: Pick<VoiceOptions, 'k' | 'random' | 'signal'>,
): Promise<Int32Array[]> {
  const graph = knnGraph(points, { neighbours: found.k, found, symmetrise: 'max' })
  const search = random.split('resolution')
  const counted = async (resolution: number) => {
    await letEventsIn(signal)
    const { labels } = leiden(graph, { resolution, random: search })
    return { k: new Set(labels).size, resolution }
  }
  const unit = await searchResolution(k, 1, counted, (clusters) => clusters >= few * k && clusters <= many * k)
  const voices: Int32Array[] = []
  for (const [at, resolution] of resolutions.entries()) {
    await letEventsIn(signal)
    voices.push(leiden(graph, { resolution: resolution * unit.resolution, random: random.split(at) }).labels)
  }
  return voices
}

/** Labellings by k-means where the neighbours of the graph lie together: on UMAP's layout in five dimensions. */
export async function layoutVoices(
  points: Matrix,
  found: Neighbours,
  count: number,
  options: VoiceOptions,
): Promise<Int32Array[]> {
  const graph = knnGraph(points, { neighbours: found.k, found, weight: 'fuzzy' })
  const random = options.random.split('layout')
  const { signal } = options
  // More passes change a map's details, and no cluster.
  const layout = await neighbourEmbedding(graph, { dimensions: 5, minDistance: 0, epochs: 200, random, signal })
  return kmeansVoices(layout, count, options)
}

/** Labellings by k-means with numbers of clusters drawn from k to 2k, and no more than there are rows. */
export async function kmeansVoices(points: Matrix, count: number, options: VoiceOptions): Promise<Int32Array[]> {
  const { k, random, products, signal } = options
  const voices: Int32Array[] = []
  for (let run = 0; run < count; run++) {
    const own = random.split('k-means').split(run)
    const part = points.rows > mostRows ? takeRows(points, partOf(points.rows, own)) : points
    const clusters = Math.min(part.rows, Math.round(k * (1 + own.uniform())))
    const { labels, centroids } = await interruptibleKMeans(
      part,
      { k: clusters, nInit: 2, random: own, products },
      signal,
    )
    voices.push(part === points ? labels : predictNearest(points, centroids, products))
  }
  return voices
}

const partOf = (rows: number, random: Random) => random.split('part').permutation(rows).slice(0, mostRows).sort()
