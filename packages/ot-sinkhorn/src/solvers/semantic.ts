import { OptionError } from '@dc/core/plugin'
import { slotCount } from '../kernels/helpers'
import type { Kernels } from '../kernels/kernels'
import { type Allocate, type Block, withKernels } from '../kernels/memory'
import type { Parallel } from '../kernels/threads'
import { sum } from '../problems/problem'
import type { SemanticProblem } from '../problems/sp2ot'
import { dualValue } from '../results/objectives'
import type { Solution } from '../results/potentials'
import { createResult, type TransportResult } from '../results/result'
import { anderson } from './acceleration'
import { descend } from './descent'
import { createKernelMatrix, type KernelSource, pieceLength } from './kernel-matrix'
import { createSemiDual } from './semi-dual'
import { spreadOf, survey } from './survey'

/** Options of {@link solveSemantic}. */
export interface SemanticOptions {
  /** Most majorise–minimise rounds; 100 as published. */
  readonly rounds?: number
  /** Stop when the objective changes by less; 1e-6 as published. */
  readonly tolerance?: number
  /** Share in [0, 1) of the last plan that is kept. Above 0 it calms oscillation if S + Sᵀ is not positive semidefinite. */
  readonly damping?: number
  /** Allowed error of each inner problem; 1e-9 by default. */
  readonly innerTolerance?: number
  /** Threads that share the rows; 1 by default. */
  readonly threads?: number
  /** Column potentials to start the first inner problem from. */
  readonly start?: Float64Array
}

/** A stationary point of SP²OT: the result of the last inner problem, and the history. */
export interface SemanticResult extends TransportResult {
  /** The SP²OT objective, entropy included, after each round. */
  readonly history: readonly number[]
  /** Whether every inner problem reached its tolerance. */
  readonly innerConverged: boolean
}

/**
 * Solves SP²OT by majorise–minimise: from Q₀ = ρ/(NK), it solves P²OT with cost `C − λ₁(S + Sᵀ)Q_t` until the objective
 * settles. Plans and `S Q` are N × K; nothing is N × N. Each inner problem starts from the potentials of the one before.
 *
 * @returns the last inner problem's result; its `converged` tells whether the objective settled, its `problem` holds the
 *   last linearised costs, and with damping its plan is the last undamped one
 * @throws OptionError for options outside their ranges
 * @see Zhang, Ren, He 2024, SP²OT, arXiv 2404.03446, algorithm 1
 * @example
 * const result = solveSemantic(sp2ot({ cost, rows, columns, rho: 0.2, similarity }))
 */
export function solveSemantic(problem: SemanticProblem, options: SemanticOptions = {}): SemanticResult {
  const { rounds = 100, tolerance = 1e-6, damping = 0, innerTolerance = 1e-9, threads = 1, start } = options
  if (!Number.isInteger(rounds) || rounds < 1) throw new OptionError('rounds', rounds, 'an integer from 1')
  if (!(tolerance >= 0)) throw new OptionError('tolerance', tolerance, 'a number of at least 0')
  if (!(damping >= 0 && damping < 1)) throw new OptionError('damping', damping, 'a number from 0 to below 1')
  if (!(innerTolerance > 0)) throw new OptionError('innerTolerance', innerTolerance, 'a number above 0')
  if (!Number.isInteger(threads) || threads < 1 || threads > 64)
    throw new OptionError('threads', threads, 'an integer from 1 to 64')
  return withKernels((kernels, allocate, parallel) => {
    const { base, weight } = problem
    const { rows, columns, epsilon, virtual, cost } = base
    const field = createField(problem, kernels, allocate, { parallel, threads })
    // C − λ₁(S + Sᵀ)Q_t, a few rows at a time.
    const fill: KernelSource['fill'] = (target, from, count) => {
      target.values.set(cost.subarray(from * columns, (from + count) * columns))
      kernels.addScaled(target.pointer, field.applied() + from * columns * 8, -weight, even(count * columns))
    }
    const matrix = createKernelMatrix(
      { rows, columns, virtual: virtual !== undefined, threads, fill },
      allocate,
      parallel,
    )
    const dual = createSemiDual(base, epsilon, matrix)
    const open = (larger: number) => (larger === epsilon ? dual : createSemiDual(base, larger, matrix))
    const history: number[] = []
    const errors: number[] = []
    const settings = { ...inner, tolerance: innerTolerance, spread: () => spreadOf(base, matrix) }
    let from = start
    let converged = false
    let solution: Solution
    do {
      matrix.invalidate()
      const { start, usual } = survey(base, matrix, { epsilon, start: from })
      const starts = { epsilon, start: { columns: start }, usual: { columns: usual } }
      errors.push(descend(open, starts, { ...settings, warm: from !== undefined }).residual)
      solution = dual.solution()
      const { potentials } = solution
      from = potentials.columns
      dual.plan(field.plan, damping)
      const [cross, own] = field.advance(damping)
      // The inner dual equals the inner primal, entropy included. Its term λ₁⟨TQ_t, P⟩ is replaced by λ₁⟨S, PPᵀ⟩ = λ₁⟨TP,
      // P⟩/2.
      history.push(dualValue(base, potentials, 1) + weight * (cross - own / 2))
      converged = history.length > 1 && Math.abs(history[history.length - 1] - history[history.length - 2]) < tolerance
    } while (!converged && history.length < rounds && field.use())
    const linearised = new Float64Array(rows * columns)
    matrix.costs((chunk, from) => linearised.set(chunk, from * columns))
    const result = createResult({ ...base, cost: linearised }, solution, {
      method: 'newton',
      threads,
      converged,
      error: errors[errors.length - 1],
      errors,
      iterations: history.length,
    })
    return { ...result, history, innerConverged: errors.every((error) => error <= innerTolerance) }
  })
}

const inner = {
  method: 'auto',
  iterations: 100,
  acceleration: anderson(5),
  checkEvery: 10,
  schedule: [],
  patience: 0,
  onStep: () => {},
} as const

/** The plan Q_t, T Q_t for the costs in use and T Q_{t+1} for the next, with T = S + Sᵀ. */
function createField(
  { base, neighbours }: SemanticProblem,
  kernels: Kernels,
  allocate: Allocate,
  { parallel, threads }: { parallel: Parallel; threads: number },
) {
  const { rows, columns, columnMarginal } = base
  const size = rows * columns
  const padded = even(size)
  const entries = neighbours.offsets[rows]
  const offsets = integers(neighbours.offsets, rows + 1, allocate)
  const indices = integers(neighbours.indices, entries, allocate)
  const values = allocate(entries)
  values.values.set(neighbours.values.subarray(0, entries))
  const plan = allocate(padded)
  let [applied, next] = [allocate(padded), allocate(padded)]
  // Products run over an even number of values. With an odd number, the padding must be 0.
  for (const block of [plan, applied, next]) block.values[padded - 1] = 0
  plan.values.fill(sum(columnMarginal.mass) / size, 0, size)
  // As many pieces as pay, whoever takes them: rows do not depend on one another.
  const pieces = Math.max(1, Math.min(slotCount, Math.floor((entries * columns) / pieceLength)))
  const bounds = Array.from({ length: pieces + 1 }, (_, p) => Math.floor((rows * p) / pieces))
  const multiply = (out: Block) => {
    const matrices = [offsets, indices, values.pointer, plan.pointer, columns]
    parallel.all(
      bounds.slice(1).map((to, p) => ['sparseProduct', ...matrices, bounds[p], to, out.pointer]),
      threads,
    )
  }
  multiply(applied)
  let lastOwn = kernels.product(applied.pointer, plan.pointer, padded)

  return {
    plan,
    applied: () => applied.pointer,
    /** After `plan` became Q = (1 − d) P + d Q_t: ⟨T Q_t, P⟩ and ⟨T P, P⟩ of the undamped P. */
    advance(damping: number): [number, number] {
      const cross = kernels.product(applied.pointer, plan.pointer, padded)
      multiply(next)
      const own = kernels.product(next.pointer, plan.pointer, padded)
      const share = 1 - damping
      const before = lastOwn
      lastOwn = own
      const ownUndamped = (own - 2 * damping * cross + damping * damping * before) / (share * share)
      return [(cross - damping * before) / share, ownUndamped]
    },
    /** Takes the new T Q into the costs. */
    use(): true {
      ;[applied, next] = [next, applied]
      return true
    },
  }
}

function integers(source: Int32Array, length: number, allocate: Allocate): number {
  const { pointer, values } = allocate(Math.ceil(length / 2))
  new Int32Array(values.buffer, pointer, length).set(source.subarray(0, length))
  return pointer
}

function even(count: number): number {
  return count + (count & 1)
}
