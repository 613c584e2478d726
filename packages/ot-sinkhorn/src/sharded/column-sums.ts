import { ShapeError } from '@dc/core/plugin'
import type { Costs } from '../problems/problem'

/** Rows of a transport problem whose rows are equalities of equal mass: one shard of it. */
export interface ShardOfCosts {
  /** `rows × columns`, row-major; `+Infinity` forbids a pair. */
  readonly cost: Costs
  readonly columns: number
  readonly epsilon: number
  /** Mass of each row, 1/N of all N rows. */
  readonly rowMass: number
}

/**
 * What one shard adds to the column sums of a plan: `Σᵢ a softmaxⱼ(ψⱼ − Cᵢⱼ/ε)` for each column, the virtual one of cost 0 last
 * if ψ has one more entry than there are columns. Added over all shards they are what {@link solveColumns} asks for.
 *
 * @param psi column potentials in units of ε; −∞ for a column that takes nothing
 * @returns as many sums as ψ has entries
 * @throws ShapeError if ψ does not fit the columns
 * @example
 * const sums = columnSums({ cost, columns: 10, epsilon: 0.1, rowMass: 1 / 1000 }, new Float64Array(10))
 */
export function columnSums(shard: ShardOfCosts, psi: Float64Array): Float64Array {
  const sums = new Float64Array(psi.length)
  eachRow(shard, psi, (row) => {
    for (let j = 0; j < sums.length; j++) sums[j] += row[j]
  })
  return sums
}

/**
 * The rows of the plan of one shard, each divided by its mass: of a balanced problem they sum to 1, with a virtual column to the
 * share that is given to clusters.
 *
 * @returns `[rows, columns]`, without the virtual column
 * @throws ShapeError if ψ does not fit the columns
 * @example
 * const shares = planRows({ cost, columns: 10, epsilon: 0.1, rowMass: 1 / 1000 }, new Float64Array(10))
 */
export function planRows(shard: ShardOfCosts, psi: Float64Array): Float64Array {
  const { columns, cost, rowMass } = shard
  const plan = new Float64Array(cost.length)
  eachRow(shard, psi, (row, i) => {
    for (let j = 0; j < columns; j++) plan[i * columns + j] = row[j] / rowMass
  })
  return plan
}

/** Visits rows of the plan. The row is reused. */
function eachRow(
  { cost, columns, epsilon, rowMass }: ShardOfCosts,
  psi: Float64Array,
  visit: (row: Float64Array, i: number) => void,
): void {
  if (psi.length !== columns && psi.length !== columns + 1)
    throw new ShapeError('psi', [psi.length], `${columns} potentials, or ${columns + 1} with a virtual column`)
  const row = new Float64Array(psi.length)
  const virtual = psi.length > columns
  for (let i = 0, at = 0; at < cost.length; i++, at += columns) {
    let most = virtual ? psi[columns] : Number.NEGATIVE_INFINITY
    for (let j = 0; j < columns; j++) {
      row[j] = psi[j] - cost[at + j] / epsilon
      if (row[j] > most) most = row[j]
    }
    if (virtual) row[columns] = psi[columns]
    let total = 0
    for (let j = 0; j < row.length; j++) total += row[j] = Math.exp(row[j] - most)
    const scale = rowMass / total
    // A row whose pairs are all forbidden has nothing to give.
    if (!Number.isFinite(scale)) row.fill(0)
    else for (let j = 0; j < row.length; j++) row[j] *= scale
    visit(row, i)
  }
}
