import { checkInteger, DataError, OptionError, type Random, ShapeError } from '@dc/core/plugin'
import { averageLinkage } from './average-linkage'

export interface ConsensusOptions {
  /** Clusters, 1 … rows that are sampled. */
  readonly k: number
  /** Draws the sample. */
  readonly random: Random
  /** Rows that are compared in pairs, which takes 4 bytes a pair. Default 4000. */
  readonly sample?: number
}

/** What labellings agree on. */
export interface Consensus {
  /** `[n]`, numbered by decreasing size. */
  readonly labels: Int32Array
  /** Share of the labellings' opinion that each row's cluster has, `[n]`, 0 … 1: how typical its labels are for the cluster. */
  readonly support: Float32Array
}

const mostRounds = 10
/** Of n/k, what a cluster must have: else a few odd rows would be a cluster, and two others be joined to leave room for it. */
const leastShare = 0.05

/**
 * One labelling from many (evidence accumulation). Two rows are as near as the share of labellings that put them together. Average
 * linkage on that gives clusters of a sample of rows: it is cut at k clusters that each have a twentieth of n/k rows at least. Then
 * every row goes to the cluster whose rows' labels are most like its own, in mean over the labellings, until nothing changes.
 *
 * Labellings may have other numbers of clusters than k; k … 2k is usual. More of one kind give it more weight.
 *
 * @param labellings each `[n]`, integers ≥ 0
 * @throws DataError, ShapeError for labellings that cannot be; OptionError for options out of range
 * @see Fred and Jain 2005, "Combining multiple clusterings using evidence accumulation"
 * @example
 * consensusClustering([[0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 2, 2]], { k: 2, random }).labels // [0, 0, 1, 1]
 */
export function consensusClustering(
  labellings: readonly ArrayLike<number>[],
  { k, random, sample = 4000 }: ConsensusOptions,
): Consensus {
  const voices = labellings.map(checked)
  if (voices.length === 0) throw new OptionError('labellings', labellings, 'at least one labelling')
  const n = voices[0].labels.length
  for (const { labels } of voices)
    if (labels.length !== n) throw new ShapeError('labellings', [labels.length], `[${n}], as the first`)
  checkInteger('sample', sample, 1, 30_000)
  checkInteger('k', k, 1, Math.min(n, sample), `${Math.min(n, sample)} rows are compared`)
  const rows = n > sample ? random.permutation(n).slice(0, sample).sort() : Int32Array.from({ length: n }, (_, i) => i)
  const taken = voices.map((voice) => ({ ...voice, labels: rows.map((row) => voice.labels[row]) }))
  const least = Math.max(1, Math.floor((leastShare * rows.length) / k))
  const linked = averageLinkage(disagreements(taken), rows.length, k, { least })
  const nearest = likest(taken, opinions(taken, linked, k), k).labels
  let labels: Int32Array = linked.map((label, row) => (label >= 0 ? label : nearest[row]))
  for (let round = 0; round < mostRounds; round++) {
    const next = likest(taken, opinions(taken, labels, k), k).labels
    const sizes = countsOf(next, k)
    // k clusters were asked for.
    if (sizes.includes(0) || next.every((label, row) => label === labels[row])) break
    labels = next
  }
  const tables = opinions(taken, labels, k)
  const found = likest(voices, tables, k)
  // A sampled row keeps its label, so that no cluster ends.
  for (const [at, row] of rows.entries()) found.labels[row] = labels[at]
  return { labels: bySize(found.labels, k), support: found.support }
}

interface Voice {
  readonly labels: Int32Array
  readonly clusters: number
}

function checked(given: ArrayLike<number>, index: number): Voice {
  const labels = Int32Array.from(given)
  let largest = 0
  for (const [row, label] of labels.entries()) {
    if (label < 0 || label !== given[row])
      throw new DataError(`labelling ${index}: the label of row ${row} is ${given[row]}, not an integer ≥ 0.`, { row })
    if (label > largest) largest = label
  }
  return { labels, clusters: largest + 1 }
}

/** Share of the voices that part each two rows, `[n, n]`. */
function disagreements(voices: readonly Voice[]): Float32Array {
  const n = voices[0].labels.length
  const counts = new Float32Array(n * n)
  for (const { labels } of voices)
    for (let a = 0; a < n; a++) {
      const own = labels[a]
      for (let b = 0; b < a; b++) if (labels[b] !== own) counts[a * n + b]++
    }
  const share = 1 / voices.length
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) counts[b * n + a] = counts[a * n + b] = counts[a * n + b] * share
  return counts
}

/**
 * For each voice, the share of each cluster's rows that have each of the voice's labels, `[voice][label, k]`. Rows without a cluster
 * (−1) are not counted.
 */
function opinions(voices: readonly Voice[], labels: Int32Array, k: number): Float32Array[] {
  const sizes = countsOf(labels, k)
  return voices.map((voice) => {
    const table = new Float32Array(voice.clusters * k)
    for (const [row, label] of voice.labels.entries())
      if (labels[row] >= 0) table[label * k + labels[row]] += 1 / sizes[labels[row]]
    return table
  })
}

function likest(voices: readonly Voice[], tables: readonly Float32Array[], k: number): Consensus {
  const n = voices[0].labels.length
  const labels = new Int32Array(n)
  const support = new Float32Array(n)
  const sums = new Float32Array(k)
  for (let row = 0; row < n; row++) {
    sums.fill(0)
    for (const [v, table] of tables.entries()) {
      const start = voices[v].labels[row] * k
      for (let c = 0; c < k; c++) sums[c] += table[start + c]
    }
    let best = 0
    for (let c = 1; c < k; c++) if (sums[c] > sums[best]) best = c
    labels[row] = best
    support[row] = sums[best] / voices.length
  }
  return { labels, support }
}

function countsOf(labels: Int32Array, k: number): Int32Array {
  const counts = new Int32Array(k)
  for (const label of labels) if (label >= 0) counts[label]++
  return counts
}

function bySize(labels: Int32Array, k: number): Int32Array {
  const counts = countsOf(labels, k)
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b)
  const number = new Int32Array(k)
  for (const [at, label] of order.entries()) number[label] = at
  return labels.map((label) => number[label])
}
