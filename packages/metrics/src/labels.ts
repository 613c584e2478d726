import { DataError, OptionError, ShapeError } from '@dc/core/plugin'

/** Integer labels: an `Int32Array`, or a plain array of 32-bit integers. Their values carry no order. */
export type Labels = ArrayLike<number>

/**
 * What a label of −1, in the truth or in the clustering, means:
 * - `cluster`: a class or cluster like any other (scikit-learn's reading, and the default);
 * - `singletons`: every such sample is a class or cluster of its own, so that noise never counts as agreement;
 * - `drop`: samples with −1 on either side are left out of the score.
 */
export type NoisePolicy = 'cluster' | 'singletons' | 'drop'

/** How labels of −1 are read. */
export interface NoiseOptions {
  readonly noise?: NoisePolicy
}

const noisePolicies: readonly NoisePolicy[] = ['cluster', 'singletons', 'drop']

/** Distinct labels and, for every sample, the index of its label among them. */
export interface RankedLabels {
  /** Index into {@link values} per sample. */
  readonly codes: Int32Array
  /** The distinct labels, ascending. */
  readonly values: Int32Array
}

/**
 * Replaces labels by their rank among the distinct labels, 0 … K−1.
 *
 * @param labels n integer labels
 * @param argument the name used in errors
 * @throws DataError if there are none, or one is not a 32-bit integer
 * @example
 * rankLabels([7, -1, 7])   // { codes: [1, 0, 1], values: [-1, 7] }
 */
export function rankLabels(labels: Labels, argument = 'labels'): RankedLabels {
  const integers = integerLabels(labels, argument)
  const { low, width } = labelRange(integers, argument)
  return width <= Math.max(65_536, 4 * integers.length) ? rankDense(integers, low, width) : rankSparse(integers)
}

/**
 * Labels as an `Int32Array`, so that every loop over them sees one kind of array; one that is given is not copied.
 *
 * @throws DataError if one is not a 32-bit integer
 */
function integerLabels(labels: Labels, argument: string): Int32Array {
  if (labels instanceof Int32Array) return labels
  const integers = new Int32Array(labels.length)
  for (let i = 0; i < integers.length; i++) {
    const value = labels[i]
    integers[i] = value
    if (integers[i] !== value)
      throw new DataError(`${argument}[${i}] is ${value}; labels are 32-bit integers.`, { argument, index: i, value })
  }
  return integers
}

/**
 * The least label, and the number of integers from it to the greatest.
 *
 * @throws DataError if there are none
 */
export function labelRange(labels: Int32Array, argument: string): { low: number; width: number } {
  if (labels.length === 0) throw new DataError(`${argument} is empty; at least one label is needed.`, { argument })
  // Two running minima and maxima, so that comparisons do not wait for each other.
  let low = labels[0]
  let high = low
  let [otherLow, otherHigh] = [low, high]
  for (let i = labels.length & 1; i < labels.length; i += 2) {
    const value = labels[i]
    const other = labels[i + 1]
    if (value < low) low = value
    if (value > high) high = value
    if (other < otherLow) otherLow = other
    if (other > otherHigh) otherHigh = other
  }
  low = Math.min(low, otherLow)
  return { low, width: Math.max(high, otherHigh) - low + 1 }
}

function rankDense(labels: Int32Array, low: number, width: number): RankedLabels {
  const n = labels.length
  const rank = new Int32Array(width)
  for (let i = 0; i < n; i++) rank[labels[i] - low] = 1
  let count = 0
  for (let v = 0; v < width; v++) if (rank[v]) rank[v] = ++count
  const values = new Int32Array(count)
  for (let v = 0; v < width; v++) if (rank[v]) values[rank[v] - 1] = v + low
  const codes = new Int32Array(n)
  for (let i = 0; i < n; i++) codes[i] = rank[labels[i] - low] - 1
  return { codes, values }
}

function rankSparse(labels: Int32Array): RankedLabels {
  const values = Int32Array.from(new Set(labels)).sort()
  const rank = new Map<number, number>()
  for (let k = 0; k < values.length; k++) rank.set(values[k], k)
  const codes = new Int32Array(labels.length)
  for (let i = 0; i < codes.length; i++) codes[i] = rank.get(labels[i])!
  return { codes, values }
}

/**
 * Two labelings of the same samples after the policy for −1 has been applied; `drop` may leave none.
 *
 * @throws ShapeError if their lengths differ, OptionError for an unknown policy, DataError if a label is not a 32-bit
 *   integer
 */
export function pairLabels(truth: Labels, labels: Labels, noise: NoisePolicy = 'cluster'): [Int32Array, Int32Array] {
  if (truth.length !== labels.length)
    throw new ShapeError('labels', [labels.length], `[${truth.length}], one label for every label of truth`)
  if (!noisePolicies.includes(noise)) throw new OptionError('noise', noise, noisePolicies.join(', '))
  const [rows, columns] = [integerLabels(truth, 'truth'), integerLabels(labels, 'labels')]
  if (noise === 'cluster') return [rows, columns]
  if (noise === 'singletons') return [splitNoise(rows), splitNoise(columns)]
  const known = (_: number, i: number) => rows[i] !== -1 && columns[i] !== -1
  return [rows.filter(known), columns.filter(known)]
}

/** Gives every −1 a label that no other sample has. */
function splitNoise(labels: Int32Array): Int32Array {
  let next = -1
  for (let i = 0; i < labels.length; i++) if (labels[i] > next) next = labels[i]
  return labels.map((label) => (label === -1 ? ++next : label))
}
