import { withKernels } from '../kernels/memory'
import { type Matrix, squaredDistance } from '../matrix'
import { createRuler } from '../neighbours/ruler'

/** From this many columns on, the kernels are faster although they must be called. */
const manyColumns = 32

/** Asks for the squared distance of a point to a centroid. Points come one after the other. */
export type Ask = (row: number, centroid: number) => void

/**
 * Squared distances of points to centroids, float64 from differences. Only those that `choose` asks for; the others are ∞.
 *
 * @returns `[points, centroids]`
 */
export function exactDistances(points: Matrix, centroids: Matrix, choose: (ask: Ask) => void): Float64Array {
  const k = centroids.rows
  const out = new Float64Array(points.rows * k).fill(Number.POSITIVE_INFINITY)
  if (points.columns < manyColumns) {
    choose((row, c) => {
      out[row * k + c] = squaredDistance(points, row, centroids, c)
    })
    return out
  }
  withKernels((lender) => {
    const ruler = createRuler(points, centroids, k, lender)
    let aimed = -1
    const measure = () => {
      const { rows, squares } = ruler.measure()
      for (let at = 0; at < rows.length; at++) out[aimed * k + rows[at]] = squares[at]
    }
    choose((row, c) => {
      if (row !== aimed) {
        if (aimed >= 0) measure()
        ruler.aim(row)
        aimed = row
      }
      ruler.ask(c)
    })
    if (aimed >= 0) measure()
  })
  return out
}

/** The numbers of all rows. */
export function everyRow({ rows }: Matrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i)
}
