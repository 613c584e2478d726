import { anderson } from './acceleration'
import { scale } from './scaling'
import type { SemiDual } from './semi-dual'

/** When {@link newton} stops. */
export interface NewtonLimits {
  readonly tolerance: number
  readonly steps: number
  /** Rounds of scaling before the first step, from 2: 10 by default, fewer do after a warm start. */
  readonly firstRounds?: number
  /** No step is taken while scaling, at its pace, would be done within this many more rounds; 0 by default. */
  readonly patience?: number
  /** Told the residual after every step. */
  onStep?(residual: number): void
}

// Scaling is cheap and safe far from the solution; Newton from zero can stall when there are many columns.
const usualFirstRounds = 10
const acceleration = anderson(5)
// Conjugate gradients end in K steps but for rounding; a direction this dear is cut short and is still a descent.
const mostProducts = 300
// What scaling may add in all where steps are of little use: a problem that it does not bring on by then is given back.
const mostFallbackRounds = 2000

/**
 * Minimises the semi-dual: some rounds of scaling, then truncated Newton steps; after a step of little use, because no
 * length helped or rounding is near, ten more rounds of scaling; twenty the next time, and so on up to 2000 in all.
 *
 * @param psi moved in place; the dual was last evaluated there when this returns
 * @returns the residual, how many first rounds and how many steps it took
 */
export function newton(
  dual: SemiDual,
  psi: Float64Array,
  limits: NewtonLimits,
): { residual: number; rounds: number; steps: number } {
  const { tolerance } = limits
  let { residual, rounds } = scaleAtFirst(dual, psi, limits)
  limits.onStep?.(residual)
  let steps = 0
  let left = mostFallbackRounds
  for (let fallback = 10; left > 0 && steps < limits.steps && !(residual <= tolerance); steps++) {
    const before = residual
    residual = newtonStep(dual, psi, before, tolerance) ?? before
    if (residual > tolerance && residual > before / 2) {
      const rounds = Math.min(fallback, left)
      residual = scale(dual, psi, { tolerance, rounds, checkEvery: rounds, acceleration }).residual
      left -= rounds
      fallback *= 2
    }
    limits.onStep?.(residual)
  }
  return { residual, rounds, steps }
}

/** Scales for the first rounds, and on while its pace over the last of them would soon reach the tolerance. */
function scaleAtFirst(
  dual: SemiDual,
  psi: Float64Array,
  { tolerance, firstRounds = usualFirstRounds, patience = 0 }: NewtonLimits,
) {
  const checkEvery = firstRounds >> 1
  let last: number | undefined
  const onCheck = (residual: number) => {
    const pace = last === undefined ? Infinity : Math.log(last / residual) / checkEvery
    const left = Math.log(residual / tolerance) / pace
    last = residual
    return left >= 0 && left <= patience ? undefined : 'stop'
  }
  return scale(dual, psi, { tolerance, rounds: Infinity, acceleration, checkEvery, onCheck })
}

/**
 * One damped, truncated Newton step: the direction by preconditioned conjugate gradients to a tolerance that shrinks
 * with the residual (superlinear convergence; Dembo, Eisenstat, Steihaug 1982), the length by Armijo's rule.
 *
 * @param before the residual at ψ
 * @param wanted the residual that is small enough
 * @returns the residual at the new potentials, or null if no step length helped
 */
function newtonStep(dual: SemiDual, psi: Float64Array, before: number, wanted: number): number | null {
  const value = dual.value()
  const gradient = dual.gradient.slice()
  // The last step need not be more exact than what is asked for (Kelley 1995, eq. 6.20).
  const forcing = Math.min(0.1, Math.max(Math.sqrt(before), wanted / before / 2))
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
    // Near the minimum what the value gains is lost in its rounding; there a smaller gradient tells.
    const rounding = 1e-13 * Math.abs(value)
    const lower = -step * slope > rounding && nextValue <= value + 1e-4 * step * slope
    const flat = nextValue <= value + rounding && residual < 0.9 * before
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
