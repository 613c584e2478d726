import type { Acceleration } from './acceleration'
import type { Dual } from './dual'
import { newton } from './newton'
import { scale } from './scaling'
import type { Start } from './start'

/** Options of {@link descend}. */
export interface DescentOptions {
  readonly method: 'auto' | 'newton' | 'scaling'
  readonly tolerance: number
  /** Newton steps, or rounds of the method `'scaling'`. */
  readonly iterations: number
  readonly acceleration: Acceleration
  /** Rounds of scaling between two entries of the history, for the method `'scaling'`. */
  readonly checkEvery: number
  /** Larger values of ε to solve for first. */
  readonly schedule: readonly number[]
  /** The number of scaling rounds that cost as much as the Newton steps to come. */
  readonly patience: number
  /** Whether the start is near the solution. */
  readonly warm: boolean
  /** The range of the costs. Called when a schedule must be made. */
  spread(): number
  onStep(residual: number): void
}

/** The end of a descent. */
export interface Descent {
  readonly dual: Dual
  readonly psi: Float64Array
  readonly method: 'newton' | 'scaling'
  readonly residual: number
  /** Newton steps; rounds of scaling if there were no Newton steps. */
  readonly iterations: number
}

// Mass in the wrong place moves easily at a large ε and hardly at a small one. So every ε on the way is solved to a small
// error. Steps that square the error are cheap; rounds of scaling are not.
const carefulTolerance = 1e-7
const roughTolerance = 1e-3
// Most scaling rounds of a first attempt while Newton steps do not help. After that, the way through larger ε is shorter.
const firstFallback = 150
// A residual of this size comes from rounding, not from bad potentials.
const roundingLeft = 1e-12

/**
 * Minimises a dual at its own ε. The method `'auto'` first tries from the start. If that fails, it begins at ε near the
 * costs' range and goes down, by a quarter at each step and later by a half. At a small ε a bad start has almost no slope,
 * and the potentials of a slightly larger ε are a good start (Kosowsky, Yuille 1994; Schmitzer 2019, section 3.2).
 *
 * @param open makes the dual at an ε
 */
export function descend(
  open: (epsilon: number) => Dual,
  { epsilon, start, usual }: { epsilon: number; start: Start; usual: Start },
  options: DescentOptions,
): Descent {
  const { method, tolerance, schedule } = options
  const dual = open(epsilon)
  let from = start
  if (schedule.length > 0) from = through(open, schedule, from, options, false) ?? from
  if (method === 'scaling') {
    const psi = dual.begin(from)
    const { residual, rounds } = scale(dual, psi, {
      ...{ tolerance, rounds: options.iterations, acceleration: options.acceleration, checkEvery: options.checkEvery },
      onCheck(error) {
        options.onStep(error)
        return undefined
      },
    })
    return { dual, psi, method, residual, iterations: rounds }
  }
  const rescue = method === 'auto' && schedule.length === 0
  let steps = 0
  const attempt = (from: Start, fallbackRounds: number | undefined, warm: boolean): Descent => {
    const psi = dual.begin(from)
    const found = newton(dual, psi, {
      ...{ tolerance, steps: options.iterations, acceleration: options.acceleration, fallbackRounds },
      ...{ firstRounds: warm ? 2 : 10, patience: options.patience, onStep: options.onStep },
    })
    steps += found.steps
    if (method === 'auto' && steps === 0)
      return { dual, psi, method: 'scaling', residual: found.residual, iterations: found.rounds }
    return { dual, psi, method: 'newton', residual: found.residual, iterations: steps }
  }
  let found = attempt(from, rescue ? firstFallback : undefined, options.warm)
  for (const factor of rescue ? [0.25, 0.5] : []) {
    if (found.residual <= Math.max(tolerance, roundingLeft)) break
    const epsilons: number[] = []
    for (let larger = options.spread() / 4; larger > epsilon; larger *= factor) epsilons.push(larger)
    const from = through(open, epsilons, usual, options, true)
    // At ε near the costs' range every problem that has a plan is easy.
    if (!from) break
    found = attempt(from, undefined, false)
  }
  return found
}

/** Potentials after a way through several ε. None if the way may be given up and its first ε is not solved. */
function through(
  open: (epsilon: number) => Dual,
  epsilons: readonly number[],
  start: Start,
  { method, tolerance, acceleration, iterations, checkEvery }: DescentOptions,
  mayGiveUp: boolean,
): Start | undefined {
  let from = start
  const enough = Math.max(tolerance, method === 'scaling' ? roughTolerance : carefulTolerance)
  for (const epsilon of epsilons) {
    const dual = open(epsilon)
    const psi = dual.begin(from)
    if (method === 'scaling') scale(dual, psi, { tolerance: enough, rounds: iterations, acceleration, checkEvery })
    else {
      const { residual } = newton(dual, psi, { tolerance: enough, steps: 60, acceleration, fallbackRounds: 300 })
      if (mayGiveUp && epsilon === epsilons[0] && !(residual <= enough)) return undefined
    }
    from = dual.solution().potentials
  }
  return from
}
