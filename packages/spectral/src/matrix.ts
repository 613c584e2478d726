import { DataError, OptionError, ShapeError } from '@dc/core/errors'
import { asMatrix, type Matrix, type Rows } from '@dc/core/points'
import { eachBatch, withKernels } from './kernels/memory'

export { asMatrix, type Matrix, type Rows, rowOf, squaredDistance, takeRows } from '@dc/core/points'

/**
 * Views a typed array as rows. Nothing is copied.
 *
 * @param values `rows × columns` numbers, row after row
 * @param rows number of rows (samples)
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
 * Rows of any form, every value of them finite.
 *
 * @throws OptionError, ShapeError as `asMatrix` of `@dc/core/points`
 * @throws DataError naming the first value that is NaN or infinite
 */
export function checkPoints(given: Rows, name = 'points'): Matrix {
  const points = asMatrix(given, name)
  const { values, columns } = points
  if (allFinite(points)) return points
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
