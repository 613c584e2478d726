import type { Dataset, Random } from '@dc/core'
import { datasetNeighbours, readOnHost, rowWidth } from '@dc/pipelines'
import { availableProducts, knnGraph, leiden, matrix, nearestNeighbours } from '@dc/spectral'

/** Rows that are looked at; the number of communities of more differs little. */
const mostRows = 10_000
const neighbours = 15

/** A number of clusters, and how it was found. */
export interface Proposal {
  readonly k: number
  readonly how: string
}

/**
 * Proposes a number of clusters: that of the communities in the graph of nearest neighbours, by modularity (Traag, Waltman,
 * van Eck 2019). It is a first guess, no truth; at least 2.
 */
export async function proposeClusters(dataset: Dataset, random: Random): Promise<Proposal> {
  const size = Math.min(mostRows, dataset.size)
  const rows = random.split('rows').permutation(dataset.size).slice(0, size).sort()
  const points = matrix(await readOnHost(dataset, rows), size, rowWidth(dataset))
  const k = Math.min(neighbours, size - 1)
  const found =
    size === dataset.size
      ? await datasetNeighbours(dataset, { k, by: 'distance', points: () => points })
      : nearestNeighbours(points, k, { products: await availableProducts() })
  const graph = knnGraph(points, { neighbours: k, found })
  const { k: communities } = leiden(graph, { random: random.split('leiden') })
  const of = size < dataset.size ? `${size} of the rows` : 'the rows'
  return { k: Math.max(2, communities), how: `the communities in the graph of neighbours of ${of} (Leiden)` }
}
