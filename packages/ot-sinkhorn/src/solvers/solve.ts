import { OptionError, ShapeError } from '@dc/core/plugin'
import { blocksLent, withKernels } from '../kernels/memory'
import type { TransportProblem } from '../problems/problem'
import { createResult, type TransportResult } from '../results/result'
import { type Acceleration, anderson, overRelaxation } from './acceleration'
import { descend } from './descent'
import { createKernelMatrix, type KernelSource } from './kernel-matrix'
import { createLimits } from './limits'
import type { Reduce } from './reduce'
import { createSemiDual } from './semi-dual'
import { spreadOf, survey } from './survey'

/** Options of {@link solve}. */
export interface SolveOptions {
  /**
   * - `'newton'`: ten scaling rounds, then truncated Newton on the semi-dual of the column potentials. Each step costs
   *   some passes over the kernel and squares the error; it does not slow down for small ε, small ρ or large τ.
   * - `'scaling'`: Sinkhorn. Enough when a rough answer will do.
   * - `'auto'` (default): ten rounds of scaling (two after a `start`). Scaling goes on while its pace over the last five
   * rounds would reach the tolerance within 10 + 30 min(1, K / N) rounds, the cost of Newton; else Newton takes over. So
   * large ε, loose tolerances and square problems end by scaling; small ε, small ρ and N ≫ K end by Newton. `method` of the
   * result tells. If Newton is stuck, it starts again from ε near the costs' range and goes down to the problem's ε.
   */
  readonly method?: 'auto' | 'newton' | 'scaling'
  /** Allowed 1-norm of the column error, relative to the mass that moves (ρ for P²OT); 1e-9 by default. */
  readonly tolerance?: number
  /** Most scaling rounds (10 000 by default) of `'scaling'`, or Newton steps (100) of each attempt of the others. */
  readonly iterations?: number
  /**
   * The acceleration of scaling: `plain`, `overRelaxation(ω)`, `anderson(memory)`. By default `anderson(5)`, and
   * `overRelaxation(1.3)` for `partial`: Anderson fails at its kinks.
   */
  readonly acceleration?: Acceleration
  /** Scaling rounds between two entries of the error history; 10 by default. */
  readonly checkEvery?: number
  /** Larger values of ε to solve for first, roughly, each from the potentials of the one before; see `epsilonSchedule`. */
  readonly schedule?: readonly number[]
  /** Column potentials to start from, in the units of the costs: `result.potentials.columns` of a similar problem. */
  readonly start?: Float64Array
  /**
   * Threads that share the rows of this solve and of its plan; 1 by default. They are used from about 131,000 costs on: with
   * fewer, waking them takes longer. Helpers start once and stay. The result is the same, bit by bit, for any number of
   * threads.
   */
  readonly threads?: number
  /**
   * Sums numbers over shards of rows, so that each shard's solve finds the plan of all rows together. All shards get the same
   * options. {@link Reduce} says what it must do.
   */
  readonly reduce?: Reduce
}

/**
 * Solves an entropic transport problem in float64.
 *
 * Choosing a method: leave it at `'auto'`. If `converged` is false, forbidden pairs may leave no plan, or the tolerance is
 * smaller than rounding allows. For many similar problems give `start`.
 *
 * @param problem made by `balanced`, `unbalanced`, `partial` or `p2ot`
 * @returns potentials, marginals, errors, and the plan when asked for; never throws for not converging
 * @throws OptionError for a tolerance or number of iterations that is not positive, or Anderson on a partial problem
 * @throws ShapeError if `start` has another length than the columns (with the virtual one)
 * @throws DcError if a helper thread fails
 * @see Cuturi 2013; Schmitzer 2019 (absorption); Brauer, Clason, Lorenz, Wirth 2017 (Newton on the dual); Séjourné, Vialard,
 *   Peyré 2022 (translations)
 * @example
 * const result = solve(balanced({ cost, rows: 100, columns: 10, epsilon: 0.05 }))
 * result.converged && result.argmax()
 */
export function solve(problem: TransportProblem, options: SolveOptions = {}): TransportResult {
  check(problem, options)
  const { epsilon } = problem
  const limited = problem.rowMarginal.limit
  // Options are taken one by one, so that an option given as `undefined` means its default.
  const { method = 'auto', tolerance = 1e-9, acceleration = limited ? overRelaxation(1.3) : anderson(5) } = options
  const { iterations = method === 'scaling' ? 10_000 : 100, checkEvery = 10, threads = 1, schedule = [] } = options
  const { reduce, start } = options
  return withKernels((_, allocate, parallel) => {
    const matrix = createKernelMatrix(kernelSource(problem, threads), allocate, parallel)
    const known = survey(problem, matrix, { epsilon, start, reduce })
    const make = limited ? createLimits : createSemiDual
    const errors: number[] = []
    const { dual, ...outcome } = descend(
      (epsilon) => make(problem, epsilon, matrix, reduce),
      { epsilon, start: { columns: known.start }, usual: { columns: known.usual } },
      {
        ...{ method, tolerance, acceleration, iterations, checkEvery, warm: start !== undefined },
        schedule: schedule.filter((larger) => larger > epsilon),
        patience: method === 'auto' ? roundsWorthNewton(known.rows, problem.columns) : 0,
        spread: () => spreadOf(problem, matrix, reduce),
        onStep: (error) => errors.push(error),
      },
    )
    if (errors.at(-1) !== outcome.residual) errors.push(outcome.residual)
    const report = {
      ...{ method: outcome.method, threads, errors, iterations: outcome.iterations, error: outcome.residual },
      converged: outcome.residual <= tolerance,
    }
    // The kernel may still be there when the plan is asked for, as it often is right away. The exponentials are then not
    // repeated.
    const blocks = blocksLent()
    return createResult(problem, dual.solution(), report, (visit, range) => {
      if (blocksLent() !== blocks) return false
      dual.planRows(visit, range)
      return true
    })
  })
}

/**
 * The number of scaling rounds that cost as much as the Newton steps to come. Conjugate gradients need few products if there
 * are few columns. In measurements the balance lies near 10 rounds for N ≫ K and near 40 for square problems.
 */
const roundsWorthNewton = (rows: number, columns: number) => 10 + 30 * Math.min(1, columns / rows)

function check(
  problem: TransportProblem,
  { method = 'auto', tolerance = 1, iterations = 1, checkEvery = 1, threads = 1, start, acceleration }: SolveOptions,
) {
  if (method !== 'newton' && method !== 'scaling' && method !== 'auto')
    throw new OptionError('method', method, "'auto', 'newton' or 'scaling'")
  if (!(tolerance > 0)) throw new OptionError('tolerance', tolerance, 'a number above 0')
  if (!Number.isInteger(iterations) || iterations < 1)
    throw new OptionError('iterations', iterations, 'an integer from 1')
  if (!Number.isInteger(checkEvery) || checkEvery < 1)
    throw new OptionError('checkEvery', checkEvery, 'an integer from 1')
  if (problem.rowMarginal.limit && acceleration?.smoothOnly)
    throw new OptionError('acceleration', acceleration.name, 'plain or overRelaxation for a partial problem')
  if (!Number.isInteger(threads) || threads < 1 || threads > 64)
    throw new OptionError('threads', threads, 'an integer from 1 to 64')
  const width = problem.columns + (problem.virtual === undefined ? 0 : 1)
  if (start && start.length !== width) throw new ShapeError('start', [start.length], `${width} column potentials`)
}

function kernelSource({ rows, columns, cost, virtual }: TransportProblem, threads: number): KernelSource {
  const fill: KernelSource['fill'] = (target, from, count) =>
    target.values.set(cost.subarray(from * columns, (from + count) * columns))
  return { rows, columns, virtual: virtual !== undefined, threads, fill }
}

/**
 * Falling ε for `schedule`: `from`, `from·factor`, … down to above `to`.
 *
 * @throws OptionError unless 0 < to ≤ from and 0 < factor < 1
 * @example
 * solve(problem, { schedule: epsilonSchedule(1, problem.epsilon) })
 */
export function epsilonSchedule(from: number, to: number, factor = 0.25): number[] {
  if (!(to > 0)) throw new OptionError('to', to, 'a number above 0')
  if (!(from >= to && from < Infinity)) throw new OptionError('from', from, `a finite number of at least ${to}`)
  if (!(factor > 0 && factor < 1)) throw new OptionError('factor', factor, 'a number between 0 and 1')
  const epsilons: number[] = []
  for (let epsilon = from; epsilon > to; epsilon *= factor) epsilons.push(epsilon)
  return epsilons
}
