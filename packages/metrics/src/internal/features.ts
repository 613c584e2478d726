import { DataError, OptionError, ShapeError } from '@dc/core/plugin'
import type { Matrix } from '@dc/core/points'
import { type Labels, rankLabels } from '../labels'

/** Row-major features, `[n, d]`. */
export type Features = Float64Array | Float32Array | ArrayLike<number>

/** Checks the shape and values of features; gives them as rows, not copied if they are on a typed array. @throws ShapeError, DataError */
export function checkFeatures(features: Features, n: number, d: number): Matrix {
  if (!(Number.isInteger(n) && n > 0)) throw new OptionError('n', n, 'a positive integer')
  if (!(Number.isInteger(d) && d > 0)) throw new OptionError('d', d, 'a positive integer')
  if (features.length !== n * d) throw new ShapeError('features', [features.length], `[${n} × ${d}] values, row-major`)
  // The sum is not finite if a value is not. It costs less than a test of every value.
  let total = 0
  for (let i = 0; i < features.length; i++) total += features[i]
  if (!Number.isFinite(total)) refuseInfinite(features, d)
  const typed = features instanceof Float32Array || features instanceof Float64Array
  return { values: typed ? features : Float64Array.from(features), rows: n, columns: d }
}

function refuseInfinite(features: Features, d: number): void {
  for (let i = 0; i < features.length; i++)
    if (!Number.isFinite(features[i])) {
      const [row, column] = [Math.floor(i / d), i % d]
      throw new DataError(`features[${row}, ${column}] is ${features[i]}; features are finite.`, { row, column })
    }
}

/** A clustering of features, its samples grouped by cluster. */
export interface Clusters {
  readonly count: number
  /** Cluster of each sample, 0 … K−1. */
  readonly codes: Int32Array
  readonly sizes: Int32Array
}

/**
 * Checks a clustering that internal scores are defined for: 2 ≤ K ≤ n − 1.
 *
 * @throws ShapeError if labels and features differ in length; DataError if K is outside 2 … n − 1
 */
export function checkClusters(labels: Labels, n: number): Clusters {
  if (labels.length !== n) throw new ShapeError('labels', [labels.length], `[${n}], one label for every row`)
  const { codes, values } = rankLabels(labels)
  const count = values.length
  if (count < 2 || count > n - 1)
    throw new DataError(
      `labels has ${count} distinct ${count === 1 ? 'cluster' : 'clusters'} for ${n} samples; internal scores need 2 to n − 1.`,
      { clusters: count, samples: n },
    )
  const sizes = new Int32Array(count)
  for (const code of codes) sizes[code]++
  return { count, codes, sizes }
}

/**
 * Mean of each cluster, `[K, d]`, counted from the first row: what is measured does not change, and means of rows far from 0
 * keep their digits.
 */
export function centroids({ values, columns }: Matrix, { count, codes, sizes }: Clusters): Matrix {
  const first = Float64Array.from(values.subarray(0, columns))
  const sums = new Float64Array(count * columns)
  for (let i = 0, at = 0; i < codes.length; i++)
    for (let j = 0, to = codes[i] * columns; j < columns; j++, at++, to++) sums[to] += values[at] - first[j]
  for (let k = 0; k < count; k++) for (let j = 0; j < columns; j++) sums[k * columns + j] /= sizes[k]
  return { values: sums, rows: count, columns }
}

/** Squared distance of every row to its own {@link centroids}. */
export function ownSquares(
  { values, rows, columns }: Matrix,
  { values: means }: Matrix,
  codes: Int32Array,
): Float64Array {
  const first = Float64Array.from(values.subarray(0, columns))
  const squares = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0, from = codes[i] * columns; j < columns; j++, at++, from++) {
      const difference = values[at] - first[j] - means[from]
      sum += difference * difference
    }
    squares[i] = sum
  }
  return squares
}
