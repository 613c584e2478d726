/** Dense rows on a typed array, row after row: `values[i * columns + j]`. */
export interface Matrix {
  readonly values: Float32Array | Float64Array
  readonly rows: number
  readonly columns: number
}

/** The values of one row, not copied. */
export function rowOf({ values, columns }: Matrix, row: number): Float32Array | Float64Array {
  return values.subarray(row * columns, (row + 1) * columns)
}

/**
 * Rows picked by number, copied; float32 stays float32.
 *
 * @param rows numbers of rows of `from`, in any order, repeated or not
 * @example
 * takeRows({ values: Float32Array.of(0, 0, 1, 0, 9, 9), rows: 3, columns: 2 }, [2, 0])   // [[9, 9], [0, 0]]
 */
export function takeRows(from: Matrix, rows: ArrayLike<number>): Matrix {
  const { columns } = from
  const size = rows.length * columns
  const values = from.values instanceof Float32Array ? new Float32Array(size) : new Float64Array(size)
  for (let i = 0; i < rows.length; i++) values.set(rowOf(from, rows[i]), i * columns)
  return { values, rows: rows.length, columns }
}
