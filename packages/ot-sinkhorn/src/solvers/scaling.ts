import type { Acceleration } from './acceleration'
import type { PlanRange, VisitRows } from './kernel-matrix'

/** A problem as seen by scaling: a map on column potentials (in units of ε) whose fixed point solves it. */
export interface Scalable {
  readonly size: number
  /** Potentials to start from. */
  start(): Float64Array
  /** Brings potentials that an acceleration made back into their range. */
  project?(psi: Float64Array): void
  /** Solves the rows for the potentials; the residual is the error of the columns relative to the mass. */
  evaluate(psi: Float64Array): { readonly residual: number }
  /** The scaling update of the potentials last evaluated. */
  scaled(out: Float64Array): void
  /** Row potentials, in units of ε, at the potentials last evaluated. */
  rowPotentials(out: Float64Array): void
  /** Column sums of the plan at the potentials last evaluated, all shards together. */
  columnSums(): Float64Array
  /** Rows of the plan at the potentials last evaluated. */
  planRows(visit: VisitRows, range: PlanRange): void
}

/** When {@link scale} stops, and how it moves. */
export interface ScalingLimits {
  readonly tolerance: number
  readonly rounds: number
  readonly acceleration: Acceleration
  /** Told the error every `checkEvery` rounds; `'stop'` ends the scaling. */
  readonly checkEvery: number
  onCheck?(residual: number): 'stop' | undefined
}

/**
 * Sinkhorn scaling: alternates the exact solution of the rows and of the columns, with an acceleration of the column
 * potentials. A step after which the error is more than twice as large is undone and the plain update taken instead.
 *
 * @param psi moved in place; the problem was last evaluated there when this returns
 * @returns the error, and how many rounds it took
 */
export function scale(
  problem: Scalable,
  psi: Float64Array,
  limits: ScalingLimits,
): { residual: number; rounds: number } {
  const steps = limits.acceleration.begin(problem.size)
  const update = new Float64Array(problem.size)
  let { residual } = problem.evaluate(psi)
  let rounds = 0
  while (rounds < limits.rounds && !(residual <= limits.tolerance)) {
    const before = residual
    problem.scaled(update)
    steps.next(psi, update, psi)
    problem.project?.(psi)
    residual = problem.evaluate(psi).residual
    if (!(residual <= 2 * before)) {
      steps.restart()
      psi.set(update)
      residual = problem.evaluate(psi).residual
    }
    rounds++
    if (rounds % limits.checkEvery === 0 && limits.onCheck?.(residual) === 'stop') break
  }
  return { residual, rounds }
}
