import { withKernels } from '../kernels/memory'
import { type Matrix, rowOf, squaredDistance } from '../matrix'

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
  withKernels(({ kernels, floats, floats32, integers }) => {
    const single = points.values instanceof Float32Array && centroids.values instanceof Float32Array
    const lend = single ? floats32 : floats
    const [x, centres] = [lend(points.columns), lend(centroids.values.length)]
    const [places, squares] = [integers(k), floats(k)]
    const measure = single ? kernels.squaredDistances32 : kernels.squaredDistances
    centres.values.set(centroids.values)
    // Nothing is lent meanwhile, so that these stay what they are.
    const [row, asked, found] = [x.values, places.values, squares.values]
    let [aimed, count] = [-1, 0]
    const flush = () => {
      measure(x.pointer, centres.pointer, places.pointer, count, points.columns, squares.pointer)
      for (let at = 0; at < count; at++) out[aimed * k + asked[at]] = found[at]
      count = 0
    }
    choose((i, c) => {
      if (i !== aimed) {
        if (count > 0) flush()
        row.set(rowOf(points, i))
        aimed = i
      }
      asked[count++] = c
    })
    if (count > 0) flush()
  })
  return out
}

/** The numbers of all rows. */
export function everyRow({ rows }: Matrix): Int32Array {
  const all = new Int32Array(rows)
  for (let i = 0; i < rows; i++) all[i] = i
  return all
}
