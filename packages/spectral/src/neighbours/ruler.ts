import type { Lender } from '../kernels/memory'
import { type Matrix, rowOf } from '../matrix'

/**
 * Measures exact distances from one query at a time to a few rows at a time; the results equal `squaredDistance` to the bit.
 */
export interface Ruler {
  /** Sets the query. */
  aim(query: number): void
  /** Adds a row to the rows to be measured. There must be room for one more. */
  ask(row: number): void
  /** Whether there is no more room. */
  full(): boolean
  /** Measures the rows asked for since the last call. The arrays are valid until the next call. */
  measure(): { rows: Int32Array; squares: Float64Array }
}

/** Points of at most this many bytes are copied into the kernels' memory as a whole, others row by row. */
export const fewBytes = 2 ** 26

/** @param room how many rows may be asked for at a time */
export function createRuler(queries: Matrix, points: Matrix, room: number, lender: Lender): Ruler {
  const { kernels, floats, floats32, integers } = lender
  const { columns } = points
  // Distances between two float32 matrices are read as float32; all others as float64.
  const single = queries.values instanceof Float32Array && points.values instanceof Float32Array
  const whole = points.values.length * (single ? 4 : 8) <= fewBytes
  const lend = single ? floats32 : floats
  const distances = single ? kernels.squaredDistances32 : kernels.squaredDistances
  const [x, base] = [lend(columns), lend(whole ? points.values.length : room * columns)]
  const [places, squares] = [integers(room), floats(room)]
  const rows = new Int32Array(room)
  if (whole) base.values.set(points.values)
  let count = 0
  return {
    aim: (query) => x.values.set(rowOf(queries, query)),
    ask(row) {
      if (!whole) base.values.set(rowOf(points, row), count * columns)
      places.values[count] = whole ? row : count
      rows[count++] = row
    },
    full: () => count === room,
    measure() {
      if (count > 0) distances(x.pointer, base.pointer, places.pointer, count, columns, squares.pointer)
      const measured = { rows: rows.subarray(0, count), squares: squares.values.subarray(0, count) }
      count = 0
      return measured
    },
  }
}
