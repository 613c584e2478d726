import { centredRows, distanceError, type Matrix, originOf, type Products } from '@dc/core/points'

/** Squared distances of points to centroids by products: fast, with a known bound on their error. */
export interface RoughDistances {
  /** Visits the points listed, which ascend; the object shown is reused. */
  each(rows: Int32Array, centroids: Matrix, visit: (point: number, rough: RoughRow) => void): void
}

/**
 * A point's distances to all centroids, `own + centres[c] − 2 · products[from + c]`. The caller adds up those that it needs.
 */
export interface RoughRow {
  own: number
  centres: Float64Array
  products: Float32Array
  from: number
  /** A bound on the error of each of these distances. */
  error: number
}

/** Rows per product: keeps the block and its result in cache and memory bounded. */
const blockRows = 4096

/** Null if the points are too long for float32. */
export function roughDistances(points: Matrix, products: Products): RoughDistances | null {
  const { columns } = points
  const origin = originOf(points)
  const centred = centredRows(points, origin)
  if (!centred) return null
  const { values, squares, lengths } = centred
  const errorOf = distanceError(columns)
  const gathered = new Float32Array(Math.min(blockRows, points.rows) * columns)
  const gather = (rows: Int32Array): Float32Array => {
    // Runs of consecutive rows are copied in one piece.
    for (let at = 0, next = 1; at < rows.length; at = next++) {
      while (next < rows.length && rows[next] - rows[at] === next - at) next++
      gathered.set(values.subarray(rows[at] * columns, (rows[at] + next - at) * columns), at * columns)
    }
    return gathered.subarray(0, rows.length * columns)
  }
  return {
    each(rows, centroids, visit) {
      const k = centroids.rows
      const centres = centredRows(centroids, origin)
      const row: RoughRow = {
        own: 0,
        centres: centres?.squares ?? new Float64Array(k),
        products: new Float32Array(k),
        from: 0,
        error: Number.POSITIVE_INFINITY,
      }
      if (!centres) {
        for (const point of rows) visit(point, row)
        return
      }
      const longest = centres.lengths.reduce((a, b) => Math.max(a, b), 0)
      const show = (point: number, from: number) => {
        row.own = squares[point]
        row.from = from
        row.error = errorOf(lengths[point], longest)
        visit(point, row)
      }
      const multiply = (block: Float32Array, count: number) => {
        row.products = products.timesTransposed(block, count, centres.values, k, columns)
      }
      for (let start = 0; start < rows.length; start += blockRows) {
        const block = rows.subarray(start, start + blockRows)
        const [first, last] = [block[0], block[block.length - 1]]
        const span = last - first + 1
        // Multiplying a whole stretch of rows costs less than copying rows out of it, if half of it or more is needed.
        if (span <= 2 * block.length) {
          multiply(values.subarray(first * columns, (last + 1) * columns), span)
          for (const point of block) show(point, (point - first) * k)
        } else {
          multiply(gather(block), block.length)
          for (let slot = 0; slot < block.length; slot++) show(block[slot], slot * k)
        }
      }
    },
  }
}
