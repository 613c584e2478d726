import { DataError, OptionError, ShapeError } from '@dc/core/plugin'
import { type Labels, rankLabels } from '../labels'

/** Row-major features, `[n, d]`. */
export type Features = Float64Array | Float32Array | ArrayLike<number>

/**
 * A product of two blocks, `a · bᵀ`: `[rows, d] × [columns, d] → [rows, columns]`, row-major.
 *
 * Scores that need all pairwise distances take one, so that a caller with a fast matrix product (a tfjs backend, BLAS)
 * can lend it; this package itself needs none. The product's precision becomes the score's: float32 gives about 1e-5.
 */
export type BlockProduct = (
  a: Float32Array,
  b: Float32Array,
  rows: number,
  columns: number,
  d: number,
) => ArrayLike<number>

/** Checks the shape and values of features. @throws ShapeError, DataError */
export function checkFeatures(features: Features, n: number, d: number): void {
  if (!(Number.isInteger(n) && n > 0)) throw new OptionError('n', n, 'a positive integer')
  if (!(Number.isInteger(d) && d > 0)) throw new OptionError('d', d, 'a positive integer')
  if (features.length !== n * d) throw new ShapeError('features', [features.length], `[${n} × ${d}] values, row-major`)
  // The sum is not finite if a value is not. It costs less than a test of every value.
  let total = 0
  for (let i = 0; i < features.length; i++) total += features[i]
  if (Number.isFinite(total)) return
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

/** Mean of each cluster, `[K, d]`. */
export function centroids(features: Features, d: number, { count, codes, sizes }: Clusters): Float64Array {
  const sums = new Float64Array(count * d)
  for (let i = 0; i < codes.length; i++) for (let j = 0; j < d; j++) sums[codes[i] * d + j] += features[i * d + j]
  for (let k = 0; k < count; k++) for (let j = 0; j < d; j++) sums[k * d + j] /= sizes[k]
  return sums
}

/** Squared Euclidean distance of row i of `a` and row j of `b`. */
export function squaredDistance(a: Features, i: number, b: Features, j: number, d: number): number {
  let sum = 0
  for (let at = i * d, end = at + d, other = j * d; at < end; at++, other++) {
    const difference = a[at] - b[other]
    sum += difference * difference
  }
  return sum
}
