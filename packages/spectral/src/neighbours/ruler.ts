import type { Lender } from '../kernels/memory'
import { type Matrix, rowOf } from '../matrix'

/** Measures exact distances from one query at a time to a few rows at a time, to the bit as `squaredDistance` does. */
export interface Ruler {
  /** Sets the query. */
  aim(query: number): void
  /** Adds a row to those to be measured, of which there must be room for one more. */
  ask(row: number): void
  /** Whether there is no more room. */
  full(): boolean
  /** Measures what was asked for since the last call; the arrays are good until the next one. */
  measure(): { rows: Int32Array; squares: Float64Array }
}

/** Points of at most so many bytes are copied as a whole to where they are measured, others row by row. */
export const fewBytes = 2 ** 26

/** @param room how many rows may be asked for at a time */
export function createRuler(queries: Matrix, points: Matrix, room: number, lender: Lender): Ruler {
  const { kernels, floats, floats32, integers } = lender
  const { columns } = points
  // Float32 stays float32 where both are; all others are measured in float64.
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
