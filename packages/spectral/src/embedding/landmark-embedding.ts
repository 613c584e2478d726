import { checkChoice, checkInteger, OptionError, type Random } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { sparseEigenpairs } from '../eigen/chebyshev-lanczos'
import { kmeans } from '../kmeans/kmeans'
import type { SymmetricOperator } from '../laplacian'
import { checkPoints, type Matrix, type Rows, takeRows } from '../matrix'
import { nearestNeighbours } from '../neighbours/nearest-neighbours'

export interface LandmarkEmbeddingOptions {
  readonly components: number
  readonly random: Random
  /** Number of landmarks. Default 1000, at most n. */
  readonly landmarks?: number
  /** Landmarks each point is tied to. Default 5. */
  readonly neighbours?: number
  /**
   * How landmarks are chosen: rows drawn at random, or the centroids of a few rounds of k-means from such rows. Default
   * `random`.
   */
  readonly selection?: 'random' | 'k-means'
  readonly products?: Products | null
}

export interface LandmarkEmbedding {
  /** `[n, components]`, float64. */
  readonly embedding: Matrix
  /** `1 − σ²` of each coordinate: eigenvalues of the Laplacian of the graph `Z Zᵀ`. */
  readonly eigenvalues: Float64Array
  /** `[landmarks, d]` */
  readonly landmarks: Matrix
  /** Coordinates of new rows. */
  extend(points: Rows): Matrix
}

/**
 * Embeds many points through few landmarks. Z `[n, p]` holds the similarities of points to their nearest landmarks, its rows
 * sum to 1, and D holds its column sums. The embedding is the left singular vectors of `Z D^(−½)` (Chen and Cai 2011). That
 * is the spectral embedding of the graph `Z D⁻¹ Zᵀ`, whose degrees are 1. It takes O(n p d) products and a p×p eigenproblem.
 *
 * @param rows `[n, d]`
 * @throws ShapeError, DataError, OptionError as `nearestNeighbours`; OptionError if landmarks are fewer than components
 * @example
 * const { embedding } = landmarkEmbedding(points, { components: 10, random: createRandom(0) })
 */
export function landmarkEmbedding(rows: Rows, options: LandmarkEmbeddingOptions): LandmarkEmbedding {
  const { components, random, selection = 'random', products = null } = options
  const points = checkPoints(rows)
  const count = options.landmarks ?? Math.min(1000, points.rows)
  checkInteger('landmarks', count, 1, points.rows, `there are ${points.rows} points`)
  const ties = options.neighbours ?? Math.min(5, count)
  checkInteger('neighbours', ties, 1, count)
  checkChoice('selection', selection, ['random', 'k-means'])
  if (!(components >= 1 && components <= count))
    throw new OptionError('components', components, `an integer from 1 to ${count}, the number of landmarks`)

  const drawn = takeRows(points, random.split('landmarks').permutation(points.rows).subarray(0, count))
  const landmarks =
    selection === 'random'
      ? drawn
      : kmeans(points, { k: count, random, seeding: drawn, maxIterations: 5, products }).centroids
  const tie = (rows: Rows) => tieToLandmarks(rows, landmarks, ties, products)
  const z = tie(points)
  const sums = new Float64Array(count)
  z.indices.forEach((landmark, at) => {
    sums[landmark] += z.weights[at]
  })
  const roots = sums.map((sum) => (sum > 0 ? 1 / Math.sqrt(sum) : 0))
  const operator = gramOperator(z, roots, count)
  const { values, vectors } = sparseEigenpairs(operator, components, { random: random.split('eigen') })
  // Z D^(−½) v / σ are the unit left singular vectors. The same formula places new rows.
  const place = (ties: Ties): Matrix => {
    const out = new Float64Array(ties.rows * components)
    ties.indices.forEach((landmark, at) => {
      const row = Math.floor(at / ties.k) * components
      const weight = ties.weights[at] * roots[landmark]
      for (let c = 0; c < components; c++) {
        const sigma = Math.sqrt(Math.max(1 - values[c], 1e-12))
        out[row + c] += (weight * vectors.values[landmark * components + c]) / sigma
      }
    })
    return { values: out, rows: ties.rows, columns: components }
  }
  return { embedding: place(z), eigenvalues: values, landmarks, extend: (more) => place(tie(checkPoints(more))) }
}

interface Ties {
  readonly rows: number
  readonly k: number
  /** Landmarks of each row, `[rows, k]`. */
  readonly indices: Int32Array
  /** Their weights, summing to 1 in each row. */
  readonly weights: Float64Array
}

/** Gaussian similarities to the nearest landmarks. The scale of a row is its distance to the farthest of them. */
function tieToLandmarks(points: Rows, landmarks: Matrix, k: number, products: Products | null): Ties {
  const { rows, indices, distances } = nearestNeighbours(landmarks, k, { queries: points, products })
  const weights = new Float64Array(indices.length)
  for (let i = 0; i < rows; i++) {
    const scale = distances[(i + 1) * k - 1] || 1
    let total = 0
    for (let at = i * k; at < (i + 1) * k; at++) total += weights[at] = Math.exp(-((distances[at] / scale) ** 2))
    for (let at = i * k; at < (i + 1) * k; at++) weights[at] /= total
  }
  return { rows, k, indices, weights }
}

/** `I − D^(−½) Zᵀ Z D^(−½)` on the landmarks. Its smallest eigenvalues are 1 minus the largest squared singular values. */
function gramOperator({ rows, k, indices, weights }: Ties, roots: Float64Array, size: number): SymmetricOperator {
  return {
    size,
    bounds: [0, 1],
    apply(x, width, out) {
      out.set(x.subarray(0, size * width))
      const row = new Float64Array(width)
      for (let i = 0; i < rows; i++) {
        row.fill(0)
        for (let at = i * k; at < (i + 1) * k; at++) {
          const weight = weights[at] * roots[indices[at]]
          for (let c = 0; c < width; c++) row[c] += weight * x[indices[at] * width + c]
        }
        for (let at = i * k; at < (i + 1) * k; at++) {
          const weight = weights[at] * roots[indices[at]]
          for (let c = 0; c < width; c++) out[indices[at] * width + c] -= weight * row[c]
        }
      }
    },
  }
}
