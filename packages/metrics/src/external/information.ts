import { OptionError } from '@dc/core/plugin'
import { type ContingencyTable, samePartition } from '../contingency'
import { type ExternalScore, externalScore } from './score'

/** How two entropies are averaged into the normaliser of {@link normalizedMutualInformation}. */
export type EntropyAverage = 'arithmetic' | 'geometric' | 'min' | 'max'

/**
 * Entropy of a partition in nats, `H = −Σ p_k ln p_k`, from its cluster sizes.
 *
 * @returns a number in [0, ln K], K the clusters that are not empty
 */
export function entropy(sizes: ArrayLike<number>): number {
  let total = 0
  let count = 0
  for (let k = 0; k < sizes.length; k++) {
    total += sizes[k]
    if (sizes[k] > 0) count++
  }
  if (count < 2) return 0
  let sum = 0
  for (let k = 0; k < sizes.length; k++) if (sizes[k] > 0) sum += (sizes[k] / total) * Math.log(total / sizes[k])
  return Math.min(sum, Math.log(count))
}

/**
 * Mutual information of two partitions, in nats.
 *
 * `MI = Σ_ij (n_ij/n) ln(n n_ij / (a_i b_j))`, with n_ij samples of class i in cluster j, a_i and b_j the sums.
 *
 * @returns a number in [0, min(H(truth), H(labels))]
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @see Vinh, Epps, Bailey, "Information theoretic measures for clusterings comparison", JMLR 2010
 * @example
 * mutualInformation([0, 0, 1, 1], [0, 0, 1, 2])   // 0.693…
 */
export const mutualInformation: ExternalScore = externalScore((table) => information(table))

/** Held within its range, which rounding leaves by a last digit: scores that divide by an entropy stay in theirs. */
function information({ total, classSizes, clusterSizes, cells }: ContingencyTable): number {
  if (classSizes.length === 1 || clusterSizes.length === 1) return 0
  const { row, column, count } = cells
  let sum = 0
  for (let c = 0; c < count.length; c++) {
    const expected = classSizes[row[c]] * clusterSizes[column[c]]
    sum += (count[c] / total) * Math.log((count[c] * total) / expected)
  }
  return sum <= Number.EPSILON ? 0 : Math.min(sum, entropy(classSizes), entropy(clusterSizes))
}

function average(a: number, b: number, how: EntropyAverage): number {
  if (how === 'arithmetic') return (a + b) / 2
  if (how === 'geometric') return Math.sqrt(a * b)
  if (how === 'min') return Math.min(a, b)
  if (how === 'max') return Math.max(a, b)
  throw new OptionError('average', how, 'arithmetic, geometric, min, max')
}

/**
 * Normalised mutual information, `NMI = MI / average(H(truth), H(labels))`.
 *
 * @param options.average `arithmetic` (default, scikit-learn's), `geometric`, `min` or `max`
 * @returns a number in [0, 1]; 1 for the same partition, and when both have a single cluster
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers; OptionError for another average
 * @see Strehl and Ghosh, "Cluster ensembles", JMLR 2002
 * @example
 * normalizedMutualInformation([0, 0, 1, 1], [1, 1, 0, 0])   // 1
 */
export const normalizedMutualInformation: ExternalScore<{ average?: EntropyAverage }> = externalScore<{
  average?: EntropyAverage
}>((table, { average: how = 'arithmetic' }) => {
  const normaliser = average(entropy(table.classSizes), entropy(table.clusterSizes), how)
  if (samePartition(table)) return 1
  const shared = information(table)
  return shared === 0 ? 0 : Math.min(1, shared / normaliser)
})

/**
 * Adjusted mutual information, `AMI = (MI − E[MI]) / (average(H, H) − E[MI])`, with E[MI] exact under random
 * permutations of the labels: 0 is what chance gives.
 *
 * @param options.average as in {@link normalizedMutualInformation}
 * @returns at most 1; negative when worse than chance
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers; OptionError for another average
 * @see Vinh, Epps, Bailey, JMLR 2010, eq. 24
 * @example
 * adjustedMutualInformation([0, 0, 1, 1], [0, 0, 1, 1])   // 1
 */
export const adjustedMutualInformation: ExternalScore<{ average?: EntropyAverage }> = externalScore<{
  average?: EntropyAverage
}>((table, { average: how = 'arithmetic' }) => {
  const normaliser = average(entropy(table.classSizes), entropy(table.clusterSizes), how)
  if (samePartition(table)) return 1
  if (table.classSizes.length === 1 || table.clusterSizes.length === 1) return 0
  const expected = expectedMutualInformation(table)
  const numerator = information(table) - expected
  const denominator = normaliser - expected
  // With only singletons on one side every permutation gives the same MI, and the rest is rounding. If that MI is also the
  // largest possible, the score is 1, as in scikit-learn.
  const rounding = 1e-12 * expected
  if (Math.abs(numerator) <= rounding) return Math.abs(denominator) <= rounding ? 1 : 0
  return Math.min(1, numerator / denominator)
})

/**
 * Expected mutual information of two partitions with these sizes under random permutations (nats).
 *
 * `E[MI] = Σ_ij Σ_m P(m) (m/n) ln(n m / (a_i b_j))`, m hypergeometric (n, a_i, b_j). The probabilities are walked by
 * their ratio outwards from the mode until they vanish and normalised by their own sum, so that no factorial is needed:
 * about ten standard deviations of m per cell instead of min(a_i, b_j) terms.
 *
 * @see Vinh, Epps, Bailey, JMLR 2010, eq. 24a
 */
export function expectedMutualInformation(table: ContingencyTable): number {
  const [a, b] = [countSizes(table.classSizes), countSizes(table.clusterSizes)]
  const logs = logarithms(Math.min(a.largest, b.largest))
  let sum = 0
  for (const [rows, manyRows] of a.counts)
    for (const [columns, manyColumns] of b.counts)
      sum += manyRows * manyColumns * expectedCell(rows, columns, table.total, logs)
  return sum
}

/** Distinct sizes and how many clusters have each: equal sizes share one expectation. */
function countSizes(sizes: Float64Array): { counts: Map<number, number>; largest: number } {
  const counts = new Map<number, number>()
  let largest = 0
  for (const size of sizes) {
    counts.set(size, (counts.get(size) ?? 0) + 1)
    if (size > largest) largest = size
  }
  return { counts, largest }
}

function logarithms(most: number): Float64Array {
  const logs = new Float64Array(most + 1)
  for (let m = 1; m <= most; m++) logs[m] = Math.log(m)
  return logs
}

/** `E[(m/n) ln(n m/(a b))]` for m hypergeometric. */
function expectedCell(a: number, b: number, n: number, logs: Float64Array): number {
  const least = Math.max(0, a + b - n)
  const most = Math.min(a, b)
  const mode = Math.min(most, Math.max(least, Math.floor(((a + 1) * (b + 1)) / (n + 2))))
  const offset = Math.log(n) - Math.log(a) - Math.log(b)
  const rest = n - a - b
  let weights = 1
  let sum = mode * (logs[mode] + offset)
  for (let m = mode, weight = 1; m < most; ) {
    weight *= ((a - m) * (b - m)) / ((m + 1) * (rest + m + 1))
    if (weight < 1e-20) break
    m++
    weights += weight
    sum += weight * m * (logs[m] + offset)
  }
  for (let m = mode, weight = 1; m > least; ) {
    weight *= (m * (rest + m)) / ((a - m + 1) * (b - m + 1))
    if (weight < 1e-20) break
    m--
    weights += weight
    if (m > 0) sum += weight * m * (logs[m] + offset)
  }
  return sum / (weights * n)
}

/**
 * Homogeneity, `1 − H(truth | labels) / H(truth)`: 1 when every cluster holds a single class.
 *
 * @returns a number in [0, 1]
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @see Rosenberg and Hirschberg, "V-measure", EMNLP 2007
 * @example
 * homogeneity([0, 0, 1, 1], [0, 1, 2, 3])   // 1
 */
export const homogeneity: ExternalScore = externalScore((table) =>
  table.cells.count.length === table.clusters.length ? 1 : information(table) / entropy(table.classSizes),
)

/**
 * Completeness, `1 − H(labels | truth) / H(labels)`: 1 when every class lies in a single cluster.
 *
 * @returns a number in [0, 1]
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @see Rosenberg and Hirschberg, "V-measure", EMNLP 2007
 * @example
 * completeness([0, 0, 1, 1], [0, 0, 0, 0])   // 1
 */
export const completeness: ExternalScore = externalScore((table) =>
  table.cells.count.length === table.classes.length ? 1 : information(table) / entropy(table.clusterSizes),
)

/**
 * V-measure, `(1 + β) h c / (β h + c)`: the weighted harmonic mean of homogeneity h and completeness c.
 *
 * @param options.beta weight of completeness, finite and ≥ 0 (default 1, which equals the arithmetic NMI)
 * @returns a number in [0, 1]
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers; OptionError for a negative β
 * @see Rosenberg and Hirschberg, "V-measure", EMNLP 2007
 * @example
 * vMeasure([0, 0, 1, 1], [0, 0, 1, 2])   // 0.8
 */
export const vMeasure: ExternalScore<{ beta?: number }> = externalScore<{ beta?: number }>((table, { beta = 1 }) => {
  if (!(beta >= 0 && Number.isFinite(beta))) throw new OptionError('beta', beta, 'a finite number ≥ 0')
  const [h, c] = [homogeneity(table), completeness(table)]
  return h * c === 0 ? 0 : Math.min(1, ((1 + beta) * h * c) / (beta * h + c))
})

/**
 * Variation of information in nats, `VI = H(truth | labels) + H(labels | truth)`: a distance between partitions.
 *
 * @returns 0 for the same partition, at most `ln n`
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @see Meilă, "Comparing clusterings by the variation of information", COLT 2003
 * @example
 * variationOfInformation([0, 0, 1, 1], [0, 0, 1, 1])   // 0
 */
export const variationOfInformation: ExternalScore = externalScore((table) => {
  if (samePartition(table)) return 0
  const distance = entropy(table.classSizes) + entropy(table.clusterSizes) - 2 * information(table)
  return Math.min(Math.log(table.total), Math.max(0, distance))
})
