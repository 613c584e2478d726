import { anderson } from './acceleration'
import { scale } from './scaling'
import type { SemiDual } from './semi-dual'

/** When {@link newton} stops. */
export interface NewtonLimits {
  readonly tolerance: number
  readonly steps: number
  /** Rounds of scaling before the first step; 10 by default, fewer do after a warm start. */
  readonly firstRounds?: number
  /** Told the residual after every step. */
  onStep?(residual: number): void
}

// Scaling is cheap and safe far from the solution; Newton from zero can stall when there are many columns.
const usualFirstRounds = 10
const fallbackRounds = 10
// Conjugate gradients end in K steps but for rounding; a direction this dear is cut short and is still a descent.
const mostProducts = 300

/**
 * Minimises the semi-dual: ten rounds of scaling, then truncated Newton steps; where no step length helps, ten more
 * rounds of scaling.
 *
 * @param psi moved in place; the dual was last evaluated there when this returns
 */
export function newton(
  dual: SemiDual,
  psi: Float64Array,
  limits: NewtonLimits,
): { residual: number; iterations: number } {
  const { tolerance } = limits
  const scaleFor = (rounds: number) =>
    scale(dual, psi, { tolerance, rounds, acceleration: anderson(5), checkEvery: rounds }).residual
  let residual = scaleFor(limits.firstRounds ?? usualFirstRounds)
  limits.onStep?.(residual)
  let iterations = 0
  while (iterations < limits.steps && !(residual <= tolerance)) {
    residual = newtonStep(dual, psi, residual) ?? scaleFor(fallbackRounds)
    limits.onStep?.(residual)
    iterations++
  }
  return { residual, iterations }
}

/**
 * One damped, truncated Newton step: the direction by preconditioned conjugate gradients to a tolerance that shrinks
 * with the residual (superlinear convergence; Dembo, Eisenstat, Steihaug 1982), the length by Armijo's rule.
 *
 * @param before the residual at ψ
 * @returns the residual at the new potentials, or null if no step length helped
 */
function newtonStep(dual: SemiDual, psi: Float64Array, before: number): number | null {
  const value = dual.value()
  const gradient = dual.gradient.slice()
  const forcing = Math.min(0.1, Math.sqrt(before))
  const direction = conjugateGradients(dual, gradient, forcing, mostProducts)
  const slope = dot(gradient, direction)
  if (!(slope < 0)) return null
  const largest = direction.reduce((most, d) => Math.max(most, Math.abs(d)), 0)
  const trial = new Float64Array(psi.length)
  // A step of 20 changes plan entries by e^20; the quadratic model holds no further.
  for (let step = Math.min(1, 20 / largest), tries = 0; tries < 12; tries++, step /= 2) {
    for (let j = 0; j < psi.length; j++) trial[j] = psi[j] + step * direction[j]
    const { residual } = dual.evaluate(trial)
    const nextValue = dual.value()
    // Near the minimum the value is lost in rounding; there a smaller gradient tells.
    const lower = nextValue <= value + 1e-4 * step * slope
    const flat = nextValue <= value + 1e-13 * Math.abs(value) && residual < 0.9 * before
    if (lower || flat) {
      psi.set(trial)
      return residual
    }
  }
  return null
}

/** Solves H d = −gradient to a relative residual in the norm of the inverse preconditioner diag(H). */
function conjugateGradients(dual: SemiDual, gradient: Float64Array, tolerance: number, most: number): Float64Array {
  const size = gradient.length
  const diagonal = dual.linearise()
  const direction = new Float64Array(size)
  const residual = gradient.map((g) => -g)
  const scaled = residual.map((r, j) => r / diagonal[j])
  const search = scaled.slice()
  const product = new Float64Array(size)
  let energy = dot(residual, scaled)
  const goal = tolerance * tolerance * energy
  for (let k = 0; k < most && energy > goal; k++) {
    dual.multiply(search, product)
    const curvature = dot(search, product)
    // A flat direction: a constant added to all potentials of a problem with two equalities, or rounding.
    if (!(curvature > 1e-14 * dot(search, search))) break
    const step = energy / curvature
    for (let j = 0; j < size; j++) {
      direction[j] += step * search[j]
      residual[j] -= step * product[j]
      scaled[j] = residual[j] / diagonal[j]
    }
    const next = dot(residual, scaled)
    const keep = next / energy
    for (let j = 0; j < size; j++) search[j] = scaled[j] + keep * search[j]
    energy = next
  }
  return direction
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let j = 0; j < a.length; j++) total += a[j] * b[j]
  return total
}
