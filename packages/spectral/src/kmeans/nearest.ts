import { type Matrix, squaredDistance, squaredNorms } from '../matrix'
import { fitsFloat32, type Products, productErrorFactor, underflowError } from '../products'

/** Points prepared for many searches of their nearest centroid. */
export interface Nearest {
  /**
   * Writes the nearest centroid of every point, the first of equals. The same answer with and without products:
   * points whose two nearest lie closer together than float32 can tell are decided in float64.
   */
  assign(centroids: Matrix, labels: Int32Array): void
  /** Squared distances of every point to each centroid, `[points, centroids]`, to float32 accuracy with products. */
  distances(centroids: Matrix): Float64Array
}

/** Rows per product: keeps the block and its result in cache and memory bounded. */
const blockRows = 4096

export function createNearest(points: Matrix, products: Products | null): Nearest {
  return products && fitsFloat32(points.values) ? nearestByProducts(points, products) : nearestByDifferences(points)
}

function nearestByDifferences(points: Matrix): Nearest {
  return {
    assign(centroids, labels) {
      for (let i = 0; i < points.rows; i++) labels[i] = nearestOf(points, i, centroids)
    },
    distances(centroids) {
      const out = new Float64Array(points.rows * centroids.rows)
      for (let i = 0, at = 0; i < points.rows; i++)
        for (let c = 0; c < centroids.rows; c++, at++) out[at] = squaredDistance(points, i, centroids, c)
      return out
    },
  }
}

/** The nearest centroid of one point in float64, the first of equals. */
export function nearestOf(points: Matrix, i: number, centroids: Matrix): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let c = 0; c < centroids.rows; c++) {
    const distance = squaredDistance(points, i, centroids, c)
    if (distance < least) {
      least = distance
      best = c
    }
  }
  return best
}

function nearestByProducts(points: Matrix, products: Products): Nearest {
  const { rows, columns } = points
  const values = points.values instanceof Float32Array ? points.values : Float32Array.from(points.values)
  const norms = squaredNorms(points)
  const factor = productErrorFactor(columns)

  const eachBlock = (centroids: Matrix, visit: (from: number, to: number, product: Float32Array) => void) => {
    const centres = centroids.values instanceof Float32Array ? centroids.values : Float32Array.from(centroids.values)
    for (let from = 0; from < rows; from += blockRows) {
      const to = Math.min(rows, from + blockRows)
      const block = values.subarray(from * columns, to * columns)
      visit(from, to, products.timesTransposed(block, to - from, centres, centroids.rows, columns))
    }
  }

  return {
    assign(centroids, labels) {
      const centreNorms = squaredNorms(centroids)
      const k = centroids.rows
      const longest = Math.sqrt(centreNorms.reduce((a, b) => Math.max(a, b), 0))
      eachBlock(centroids, (from, to, product) => {
        for (let i = from, at = 0; i < to; i++) {
          // ‖x‖² is the same for every centroid: compare ‖c‖² − 2 x·c.
          let best = 0
          let least = Number.POSITIVE_INFINITY
          let second = Number.POSITIVE_INFINITY
          for (let c = 0; c < k; c++, at++) {
            const score = centreNorms[c] - 2 * product[at]
            if (score < least) {
              second = least
              least = score
              best = c
            } else if (score < second) second = score
          }
          const bound = factor * Math.sqrt(norms[i]) * longest + underflowError
          labels[i] = second - least > 2 * bound ? best : nearestOf(points, i, centroids)
        }
      })
    },
    distances(centroids) {
      const centreNorms = squaredNorms(centroids)
      const k = centroids.rows
      const out = new Float64Array(rows * k)
      eachBlock(centroids, (from, to, product) => {
        for (let i = from, at = 0; i < to; i++)
          for (let c = 0; c < k; c++, at++) out[i * k + c] = Math.max(0, norms[i] + centreNorms[c] - 2 * product[at])
      })
      return out
    },
  }
}
