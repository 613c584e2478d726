import type { SparseRows } from '@dc/core/plugin'
import { checkNumber } from '@dc/core/plugin'
import { checkPoints, type Rows, squaredDistance } from '../matrix'
import { nearestNeighbours } from '../neighbours/nearest-neighbours'
import { denseGraph } from './dense-graph'
import { localScales, selfTuned } from './knn-graph'

export interface GaussianGraphOptions {
  /** Rate of `exp(−γ d²)`, in 1 over squared units of the points; or `self-tuning`: `exp(−d²/(σᵢσⱼ))`. */
  readonly gamma: number | 'self-tuning'
  /** Keeps every point's similarity of 1 to itself. Default false. */
  readonly loops?: boolean
}

/**
 * Graph of all pairs weighted by a Gaussian kernel of their distance. With `self-tuning` every
 * point's scale is the distance to its 7th neighbour (Zelnik-Manor and Perona 2004). For many points use `knnGraph`.
 *
 * @param rows `[n, d]`
 * @throws OptionError for γ ≤ 0, or more points than all pairs fit
 * @example
 * const graph = gaussianGraph(points, { gamma: 8 })
 */
export function gaussianGraph(rows: Rows, { gamma, loops = false }: GaussianGraphOptions): SparseRows {
  const points = checkPoints(rows)
  if (gamma === 'self-tuning') {
    const k = Math.min(7, points.rows - 1)
    const scales = localScales(nearestNeighbours(points, k).distances, k)
    return denseGraph(
      points.rows,
      (i, j) => selfTuned(squaredDistance(points, i, points, j), scales[i], scales[j]),
      loops,
    )
  }
  checkNumber('gamma', gamma, Number.MIN_VALUE)
  return denseGraph(points.rows, (i, j) => Math.exp(-gamma * squaredDistance(points, i, points, j)), loops)
}
