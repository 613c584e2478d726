import type { TransportProblem } from '../problems/problem'
import { type Base, noBase, rangeOf } from './base'
import { columnMasses } from './column-masses'
import type { KernelMatrix } from './kernel-matrix'
import { type Reduce, sumsOf } from './reduce'

/** Facts about the costs that a solver needs before it starts; the base differs between shards, the others do not. */
export interface Survey {
  /** Rows of all shards. */
  readonly rows: number
  /**
   * Column potentials to start from, in the units of the costs, the virtual column's last: the given ones, or the usual ones.
   */
  readonly start: Float64Array
  readonly usual: Float64Array
}

// Exponents beyond this lose more than three of their sixteen digits. Costs then get a base of their own.
const largestExponent = 512
const mostSamples = 64

/**
 * Looks at the costs: chooses the base of the kernel matrix, and the potentials to start from if none are given.
 *
 * A constant added to all costs does not change the plan: if the rows are equalities, the potential of the virtual column
 * (cost 0) takes the opposite constant. The virtual column starts where it gets about its mass from normally distributed
 * log-sum-exps v of the rows: −ψ_v = mean v − deviation · logit(share) / 1.702.
 */
export function survey(
  problem: TransportProblem,
  matrix: KernelMatrix,
  { epsilon, start, reduce }: { epsilon: number; start?: Float64Array; reduce?: Reduce },
): Survey {
  const { columns, virtual } = problem
  if (virtual !== undefined) {
    const samples = sampleRows(problem, matrix, epsilon)
    const [rows, count, total] = sumsOf(reduce, matrix.rows, samples.length, sumOf(samples))
    const mean = count > 0 ? total / count : 0
    const [squares] = sumsOf(reduce, sumOf(samples.map((v) => (v - mean) ** 2)))
    if (Math.abs(mean) > largestExponent * epsilon) matrix.rebase({ common: -mean })
    const deviation = Math.sqrt(squares / Math.max(1, count) / 1.702 ** 2 + epsilon ** 2)
    const usual = new Float64Array(columns + 1)
    usual[columns] = mean + deviation * Math.log(virtual / (1 - virtual))
    return { rows, start: start ?? usual, usual }
  }
  const usual = new Float64Array(columns)
  const from = start ?? usual
  matrix.load(toKernel(problem, from, { epsilon, base: noBase }), epsilon)
  let wild = 0
  for (let i = 0; i < matrix.rows; i++) if (Math.abs(matrix.offsets[i]) > largestExponent) wild++
  const [rows, anyWild] = sumsOf(reduce, matrix.rows, wild)
  if (anyWild > 0) matrix.rebase(rowBase(problem, matrix, reduce))
  return { rows, start: from, usual }
}

/** ε log Σ_j exp(−C_ij/ε) of some rows that have an open pair. */
function sampleRows(problem: TransportProblem, matrix: KernelMatrix, epsilon: number): number[] {
  const { columns } = problem
  const { active } = columnMasses(problem)
  const samples: number[] = []
  const step = Math.ceil(matrix.rows / mostSamples)
  for (let row = 0; row < matrix.rows; row += step)
    matrix.costs(
      (chunk) => {
        let low = Infinity
        for (let j = 0; j < columns; j++) if (active[j] && chunk[j] < low) low = chunk[j]
        if (low === Infinity) return
        let total = 0
        for (let j = 0; j < columns; j++) if (active[j]) total += Math.exp((low - chunk[j]) / epsilon)
        samples.push(epsilon * Math.log(total) - low)
      },
      { from: row, to: row + 1 },
    )
  return samples
}

/**
 * The base: each row's smallest cost if rows are equalities, where constants of rows do not matter; else that of all rows.
 */
function rowBase({ columns, rowMarginal }: TransportProblem, matrix: KernelMatrix, reduce?: Reduce): Base {
  const each = new Float64Array(matrix.rows)
  let total = 0
  let count = 0
  matrix.costs((chunk, from, rows) => {
    for (let i = 0; i < rows; i++) {
      const [low] = rangeOf(chunk, i * columns, columns)
      if (low === Infinity) continue
      each[from + i] = low
      total += low
      count++
    }
  })
  const sums = sumsOf(reduce, total, count)
  const common = sums[0] / Math.max(1, sums[1])
  if (rowMarginal.limit) return { common }
  return rowMarginal.relaxation === Infinity ? { common: 0, each } : { common, each }
}

/**
 * Potentials in units of ε, for costs minus their base, relative to the mean of the real columns; −∞ for columns that take no
 * mass.
 */
export function toKernel(
  problem: TransportProblem,
  start: Float64Array,
  { epsilon, base }: { epsilon: number; base: Base },
): Float64Array {
  const { active } = columnMasses(problem)
  // −∞ marks a column that took no mass. It starts at the mean.
  const known = start.subarray(0, problem.columns).filter((g, j) => active[j] && Number.isFinite(g))
  const middle = known.length > 0 ? sumOf(known) / known.length : 0
  return start.map((g, j) => {
    if (!active[j]) return Number.NEGATIVE_INFINITY
    const counted = j === problem.columns ? g + base.common - middle : g - middle
    return Number.isFinite(counted) ? counted / epsilon : 0
  })
}

/** The largest difference of finite costs in a row or, with a virtual column, in all rows; over shards, the sum. */
export function spreadOf({ columns, virtual }: TransportProblem, matrix: KernelMatrix, reduce?: Reduce): number {
  let spread = 0
  let [lowest, highest] = rangeOf(new Float64Array(0), 0, 0)
  matrix.costs((chunk, _, count) => {
    for (let i = 0; i < count; i++) {
      const [low, high] = rangeOf(chunk, i * columns, columns)
      if (high > low) spread = Math.max(spread, high - low)
      lowest = Math.min(lowest, low)
      highest = Math.max(highest, high)
    }
  })
  const local = virtual !== undefined && highest > lowest ? highest - lowest : spread
  return sumsOf(reduce, local)[0]
}

function sumOf(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total
}
