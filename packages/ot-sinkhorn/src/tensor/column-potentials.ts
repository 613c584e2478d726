import { tf } from '@dc/core'
import { solveSmallSystem } from './small-system'

// A mass of 0 has no logarithm. This mass moves nothing that float32 could represent.
const smallestMass = 1e-30
/** The logarithm of a forbidden pair's mass. It is finite, because differences of infinities would be NaN. */
export const never = -1e30
// Potentials are in units of ε: extrapolating by 20 changes plan entries by e^20.
const farthest = 20
// Rounds between two extrapolations. Five differences are enough for the slow directions of a plan.
const cycleLength = 5
// Beyond it a scaling would leave the range of float32 once it is multiplied with the kernel.
const reach = 60
// Of the trace. The differences are in float32, and their products hold about six digits.
const regularisation = 1e-6

/** Transport whose rows are equalities, in units of ε: a plan `exp(φ_i + ψ_j + L_ij)`. */
export interface ColumnProblem {
  /** L = −C/ε, `[n, k]`; {@link never} forbids a pair. */
  readonly logKernel: tf.Tensor2D
  /** Logarithms of the rows' masses, `[n, 1]`. */
  readonly logRows: tf.Tensor2D
  /** Masses that the columns ask for, `[1, k]`. */
  readonly columnMass: tf.Tensor2D
  /** ε/γ of the columns with a penalty γ KL(sums ‖ mass); 0 if all are equalities. */
  readonly softness: number
  /** 1 for a column with a penalty, 0 for an equality, `[1, k]`; all ones if left out. */
  readonly soft?: tf.Tensor2D
}

/** A plan, the potentials that made it, and how far its column sums are from what they should be. */
export interface ColumnPlan {
  /** `[n, k]`; its row sums are exact. */
  readonly plan: tf.Tensor2D
  /** ψ, `[1, k]`. */
  readonly potentials: tf.Tensor2D
  /** Σ_j |sum_j − asked_j|, a scalar. */
  readonly error: tf.Scalar
}

/**
 * Improves the potentials of the columns by a fixed number of accelerated rounds in the log domain. Nothing is read, and what is
 * done does not depend on the numbers, so that it compiles into a training step.
 *
 * A round fits the rows and then the columns, `ψ_j ← f_j (log β_j − log Σ_i exp(φ_i + L_ij))` with f = 1/(1 + softness) for a
 * column with a penalty, and moves all potentials by the best common translation, which has a closed form (Séjourné, Vialard,
 * Peyré 2022). After every five rounds they are combined so that the combined change is smallest (Anderson acceleration, in
 * cycles: Pratapa, Suryanarayana, Pask 2016).
 *
 * @param start ψ to begin with, `[1, k]`, in units of ε
 * @param rounds from 1
 */
export function improvePotentials(problem: ColumnProblem, start: tf.Tensor2D, rounds: number): tf.Tensor2D {
  return tf.tidy(() => {
    const same = roundsOf(problem)
    const opened = start.mul<tf.Tensor2D>(same.open)
    let potentials = opened.add<tf.Tensor2D>(same.translation(opened) ?? 0)
    for (let left = rounds; left > 0; left -= cycleLength)
      potentials = cycle(same, potentials, Math.min(left, cycleLength))
    return potentials
  })
}

/** The plan of potentials, and its error. */
export function planOfPotentials(problem: ColumnProblem, potentials: tf.Tensor2D): Omit<ColumnPlan, 'potentials'> {
  return tf.tidy(() => {
    const { logKernel, columnMass, softness } = problem
    const plan = logKernel.add(fitRows(problem, potentials)).add(potentials).exp() as tf.Tensor2D
    const pull = potentials.mul(-softness)
    const asked = columnMass.mul((problem.soft ? pull.mul(problem.soft) : pull).minimum(80).exp())
    const error = plan.sum(0, true).sub(asked).mul(openColumns(logKernel)).abs().sum().asScalar()
    return { plan, error }
  })
}

/** What stays the same over all rounds. */
interface Rounds {
  readonly problem: ColumnProblem
  /** 1 for a column that can take mass, else 0. */
  readonly open: tf.Tensor2D
  /** Logarithms of the columns' masses; of a closed one so little that its potential stays near {@link never}. */
  readonly wanted: tf.Tensor2D
  /** f, `[1, k]`. */
  readonly factors: tf.Tensor2D
  /** The best common translation of potentials, a scalar; null where every translation is as good. */
  translation(potentials: tf.Tensor2D): tf.Tensor | null
}

const openColumns = (logKernel: tf.Tensor2D): tf.Tensor2D =>
  logKernel
    .max(0, true)
    .greater(never / 2)
    .toFloat() as tf.Tensor2D

/** φ = log a − log Σ_j exp(ψ_j + L_ij), `[n, 1]`. */
const fitRows = ({ logKernel, logRows }: ColumnProblem, potentials: tf.Tensor2D): tf.Tensor2D =>
  logRows.sub(logKernel.add(potentials).logSumExp(1, true))

function roundsOf(problem: ColumnProblem): Rounds {
  const { logKernel, columnMass, softness, soft } = problem
  const open = openColumns(logKernel)
  const isOpen = open.greater(0)
  const logColumns = columnMass.maximum(smallestMass).log()
  const factor = 1 / (1 + softness)
  const penalised = (soft ? columnMass.mul(soft) : columnMass).mul(open)
  const logTotal = penalised.sum().maximum(smallestMass).log()
  return {
    problem,
    open,
    wanted: tf.where(isOpen, logColumns, tf.fill(logColumns.shape, 2 * never)) as tf.Tensor2D,
    factors: soft ? soft.mul<tf.Tensor2D>(factor - 1).add(1) : tf.fill(columnMass.shape, factor),
    translation(potentials) {
      if (softness === 0) return null
      // Σ_j β_j e^{−λ(ψ_j + t)} = Σ_j β_j, with the largest exponent taken out.
      const exponents = tf.where(isOpen, potentials.mul(-softness), tf.fill(potentials.shape, never)) as tf.Tensor2D
      const most = exponents.max()
      const total = penalised.mul(exponents.sub(most).exp()).sum().maximum(smallestMass).log().add(most)
      return total.sub(logTotal).div(softness)
    },
  }
}

/**
 * Some rounds and an extrapolation. The rows are fitted in the log domain, and the kernel takes their potentials and the columns' in.
 * So its entries that count are near a row's mass, however small ε is, and the rounds are products with it.
 */
function cycle(
  { problem, open, wanted, factors, translation }: Rounds,
  start: tf.Tensor2D,
  rounds: number,
): tf.Tensor2D {
  return tf.tidy(() => {
    const kernel = problem.logKernel.add(fitRows(problem, start)).add(start).exp() as tf.Tensor2D
    const rows = problem.logRows.exp()
    // Without the start, which is large where ε is small: what is added to it keeps its digits.
    const goal = wanted.mul(factors).add<tf.Tensor2D>(start.mul(factors.sub(1)))
    /** How far the potentials are from the start after one more round. */
    const apply = (moved: tf.Tensor2D): tf.Tensor2D => {
      const columns = moved.clipByValue(-reach, reach).exp()
      const scalings = rows.div<tf.Tensor2D>(tf.matMul(kernel, columns, false, true).maximum(smallestMass))
      const sums = tf.matMul<tf.Tensor2D>(scalings, kernel, true, false)
      const next = goal.sub<tf.Tensor2D>(sums.maximum(smallestMass).log().mul(factors))
      const shift = translation(start.add(next))
      return shift ? next.add(shift) : next
    }
    const reached: tf.Tensor2D[] = []
    const changes: tf.Tensor2D[] = []
    let at = tf.zerosLike(start)
    for (let round = 0; round < rounds; round++) {
      const next = apply(at)
      reached.push(next)
      changes.push(next.sub(at).mul(open))
      at = next
    }
    const last = changes.pop()
    reached.pop()
    if (!last || changes.length === 0) return start.add(at)
    const differences = tf.concat(changes, 0).sub<tf.Tensor2D>(last)
    const gram = tf.matMul<tf.Tensor2D>(differences, differences, false, true)
    const right = tf.matMul<tf.Tensor2D>(differences, last, false, true).neg()
    const ridge = differences.square().sum().mul(regularisation).add(smallestMass)
    const weights = solveSmallSystem(gram, ridge as tf.Scalar, right)
    const change = tf.matMul(weights, tf.concat(reached, 0).sub<tf.Tensor2D>(at), true).mul(open)
    const step = tf.div(farthest, change.abs().max().maximum(farthest))
    return start.add(at.add(change.mul(step)))
  })
}
