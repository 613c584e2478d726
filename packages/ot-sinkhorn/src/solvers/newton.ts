import type { Acceleration } from './acceleration'
import type { Dual } from './dual'
import { scale } from './scaling'

/** When {@link newton} stops. */
export interface NewtonLimits {
  readonly tolerance: number
  readonly steps: number
  /** Rounds of scaling before the first step, at least 2: 10 by default, fewer after a warm start. */
  readonly firstRounds?: number
  /** While scaling, at its pace, would be done within this many more rounds, no Newton step is taken; 0 by default. */
  readonly patience?: number
  /** The acceleration of scaling, in the first rounds and where Newton steps are of little use. */
  readonly acceleration: Acceleration
  /**
   * Most scaling rounds in total where Newton steps are of little use; 2000 by default. A problem that these rounds do not
   * solve is returned unsolved.
   */
  readonly fallbackRounds?: number
  /** Called with the residual after every step. */
  onStep?(residual: number): void
}

// Scaling is cheap and safe far from the solution. Newton from zero can stall if there are many columns.
const usualFirstRounds = 10
// Without rounding, conjugate gradients end in K steps. A direction that costs more is cut short; it is still a descent.
const mostProducts = 300
// A step of 20 changes plan entries by e^20; the quadratic model holds no further than that.
const usualReach = 20
// Makes any direction longer than the longest step.
const farthest = 1e9
// Sums of thousands of numbers are no more exact than this, so a smaller tolerance cannot be reached.
const roundingFloor = 1e-13

/**
 * Minimises the semi-dual: some rounds of scaling, then truncated Newton steps. A step is of little use if no length helped
 * or rounding is near. After such a step come ten more rounds of scaling, twenty the next time, and so on up to a limit.
 *
 * @param psi changed in place; when this returns, the dual was last evaluated there
 * @returns the residual, the number of first rounds and the number of steps
 */
export function newton(
  dual: Dual,
  psi: Float64Array,
  limits: NewtonLimits,
): { residual: number; rounds: number; steps: number } {
  const { tolerance, acceleration } = limits
  let { residual, rounds } = scaleAtFirst(dual, psi, limits)
  limits.onStep?.(residual)
  let steps = 0
  let left = limits.fallbackRounds ?? 2000
  let reach = usualReach
  for (let fallback = 10; left > 0 && steps < limits.steps && !(residual <= tolerance); steps++) {
    const before = residual
    const step = newtonStep(dual, psi, { before, wanted: tolerance, reach })
    residual = step?.residual ?? before
    // Potentials may have to move by about τ/ε. If a slope goes on behind a full step, the next step may be longer.
    const striding = step !== null && step.length > 0.9 * reach
    reach = Math.max(usualReach, 2 * (step?.length ?? 0))
    if (residual > tolerance && residual > before / 2 && !striding) {
      if (residual < roundingFloor) left = 10
      const rounds = Math.min(fallback, left)
      residual = scale(dual, psi, { tolerance, rounds, checkEvery: rounds, acceleration }).residual
      left -= rounds
      fallback *= 2
    }
    limits.onStep?.(residual)
  }
  return { residual, rounds, steps }
}

/** Runs the first rounds of scaling, and goes on while the pace of the last ones would soon reach the tolerance. */
function scaleAtFirst(
  dual: Dual,
  psi: Float64Array,
  { tolerance, acceleration, firstRounds = usualFirstRounds, patience = 0 }: NewtonLimits,
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
 * One damped, truncated Newton step. Preconditioned conjugate gradients find the direction, to a tolerance that shrinks with
 * the residual (superlinear convergence; Dembo, Eisenstat, Steihaug 1982). Armijo's rule finds the length.
 *
 * @param before the residual at ψ
 * @param wanted the residual that suffices
 * @param reach the largest change of a potential
 * @returns the residual at the new potentials and the largest change, or null if no step length helped
 */
function newtonStep(
  dual: Dual,
  psi: Float64Array,
  { before, wanted, reach }: { before: number; wanted: number; reach: number },
): { residual: number; length: number } | null {
  const value = dual.value()
  // The last step need not be more exact than the tolerance (Kelley 1995, eq. 6.20).
  const forcing = Math.min(0.1, Math.max(Math.sqrt(before), wanted / before / 2))
  const gradient = dual.gradient.slice()
  const direction = conjugateGradients(dual, gradient, forcing)
  const slope = dot(gradient, direction)
  if (!(slope < 0)) return null
  let largest = 0
  for (let j = 0; j < psi.length; j++) largest = Math.max(largest, Math.abs(direction[j]))
  const trial = new Float64Array(psi.length)
  const first = Math.min(1, reach / largest)
  // Steps are halved until they change potentials by at most about 1/200 of ε.
  for (let step = first; step > first * 2 ** -12 || step * largest > 0.005; step /= 2) {
    for (let j = 0; j < psi.length; j++) trial[j] = psi[j] + step * direction[j]
    dual.project?.(trial)
    const { residual } = dual.evaluate(trial)
    const nextValue = dual.value()
    // Near the minimum the decrease of the value is lost in the value's rounding. There the smaller gradient decides.
    const rounding = 1e-13 * Math.abs(value)
    const lower = -step * slope > rounding && nextValue <= value + 1e-4 * step * slope
    const flat = nextValue <= value + rounding && residual < 0.9 * before
    if (lower || flat) {
      psi.set(trial)
      return { residual, length: step * largest }
    }
  }
  return null
}

/** Solves H d = −gradient to a relative residual in the norm of the inverse preconditioner diag(H). */
function conjugateGradients(dual: Dual, gradient: Float64Array, tolerance: number): Float64Array {
  const size = gradient.length
  const diagonal = dual.linearise().slice()
  const { fixed } = dual
  const direction = new Float64Array(size)
  const residual = gradient.map((g, j) => (fixed?.[j] ? 0 : -g))
  // A column that has lost its mass has almost no curvature.
  const floor = 1e-12 * diagonal.reduce((most, d) => Math.max(most, d), 0)
  for (let j = 0; j < size; j++) diagonal[j] = Math.max(diagonal[j], floor)
  const scaled = residual.map((r, j) => r / diagonal[j])
  const search = scaled.slice()
  const product = new Float64Array(size)
  let energy = dot(residual, scaled)
  const first = energy
  const goal = tolerance * tolerance * first
  for (let k = 0; k < mostProducts && energy > goal; k++) {
    dual.multiply(search, product)
    if (fixed) for (let j = 0; j < size; j++) if (fixed[j]) product[j] = 0
    const curvature = dot(search, product)
    if (!(curvature > 1e-14 * dot(search, search))) {
      // A direction without curvature. If little is left to solve, it is rounding, or a constant added to all potentials.
      // Otherwise it is a slope: columns lack mass, or have too much, until the potentials have moved far enough.
      if (energy > 0.01 * first) for (let j = 0; j < size; j++) direction[j] += farthest * search[j]
      break
    }
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
