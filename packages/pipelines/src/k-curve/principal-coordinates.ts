import type { Random } from '@dc/core'
import { columnMeans, type Matrix, type Products, takeRows } from '@dc/core/points'

/** Rows that the axes are found from; the first of more. */
const mostRows = 2000
/** Axes beyond those asked for, and rounds of power iteration: enough for coordinates that are looked at, not exact ones. */
const [oversampling, rounds] = [8, 3]

/**
 * Coordinates of rows along their first principal axes, by randomised subspace iteration (Halko, Martinsson and Tropp 2011).
 * Distances between rows keep what varies together, and lose the noise of single columns.
 *
 * @param points `[n, d]`, finite; not all rows equal
 * @param components most coordinates; rows with no more columns are given back as they are
 * @returns `[n, components]`, in units of the largest deviation from the mean
 */
export function principalCoordinates(
  points: Matrix,
  components: number,
  random: Random,
  products: Products | null,
): Matrix {
  const { rows, columns } = points
  if (columns <= components) return points
  const centred = centredOn(columnMeans(points), points)
  const part = takeRows(
    centred,
    Int32Array.from({ length: Math.min(mostRows, rows) }, (_, row) => row),
  )
  const width = Math.min(components + oversampling, columns)
  const across = transposed(part)
  let axes: Matrix = { values: random.normals(width * columns), rows: width, columns }
  for (let round = 0; round < rounds; round++) {
    const along = transposed(times(part, axes, products))
    axes = orthonormalRows(transposed(times(across, along, products)))
  }
  return times(
    centred,
    takeRows(
      axes,
      Int32Array.from({ length: components }, (_, axis) => axis),
    ),
    products,
  )
}

/** Differences from the means over the largest of them, so that no square is too large for float32. */
function centredOn(means: Float64Array, { values, rows, columns }: Matrix): Matrix {
  let largest = 0
  for (let at = 0; at < values.length; at++) largest = Math.max(largest, Math.abs(values[at] - means[at % columns]))
  const scaled = new Float32Array(values.length)
  for (let at = 0; at < scaled.length; at++) scaled[at] = (values[at] - means[at % columns]) / (largest || 1)
  return { values: scaled, rows, columns }
}

/** `A Bᵀ`. */
function times(a: Matrix, b: Matrix, products: Products | null): Matrix {
  const [n, m, d] = [a.rows, b.rows, a.columns]
  const made = { rows: n, columns: m }
  if (products)
    return {
      ...made,
      values: products.timesTransposed(a.values as Float32Array, n, b.values as Float32Array, m, d).slice(),
    }
  const values = new Float32Array(n * m)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      let sum = 0
      for (let c = 0, p = i * d, q = j * d; c < d; c++, p++, q++) sum += a.values[p] * b.values[q]
      values[i * m + j] = sum
    }
  return { ...made, values }
}

function transposed({ values, rows, columns }: Matrix): Matrix {
  const turned = new Float32Array(values.length)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = values[i * columns + j]
  return { values: turned, rows: columns, columns: rows }
}

/** Gram–Schmidt, twice; what depends on the rows before becomes 0. */
function orthonormalRows({ values, rows, columns }: Matrix): Matrix {
  const made = Float64Array.from(values)
  for (let row = 0; row < rows; row++) {
    const own = made.subarray(row * columns, (row + 1) * columns)
    const before = norm(own)
    for (let pass = 0; pass < 2; pass++)
      for (let other = 0; other < row; other++) {
        const axis = made.subarray(other * columns, (other + 1) * columns)
        let share = 0
        for (let c = 0; c < columns; c++) share += own[c] * axis[c]
        for (let c = 0; c < columns; c++) own[c] -= share * axis[c]
      }
    const left = norm(own)
    const scale = left > 1e-6 * before ? 1 / left : 0
    for (let c = 0; c < columns; c++) own[c] *= scale
  }
  return { values: Float32Array.from(made), rows, columns }
}

function norm(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum)
}
