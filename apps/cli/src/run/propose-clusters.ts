import type { Dataset, Random } from '@dc/core'
import { readOnHost, rowWidth } from '@dc/pipelines'
import { availableProducts, eigengap, knnGraph, matrix, spectralEmbedding } from '@dc/spectral'

/** Rows that are looked at; more change the spectrum little. */
const mostRows = 4000
const neighbours = 15
/** The most clusters that are considered. */
const mostClusters = 60

/** A number of clusters, and how it was found. */
export interface Proposal {
  readonly k: number
  readonly how: string
}

/**
 * Proposes a number of clusters: the largest gap between the first eigenvalues of the graph of nearest neighbours (von Luxburg
 * 2007, section 8.3). It is a first guess, no truth.
 */
export async function proposeClusters(dataset: Dataset, random: Random): Promise<Proposal> {
  const size = Math.min(mostRows, dataset.size)
  const rows = random.split('rows').permutation(dataset.size).slice(0, size).sort()
  const points = matrix(await readOnHost(dataset, rows), size, rowWidth(dataset))
  const products = await availableProducts()
  const graph = knnGraph(points, { neighbours: Math.min(neighbours, size - 1), products })
  const components = Math.max(2, Math.min(mostClusters + 1, Math.floor(size / 5), size - 1))
  const { eigenvalues } = spectralEmbedding(graph, { components, random: random.split('eigen'), tolerance: 1e-6 })
  return {
    k: eigengap(eigenvalues).k,
    how: `the largest gap in the spectrum of ${size < dataset.size ? `${size} of the rows` : 'the rows'}' graph of neighbours`,
  }
}
