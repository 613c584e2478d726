import { OptionError } from '@dc/core/plugin'
import { type ContingencyTable, contingencyTable, denseCounts } from '../contingency'
import type { Labels, NoiseOptions } from '../labels'
import { optimalMatching } from './matching'
import { type ExternalScore, externalScore, isTable } from './score'

/**
 * Clustering accuracy: the share of samples that are right under the matching of clusters to classes that makes it largest.
 *
 * `ACC = max_m (1/n) Σ_i [m(labels_i) = truth_i]`; m is one-to-one (Hungarian; the numbers of classes and clusters may
 * differ) or many-to-one (each cluster takes its most frequent class, which is {@link purity}).
 *
 * @param options.matching `one-to-one` (default) or `many-to-one`
 * @returns a number in (0, 1]
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers; OptionError for another matching
 * @see Yang, Xu, Nie, Yan, Zhuang, "Image clustering using local discriminant models", TIP 2010
 * @example
 * accuracy([0, 0, 1, 1], [1, 1, 0, 2])   // 0.75
 */
export const accuracy: ExternalScore<{ matching?: 'one-to-one' | 'many-to-one' }> = externalScore<{
  matching?: 'one-to-one' | 'many-to-one'
}>((table, { matching = 'one-to-one' }) => {
  if (matching === 'many-to-one') return purity(table)
  if (matching !== 'one-to-one') throw new OptionError('matching', matching, 'one-to-one, many-to-one')
  return sum(matchedCounts(table).correct) / table.total
})

/**
 * Purity: the share of samples that belong to the most frequent class of their cluster.
 *
 * @returns a number in (0, 1]; grows with the number of clusters
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @example
 * purity([0, 0, 1, 1], [0, 0, 1, 2])   // 1
 */
export const purity: ExternalScore = externalScore((table) => {
  const best = new Float64Array(table.clusters.length)
  const { column, count } = table.cells
  for (let c = 0; c < count.length; c++) if (count[c] > best[column[c]]) best[column[c]] = count[c]
  return sum(best) / table.total
})

/**
 * Mean per-class recall after one-to-one matching: every class counts the same, however rare. The SP²OT paper reports this as
 * ACC on imbalanced data.
 *
 * @returns a number in [0, 1]; a class without a cluster has recall 0
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @see Zhang, Ren, He, "SP²OT", 2024, section 5
 * @example
 * meanClassAccuracy([0, 0, 0, 1], [0, 0, 1, 1])   // (2/3 + 1) / 2
 */
export const meanClassAccuracy: ExternalScore = externalScore((table) => mean(classScores(table).recall))

/**
 * Macro F1 after one-to-one matching: the mean over classes of `2 correct / (class size + cluster size)`.
 *
 * @returns a number in [0, 1]; a class without a cluster has F1 0
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @example
 * macroF1([0, 0, 0, 1], [0, 0, 1, 1])   // (0.8 + 2/3) / 2
 */
export const macroF1: ExternalScore = externalScore((table) => mean(classScores(table).f1))

/** Recall and F1 of every class after one-to-one matching. */
export interface ClassScores {
  /** The class of each entry, ascending. */
  readonly classes: Int32Array
  readonly sizes: Float64Array
  readonly recall: Float64Array
  readonly precision: Float64Array
  readonly f1: Float64Array
}

/** Recall, precision and F1 of every class after one-to-one matching. */
export function classScores(table: ContingencyTable): ClassScores {
  const { matching, correct } = matchedCounts(table)
  const recall = correct.map((hits, i) => hits / table.classSizes[i])
  const clusterSize = (i: number) => (matching[i] < 0 ? 0 : table.clusterSizes[matching[i]])
  const precision = correct.map((hits, i) => (hits === 0 ? 0 : hits / clusterSize(i)))
  const f1 = correct.map((hits, i) => (2 * hits) / (table.classSizes[i] + clusterSize(i)))
  return { classes: table.classes, sizes: table.classSizes, recall, precision, f1 }
}

/** Scores of the frequent, middle and rare classes of imbalanced data. */
export interface GroupScores {
  readonly classes: Int32Array
  /** Mean per-class recall of the group. */
  readonly accuracy: number
  readonly f1: number
}

/**
 * Mean recall and F1 of the head, medium and tail classes: the first 30 %, next 40 % and last 30 % by size.
 *
 * @param options.shares where the cuts lie, two increasing numbers in (0, 1); default `[0.3, 0.7]`
 * @returns a group without classes has NaN scores
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers; OptionError for other cuts
 * @see Zhang, Ren, He, "SP²OT", 2024, section 5
 * @example
 * headMediumTail(truth, labels).tail.accuracy
 */
export function headMediumTail(
  truth: Labels,
  labels: Labels,
  options: NoiseOptions & { shares?: readonly [number, number] } = {},
): Record<'head' | 'medium' | 'tail', GroupScores> {
  const [first, second] = options.shares ?? [0.3, 0.7]
  if (!(first > 0 && first <= second && second < 1))
    throw new OptionError('shares', options.shares, 'two increasing numbers between 0 and 1')
  const scores = classScores(contingencyTable(truth, labels, options))
  // Equal sizes keep the order of their class numbers, so that the cut does not depend on chance.
  const order = [...scores.sizes.keys()].sort((a, b) => scores.sizes[b] - scores.sizes[a] || a - b)
  const cuts = [0, Math.round(first * order.length), Math.round(second * order.length), order.length]
  const group = (g: number): GroupScores => {
    const members = order.slice(cuts[g], cuts[g + 1])
    return {
      classes: Int32Array.from(members, (i) => scores.classes[i]),
      accuracy: mean(members.map((i) => scores.recall[i])),
      f1: mean(members.map((i) => scores.f1[i])),
    }
  }
  return { head: group(0), medium: group(1), tail: group(2) }
}

/** Classes against clusters, with the columns in the order of the classes they were matched to. */
export interface AlignedConfusion {
  /** The class of each row, ascending. */
  readonly classes: Int32Array
  /** The cluster of each column: those matched to a class first, in the order of the rows; then the others. */
  readonly clusters: Int32Array
  /** `[classes, clusters]` counts, row-major. */
  readonly counts: Float64Array
  /** The class that each cluster was matched to; clusters without one are absent. */
  readonly classOf: ReadonlyMap<number, number>
}

/**
 * The confusion matrix with clusters aligned to the truth by the best one-to-one matching.
 *
 * @returns counts whose "diagonal" is what accuracy counts as right
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @example
 * alignedConfusion([0, 0, 1], [7, 7, 3]).clusters   // Int32Array [7, 3]
 */
export function alignedConfusion(truth: Labels, labels: Labels, options?: NoiseOptions): AlignedConfusion
export function alignedConfusion(table: ContingencyTable): AlignedConfusion
export function alignedConfusion(
  first: Labels | ContingencyTable,
  labels?: Labels,
  options?: NoiseOptions,
): AlignedConfusion {
  const table = isTable(first) ? first : contingencyTable(first, labels!, options)
  const { matching } = matchedCounts(table)
  const matched = [...matching].filter((column) => column >= 0)
  const taken = new Set(matched)
  const order = [...matched, ...table.clusters.keys()].filter((column, at) => at < matched.length || !taken.has(column))
  const dense = denseCounts(table)
  const width = table.clusters.length
  const counts = new Float64Array(dense.length)
  for (let i = 0; i < table.classes.length; i++)
    for (let j = 0; j < width; j++) counts[i * width + j] = dense[i * width + order[j]]
  const classOf = new Map<number, number>()
  for (let i = 0; i < matching.length; i++)
    if (matching[i] >= 0) classOf.set(table.clusters[matching[i]], table.classes[i])
  return { classes: table.classes, clusters: Int32Array.from(order, (j) => table.clusters[j]), counts, classOf }
}

/** Per class the column of its cluster (−1 for none) and how many samples the two share. */
function matchedCounts(table: ContingencyTable): { matching: Int32Array; correct: Float64Array } {
  const width = table.clusters.length
  const dense = denseCounts(table)
  const matching = optimalMatching(dense, table.classes.length, width)
  const correct = Float64Array.from(matching, (column, i) => (column < 0 ? 0 : dense[i * width + column]))
  return { matching, correct }
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total
}

function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length
}
