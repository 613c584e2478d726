import { OptionError, ShapeError } from '../errors'
import type { Matrix } from './matrix'

/** Numbers on a typed array or a plain one. */
export type Numbers =
  | Float32Array
  | Float64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | readonly number[]

/** Numbers row after row, and the shape that they have: `[n, d]`, or `[n, height, width, channels]`, which is `n` rows. */
export interface ShapedValues {
  readonly values: Numbers
  readonly shape: readonly number[]
}

/** A data set whose values are in memory, as `memoryDataset` of `@dc/data` makes it. */
export interface RowsInMemory {
  readonly values: Numbers
  readonly sampleShape: readonly number[]
}

/** The forms in which rows of numbers are given, the same in all packages. {@link asMatrix} makes one of them. */
export type Rows = Matrix | ShapedValues | RowsInMemory | readonly Numbers[]

const forms =
  'rows: [[…], […]], { values, shape: [n, d] }, { values, rows, columns }, or a data set whose values are in memory'

/**
 * Rows of any form as a {@link Matrix}. Values on a `Float32Array` or a `Float64Array` are not copied. Rows that are all
 * `Float32Array` stay float32; all else becomes float64. What is computed from the same numbers of the same type is the same,
 * digit for digit, whatever their form.
 *
 * Whether the numbers are finite is for the caller to ask.
 *
 * @param given see {@link Rows}
 * @param name of the argument, for messages
 * @returns `[n, d]`, at least one row and one column
 * @throws OptionError for another form, or for what is no number
 * @throws ShapeError for no rows, rows of different lengths, or values that do not fill the shape
 * @example
 * asMatrix([[0, 0], [1, 0]])                                                     // 2 rows, 2 columns
 * asMatrix({ values: Float32Array.of(0, 0, 1, 0), shape: [2, 2] })               // the same
 * asMatrix({ values: Float32Array.of(0, 0, 1, 0), rows: 2, columns: 2 })         // the same
 */
export function asMatrix(given: Rows, name = 'points'): Matrix {
  const matrix = Array.isArray(given) ? fromNested(given, name) : fromValues(given as object, name)
  const { rows, columns } = matrix
  if (rows === 0 || columns === 0) throw new ShapeError(name, [rows, columns], 'at least one row and one column')
  return matrix
}

function fromNested(given: readonly unknown[], name: string): Matrix {
  const first = given[0]
  const columns = isNumbers(first) ? first.length : 0
  const single = given.length > 0 && given.every((row) => row instanceof Float32Array)
  const values = new (single ? Float32Array : Float64Array)(given.length * columns)
  for (let i = 0; i < given.length; i++) {
    const row = given[i]
    if (!isNumbers(row)) throw new OptionError(`${name}[${i}]`, row, 'a row: an array of numbers')
    if (row.length !== columns) throw new ShapeError(`${name}[${i}]`, [row.length], `[${columns}], as the first row`)
    copyNumbers(row, values, i * columns, (j) => `${name}[${i}][${j}]`)
  }
  return { values, rows: given.length, columns }
}

function fromValues(given: object | null, name: string): Matrix {
  if (typeof given !== 'object' || given === null) throw new OptionError(name, given, forms)
  if (!('values' in given) || typeof given.values === 'function')
    throw new OptionError(name, given, 'read' in given ? `${forms}; read the rows of this one first` : forms)
  const { values } = given
  if (!isNumbers(values)) throw new OptionError(`${name}.values`, values, 'an array of numbers, row after row')
  const { rows, columns } = sidesOf(given, values.length, name)
  if (values.length !== rows * columns)
    throw new ShapeError(`${name}.values`, [values.length], `[${rows} × ${columns}] numbers, row after row`)
  if (!(values instanceof Float32Array || values instanceof Float64Array)) {
    const copy = new Float64Array(values.length)
    copyNumbers(values, copy, 0, (at) => `${name}.values[${at}]`)
    return { values: copy, rows, columns }
  }
  return 'columns' in given ? (given as Matrix) : { values, rows, columns }
}

function sidesOf(given: object, count: number, name: string): { rows: number; columns: number } {
  if ('shape' in given) {
    const [rows, ...sample] = sides(given.shape, `${name}.shape`, 2)
    return { rows, columns: product(sample) }
  }
  if ('sampleShape' in given) {
    const columns = product(sides(given.sampleShape, `${name}.sampleShape`, 1))
    return { rows: columns === 0 ? 0 : Math.ceil(count / columns), columns }
  }
  if (!('rows' in given && 'columns' in given)) throw new OptionError(name, Object.keys(given), forms)
  const [rows, columns] = sides([given.rows, given.columns], `${name}.rows, columns`, 2)
  return { rows, columns }
}

function sides(shape: unknown, path: string, least: number): number[] {
  const right =
    Array.isArray(shape) && shape.length >= least && shape.every((side) => Number.isInteger(side) && side >= 0)
  if (!right) throw new OptionError(path, shape, `whole numbers ≥ 0, at least ${least}`)
  return shape
}

const product = (numbers: readonly number[]) => numbers.reduce((all, side) => all * side, 1)

function isNumbers(given: unknown): given is ArrayLike<unknown> {
  if (Array.isArray(given)) return true
  return (
    ArrayBuffer.isView(given) &&
    !(given instanceof DataView || given instanceof BigInt64Array || given instanceof BigUint64Array)
  )
}

function copyNumbers(
  from: ArrayLike<unknown>,
  to: Matrix['values'],
  at: number,
  place: (index: number) => string,
): void {
  for (let i = 0; i < from.length; i++) {
    const value = from[i]
    if (typeof value !== 'number') throw new OptionError(place(i), value, 'a number')
    to[at + i] = value
  }
}
