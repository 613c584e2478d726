import { checkChoice, checkInteger, OptionError, type Random, type SparseRows } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import type { Solver } from '../eigen/smallest'
import { extendEmbedding, type SpectralEmbedding, spectralEmbedding } from '../embedding/spectral-embedding'
import type { Matrix } from '../matrix'
import { componentsWarning } from '../sparse/components'
import { requireGraph } from '../sparse/sparse-rows'
import {
  type AssignedClusters,
  type Assignment,
  assignByDiscretisation,
  assignByKMeans,
  assignByQr,
  assignments,
} from './assignments'

export interface SpectralClusteringOptions {
  /** Number of clusters, 1 … n. */
  readonly k: number
  /** Starts the eigensolver, `kmeans` and `discretize`. */
  readonly random: Random
  /** How embedded points become clusters. Default `cluster-qr`. */
  readonly assignment?: Assignment
  /** Number of eigenvectors used: exactly k for `cluster-qr` and `discretize`, any number for `kmeans`. Default k. */
  readonly components?: number
  readonly solver?: Solver
  /** Largest eigenvector residual, relative to the spectrum's bound. Default 1e-6: more digits change no label. */
  readonly tolerance?: number
  readonly maxIterations?: number
  readonly products?: Products | null
}

export interface SpectralClusteringFit extends SpectralEmbedding {
  /** Cluster of every node, 0 … k−1. */
  readonly labels: Int32Array
  /** What is wrong with the graph, and a remedy; or null. */
  readonly warning: string | null
  /** With `cluster-qr`: the rotation of the embedding that tells clusters; see `clustersByRotation`. */
  readonly rotation?: Matrix
  /** Clusters of new points, from their similarity `[new, n]` to the nodes. */
  predict(similarity: SparseRows): Int32Array
}

/**
 * Spectral clustering of a similarity graph: the random-walk spectral embedding, then an assignment.
 *
 * Choosing: `cluster-qr` has no start to be unlucky with; `discretize` is as good on balanced clusters; `kmeans` copes
 * with clusters that the embedding does not bring to the axes. The graph matters more than the assignment.
 *
 * @param graph symmetric `[n, n]`, weights ≥ 0: see `knnGraph`, `gaussianGraph`, `cosineGraph`, `precomputedGraph`
 * @returns labels, embedding, eigenvalues, the solver's residuals, a warning about a disconnected graph, `predict`
 * @throws ShapeError, DataError for a bad graph; OptionError for options out of range
 * @example
 * const graph = knnGraph(points, { neighbours: 10 })
 * const { labels } = spectralClustering(graph, { k: 2, random: createRandom(0) })
 */
export function spectralClustering(graph: SparseRows, options: SpectralClusteringOptions): SpectralClusteringFit {
  const { k, random, assignment = 'cluster-qr', components = k, products = null } = options
  requireGraph(graph)
  checkInteger('k', k, 1, graph.rows, `the graph has ${graph.rows} nodes`)
  checkChoice('assignment', assignment, assignments)
  if (assignment !== 'kmeans' && components !== k)
    throw new OptionError('components', components, `k = ${k} with assignment '${assignment}'`)
  const { solver, tolerance = 1e-6, maxIterations } = options
  const fitted = spectralEmbedding(graph, {
    components,
    random: random.split('eigen'),
    solver,
    tolerance,
    maxIterations,
  })
  const assigned = {
    kmeans: () => assignByKMeans(fitted.embedding, k, random, products),
    discretize: () => assignByDiscretisation(fitted.embedding, random.split('discretize')),
    'cluster-qr': () => assignByQr(fitted.embedding),
  }[assignment]() as AssignedClusters
  return {
    ...fitted,
    labels: assigned.labels,
    ...(assigned.rotation && { rotation: assigned.rotation }),
    warning: componentsWarning(fitted.graphComponents, k),
    predict: (similarity) => assigned.predict(extendEmbedding(fitted, similarity)),
  }
}
