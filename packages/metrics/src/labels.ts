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
export interface EncodedLabels {
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
 * encodeLabels([7, -1, 7])   // { codes: [1, 0, 1], values: [-1, 7] }
 */
export function encodeLabels(labels: Labels, argument = 'labels'): EncodedLabels {
  const { low, width } = labelRange(labels, argument)
  return width <= Math.max(65_536, 4 * labels.length) ? encodeDense(labels, low, width) : encodeSparse(labels)
}

/**
 * The least label, and how many integers lie from it to the greatest.
 *
 * @throws DataError if there are none, or one is not a 32-bit integer
 */
export function labelRange(labels: Labels, argument: string): { low: number; width: number } {
  const n = labels.length
  if (!(n > 0)) throw new DataError(`${argument} is empty; at least one label is needed.`, { argument })
  if (labels instanceof Int32Array) return rangeOf(labels)
  let low = labels[0]
  let high = low
  for (let i = 0; i < n; i++) {
    const value = labels[i]
    if ((value | 0) !== value)
      throw new DataError(`${argument}[${i}] is ${value}; labels are 32-bit integers.`, { argument, index: i, value })
    if (value < low) low = value
    else if (value > high) high = value
  }
  return { low, width: high - low + 1 }
}

function rangeOf(labels: Int32Array): { low: number; width: number } {
  // Two at a time, so that no comparison waits for the one before.
  let low = labels[0]
  let high = low
  let [otherLow, otherHigh] = [low, high]
  for (let i = labels.length & 1; i < labels.length; i += 2) {
    const [value, other] = [labels[i], labels[i + 1]]
    if (value < low) low = value
    if (value > high) high = value
    if (other < otherLow) otherLow = other
    if (other > otherHigh) otherHigh = other
  }
  low = Math.min(low, otherLow)
  return { low, width: Math.max(high, otherHigh) - low + 1 }
}

function encodeDense(labels: Labels, low: number, width: number): EncodedLabels {
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

function encodeSparse(labels: Labels): EncodedLabels {
  const values = Int32Array.from(new Set(Array.from(labels))).sort()
  const rank = new Map<number, number>()
  for (let k = 0; k < values.length; k++) rank.set(values[k], k)
  const codes = new Int32Array(labels.length)
  for (let i = 0; i < codes.length; i++) codes[i] = rank.get(labels[i])!
  return { codes, values }
}

/**
 * Two labelings of the same samples after the policy for −1 has been applied.
 *
 * @throws ShapeError if their lengths differ, OptionError for an unknown policy, DataError if nothing is left
 */
export function pairLabels(truth: Labels, labels: Labels, noise: NoisePolicy = 'cluster'): [Labels, Labels] {
  if (truth.length !== labels.length)
    throw new ShapeError('labels', [labels.length], `[${truth.length}], one label for every label of truth`)
  if (!noisePolicies.includes(noise)) throw new OptionError('noise', noise, noisePolicies.join(', '))
  if (noise === 'cluster') return [truth, labels]
  if (noise === 'singletons') return [splitNoise(truth), splitNoise(labels)]
  const kept: number[] = []
  for (let i = 0; i < truth.length; i++) if (truth[i] !== -1 && labels[i] !== -1) kept.push(i)
  if (kept.length === 0 && truth.length > 0)
    throw new DataError("Every sample is noise (−1), and noise: 'drop' leaves none to score.", {
      samples: truth.length,
    })
  return [Int32Array.from(kept, (i) => truth[i]), Int32Array.from(kept, (i) => labels[i])]
}

/** Gives every −1 a label that no other sample has. */
function splitNoise(labels: Labels): Labels {
  let next = -1
  for (let i = 0; i < labels.length; i++) if (labels[i] > next) next = labels[i]
  return Int32Array.from(labels, (label) => (label === -1 ? ++next : label))
}
