import { letEventsIn, type Random } from '@dc/core'
import { type Matrix, type Products, squaredDistance, takeRows } from '@dc/core/points'
import { neighbourAgreement, silhouette, sizeBalance } from '@dc/metrics'
import { kmeans, type Neighbours, predictNearest } from '@dc/spectral'
import type { KCurvePoint } from './choose-k'
import { agreementElbow, type ResolutionPoint, resolutionOf } from './resolutions'
import { labelingAgreement, nearness, relativeGap } from './signals'

const maxIterations = 30
/** Rows of a silhouette. */
const silhouetteRows = 1000

/** What every number of clusters is measured by. */
export interface Evidence {
  /** Coordinates of the rows. */
  readonly space: Matrix
  /** Row numbers; k-means is fitted to one part after the other. */
  readonly parts: readonly Int32Array[]
  readonly neighbours: Neighbours
  /** Eigenvalues of the Laplacian of the graph of neighbours, ascending. */
  readonly spectrum: ArrayLike<number>
  readonly resolutions: readonly ResolutionPoint[]
  readonly communities: number
  readonly products: Products | null
  readonly random: Random
}

/** All signals of one number of clusters. @throws InterruptedError once the signal is aborted */
export async function measureK(evidence: Evidence, k: number, signal?: AbortSignal): Promise<KCurvePoint> {
  const { space, parts: drawn, neighbours, spectrum, resolutions, communities, products, random } = evidence
  const found: { labels: Int32Array; inertia: number; silhouette: number }[] = []
  for (const [at, part] of drawn.entries()) {
    await letEventsIn(signal)
    const rows = takeRows(space, part)
    const { centroids } = kmeans(rows, {
      k: Math.min(k, rows.rows),
      random: random.split(at),
      nInit: 1,
      maxIterations,
      products,
    })
    const labels = predictNearest(space, centroids, products)
    found.push({
      labels,
      inertia: inertiaOf(space, centroids, labels),
      silhouette: silhouetteOf(space, labels, random.split('silhouette'), products),
    })
  }
  const best = found.reduce((a, b) => (b.inertia < a.inertia ? b : a))
  return {
    k,
    stability: labelingAgreement(found.map(({ labels }) => labels)),
    silhouette: found.reduce((sum, fit) => sum + fit.silhouette, 0) / found.length,
    eigengap: relativeGap(spectrum, k),
    balance: sizeBalance(sizesOf(best.labels, k)),
    agreement: neighbourAgreement(neighbours.indices, neighbours.k, best.labels),
    elbow: agreementElbow(resolutions, k),
    nearness: nearness(k, Math.max(2, communities)),
    resolution: resolutionOf(resolutions, k),
  }
}

/** 0 where it is not defined: for a single cluster, or as many as rows. */
function silhouetteOf(space: Matrix, labels: Int32Array, random: Random, products: Products | null): number {
  const clusters = new Set(labels).size
  if (clusters < 2 || clusters > space.rows - 1) return 0
  const sample = Math.max(silhouetteRows, 2 * clusters)
  return silhouette(space, labels, { products, ...(space.rows > sample && { sample, random }) })
}

function inertiaOf(space: Matrix, centroids: Matrix, labels: Int32Array): number {
  return labels.reduce((sum, cluster, row) => sum + squaredDistance(space, row, centroids, cluster), 0)
}

function sizesOf(labels: Int32Array, k: number): Int32Array {
  const sizes = new Int32Array(k)
  for (const label of labels) sizes[label]++
  return sizes
}
