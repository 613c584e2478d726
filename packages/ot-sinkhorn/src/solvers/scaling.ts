import type { Acceleration } from './acceleration'
import type { Dual } from './dual'

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
