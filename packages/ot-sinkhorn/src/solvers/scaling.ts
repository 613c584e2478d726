import type { Acceleration } from './acceleration'
import type { Dual } from './dual'

/** When {@link scale} stops, and how it moves. */
export interface ScalingLimits {
  readonly tolerance: number
  readonly rounds: number
  readonly acceleration: Acceleration
  /** Rounds between two calls of `onCheck`, which gets the error and may return `'stop'`. */
  readonly checkEvery: number
  onCheck?(residual: number): 'stop' | undefined
}

/**
 * Sinkhorn scaling: solves the rows and the columns exactly, in turn, and accelerates the column potentials. If a step more
 * than doubles the error, it is undone and the plain update is taken instead.
 *
 * @param psi changed in place; when this returns, the problem was last evaluated there
 * @returns the error and the number of rounds
 */
export function scale(dual: Dual, psi: Float64Array, limits: ScalingLimits): { residual: number; rounds: number } {
  const steps = limits.acceleration.begin(dual.size)
  const update = new Float64Array(dual.size)
  let { residual } = dual.evaluate(psi)
  let rounds = 0
  while (rounds < limits.rounds && !(residual <= limits.tolerance)) {
    const before = residual
    dual.scaled(update)
    steps.next(psi, update, psi)
    dual.project?.(psi)
    residual = dual.evaluate(psi).residual
    if (!(residual <= 2 * before)) {
      steps.restart()
      psi.set(update)
      residual = dual.evaluate(psi).residual
    }
    rounds++
    if (rounds % limits.checkEvery === 0 && limits.onCheck?.(residual) === 'stop') break
  }
  return { residual, rounds }
}
