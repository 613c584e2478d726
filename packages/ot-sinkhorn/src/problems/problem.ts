import { DataError, OptionError, ShapeError } from '@dc/core/plugin'

/** A matrix of costs, row after row. `+Infinity` forbids a pair. */
export type Costs = Float64Array | Float32Array

/** The condition on the row sums or the column sums of a plan. */
export interface Marginal {
  /** The prescribed masses, one per row or column. */
  readonly mass: Float64Array
  /**
   * Weight τ of the penalty `τ KL(sums ‖ mass)`, with `KL(x ‖ y) = Σ x log(x/y) − x + y`. `Infinity` asks for equality.
   */
  readonly relaxation: number
  /** The masses are upper limits instead: `sums ≤ mass`. Only together with a total mass. */
  readonly limit: boolean
}

/**
 * An entropic transport problem, independent of its solver:
 *
 *   min over P ≥ 0 of  ⟨C, P⟩ + ε Σ P (log P − 1) + rows(P1) + columns(Pᵀ1)
 *
 * where each marginal is an equality, a KL penalty or an upper limit. Made by {@link balanced}, {@link unbalanced},
 * {@link partial} and {@link p2ot}; solved by `solve`.
 */
export interface TransportProblem {
  readonly kind: 'balanced' | 'unbalanced' | 'partial' | 'p2ot'
  readonly rows: number
  readonly columns: number
  /** `rows × columns`, row-major. */
  readonly cost: Costs
  readonly epsilon: number
  readonly rowMarginal: Marginal
  readonly columnMarginal: Marginal
  /**
   * Mass of the virtual column. The column has cost 0 in every row and is an equality. It is no part of the returned plan.
   */
  readonly virtual?: number
  /** Total mass to move, for limits. */
  readonly mass?: number
  /** 1 for a column that is forbidden to all rows with mass; it stays empty. */
  readonly closed?: Uint8Array
}

/** Options of every problem. */
export interface CostOptions {
  /** `rows × columns` costs, row-major; `+Infinity` forbids a pair. */
  readonly cost: Costs
  readonly rows: number
  readonly columns: number
  /** Weight ε > 0 of the entropy, in the units of the costs. */
  readonly epsilon: number
  /** Forbidden pairs: 1 in a `rows × columns` array, or the diagonal. Costs are copied, not changed. */
  readonly mask?: Uint8Array | 'diagonal'
}

/** Checks the costs and applies the mask. */
export function readCosts({ cost, rows, columns, epsilon, mask }: CostOptions): Costs {
  for (const [name, count] of [
    ['rows', rows],
    ['columns', columns],
  ] as const)
    if (!Number.isInteger(count) || count < 1) throw new OptionError(name, count, 'an integer from 1')
  if (!(cost instanceof Float64Array || cost instanceof Float32Array))
    throw new OptionError('cost', cost, 'a Float64Array or Float32Array')
  if (cost.length !== rows * columns)
    throw new ShapeError('cost', [cost.length], `${rows} rows × ${columns} columns = ${rows * columns} values`)
  if (!(epsilon > 0) || epsilon === Infinity) throw new OptionError('epsilon', epsilon, 'a finite number above 0')
  checkCosts(cost, columns)
  return mask === undefined ? cost : masked(cost, rows, columns, mask)
}

function checkCosts(cost: Costs, columns: number) {
  // The sum is NaN or −∞ if a value is, or if both infinities occur. It costs less than a test of every value.
  let total = 0
  for (let i = 0; i < cost.length; i++) total += cost[i]
  if (total > Number.NEGATIVE_INFINITY) return
  const at = cost.findIndex((c) => Number.isNaN(c) || c === Number.NEGATIVE_INFINITY)
  if (at < 0) return
  const where = { row: Math.floor(at / columns), column: at % columns }
  throw new DataError(
    `cost is ${cost[at]} in row ${where.row}, column ${where.column}; allowed: numbers, and +Infinity to forbid a pair.`,
    where,
  )
}

function masked(cost: Costs, rows: number, columns: number, mask: Uint8Array | 'diagonal'): Costs {
  const copy = cost.slice()
  if (mask === 'diagonal') {
    if (rows !== columns) throw new ShapeError('cost', [rows, columns], 'a square matrix, since mask is diagonal')
    for (let i = 0; i < rows; i++) copy[i * columns + i] = Infinity
    return copy
  }
  if (mask.length !== cost.length) throw new ShapeError('mask', [mask.length], `${cost.length} values, as many as cost`)
  for (let i = 0; i < copy.length; i++) if (mask[i]) copy[i] = Infinity
  return copy
}

/** Checks masses, or makes `count` equal ones that sum to `total`. */
export function readMasses(name: string, mass: ArrayLike<number> | undefined, count: number, total = 1): Float64Array {
  if (mass === undefined) return new Float64Array(count).fill(total / count)
  if (mass.length !== count) throw new ShapeError(name, [mass.length], `${count} masses`)
  const masses = Float64Array.from(mass)
  const at = masses.findIndex((m) => !(m >= 0) || m === Infinity)
  if (at >= 0) throw new OptionError(`${name}[${at}]`, masses[at], 'a finite mass of at least 0')
  if (sum(masses) === 0) throw new OptionError(name, [...masses.subarray(0, 8)], 'masses that are not all 0')
  return masses
}

/** A KL weight: above 0, `Infinity` for equality. */
export function readRelaxation(name: string, weight: number): number {
  if (!(weight > 0)) throw new OptionError(name, weight, 'a number above 0, or Infinity for equality')
  return weight
}

/** Equalities on both sides need equal total masses. */
export function requireEqualMass(rowMass: Float64Array, columnMass: Float64Array) {
  const [a, b] = [sum(rowMass), sum(columnMass)]
  if (Math.abs(a - b) > 1e-6 * Math.max(a, b))
    throw new OptionError('columnMass', b, `masses that sum to rowMass's ${a}; relax one side if they should differ`)
  // A difference left by rounding would keep the errors from reaching small tolerances.
  for (let j = 0; j < columnMass.length; j++) columnMass[j] *= a / b
}

export function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total
}
