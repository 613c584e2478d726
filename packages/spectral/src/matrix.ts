import { DataError, OptionError, ShapeError, show } from '@dc/core/errors'
import { eachBatch, withKernels } from './kernels/memory'

/** Dense rows on a typed array, row after row: `values[i * columns + j]`. */
export interface Matrix {
  readonly values: Float32Array | Float64Array
  readonly rows: number
  readonly columns: number
}

/**
 * Views a typed array as rows. Nothing is copied.
 *
 * @param values `rows × columns` numbers, row after row
 * @param rows number of rows (samples); left out, it follows from the length
 * @param columns number of columns (features)
 * @throws ShapeError if the array does not hold `rows × columns` values
 * @example
 * const points = matrix(new Float32Array([0, 0, 1, 0, 9, 9]), 3, 2)
 */
export function matrix(values: Float32Array | Float64Array, rows: number, columns: number): Matrix {
  if (!(values instanceof Float32Array || values instanceof Float64Array))
    throw new OptionError('values', values, 'a Float32Array or a Float64Array')
  if (
    !Number.isInteger(rows) ||
    !Number.isInteger(columns) ||
    rows < 0 ||
    columns < 0 ||
    values.length !== rows * columns
  )
    throw new ShapeError('values', [values.length], `[${rows} × ${columns}], row after row`)
  return { values, rows, columns }
}

/**
 * Copies nested arrays into a float64 matrix.
 *
 * @throws ShapeError if the rows have different lengths
 * @example
 * const points = matrixFrom([[0, 0], [1, 0], [9, 9]])
 */
export function matrixFrom(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0
  const values = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => {
    if (row.length !== columns) throw new ShapeError(`rows[${i}]`, [row.length], `[${columns}], as the first row`)
    values.set(row, i * columns)
  })
  return { values, rows: rows.length, columns }
}

/**
 * Rows picked by number, copied; float32 stays float32.
 *
 * @param rows numbers of rows of `from`, in any order, repeated or not
 * @example
 * takeRows(matrixFrom([[0, 0], [1, 0], [9, 9]]), [2, 0])   // [[9, 9], [0, 0]]
 */
export function takeRows(from: Matrix, rows: ArrayLike<number>): Matrix {
  const { columns } = from
  const values =
    from.values instanceof Float32Array
      ? new Float32Array(rows.length * columns)
      : new Float64Array(rows.length * columns)
  for (let i = 0; i < rows.length; i++) values.set(rowOf(from, rows[i]), i * columns)
  return { values, rows: rows.length, columns }
}

/** The values of one row, not copied. */
export function rowOf({ values, columns }: Matrix, row: number): Float32Array | Float64Array {
  return values.subarray(row * columns, (row + 1) * columns)
}

/**
 * Squared Euclidean length of every row, float64. Four sums are taken side by side, of every fourth column each, as in
 * {@link squaredDistance}.
 */
export function squaredNorms(points: Matrix): Float64Array {
  return withKernels((lender) => {
    const norms = lender.floats(points.rows)
    eachBatch(points, lender, (x, from, count) =>
      lender.kernels.squaredNorms(x, count, points.columns, norms.pointer + 8 * from),
    )
    return norms.values.slice()
  })
}

/**
 * Squared Euclidean distance of row `i` of `a` and row `j` of `b`, float64, by differences (no cancellation). Where many
 * distances are wanted, the kernel `squaredDistances` gives the same bits.
 */
export function squaredDistance(a: Matrix, i: number, b: Matrix, j: number): number {
  const { values: x, columns } = a
  const y = b.values
  let p = i * columns
  let q = j * columns
  const end = p + columns
  // Four sums at a time, so that no addition waits for the one before.
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (; p + 3 < end; p += 4, q += 4) {
    const d0 = x[p] - y[q]
    const d1 = x[p + 1] - y[q + 1]
    const d2 = x[p + 2] - y[q + 2]
    const d3 = x[p + 3] - y[q + 3]
    s0 += d0 * d0
    s1 += d1 * d1
    s2 += d2 * d2
    s3 += d3 * d3
  }
  let rest = 0
  for (; p < end; p++, q++) rest += (x[p] - y[q]) * (x[p] - y[q])
  return s0 + s1 + (s2 + s3) + rest
}

/**
 * Checks that a matrix has rows and columns and that every value is finite.
 *
 * @throws ShapeError for an empty matrix or a wrong length
 * @throws DataError naming the first value that is NaN or infinite
 */
export function checkPoints(points: Matrix, name = 'points'): void {
  if (points === null || typeof points !== 'object' || !ArrayBuffer.isView(points.values))
    throw new OptionError(name, points, 'a matrix: { values: Float32Array | Float64Array, rows, columns }')
  const { values, rows, columns } = points
  if (values.length !== rows * columns)
    throw new ShapeError(`${name}.values`, [values.length], `[${rows} × ${columns}]`)
  if (rows === 0 || columns === 0) throw new ShapeError(name, [rows, columns], 'at least one row and one column')
  if (allFinite(points)) return
  const at = values.findIndex((value: number) => !Number.isFinite(value))
  const [row, column] = [Math.floor(at / columns), at % columns]
  throw new DataError(`${name} holds ${values[at]} at row ${row}, column ${column}; every value must be finite.`, {
    argument: name,
    row,
    column,
  })
}

function allFinite(points: Matrix): boolean {
  return withKernels((lender) => {
    let zero = 0
    eachBatch(points, lender, (x, _, count) => {
      zero += lender.kernels.zeroIfFinite(x, count * points.columns)
    })
    return zero === 0
  })
}

/** Checks an integer option against its range. */
export function checkInteger(path: string, value: unknown, low: number, high: number, why = ''): void {
  if (!Number.isInteger(value) || (value as number) < low || (value as number) > high)
    throw new OptionError(path, value, `an integer from ${low} to ${high}${why && ` (${why})`}`)
}

/** Checks a number option against its range. */
export function checkNumber(path: string, value: unknown, low: number, high = Number.POSITIVE_INFINITY): void {
  if (typeof value !== 'number' || !(value >= low && value <= high))
    throw new OptionError(
      path,
      value,
      high === Number.POSITIVE_INFINITY ? `a number ≥ ${low}` : `a number from ${low} to ${high}`,
    )
}

/** Checks that an option is one of the names. */
export function checkChoice<T extends string>(path: string, value: unknown, choices: readonly T[]): asserts value is T {
  if (!choices.includes(value as T)) throw new OptionError(path, value, choices.map(show).join(', '))
}
