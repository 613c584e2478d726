import { DataError, ShapeError } from '@dc/core/plugin'
import { asMatrix, type Matrix, type Rows } from '@dc/core/points'
import { type Labels, rankLabels } from '../labels'

/** Rows of any form, every value of them finite. @throws OptionError, ShapeError, DataError */
export function checkFeatures(given: Rows): Matrix {
  const features = asMatrix(given, 'features')
  const { values } = features
  // The sum is not finite if a value is not. It costs less than a test of every value.
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  if (!Number.isFinite(total)) refuseInfinite(features)
  return features
}

function refuseInfinite({ values, columns }: Matrix): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) {
      const [row, column] = [Math.floor(i / columns), i % columns]
      throw new DataError(`features[${row}, ${column}] is ${values[i]}; features are finite.`, { row, column })
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
