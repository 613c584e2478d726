import { OptionError, ShapeError, tf } from '@dc/core'
import { requireOpen } from './forbidden'

/** Where the scaling runs: on logarithms (safe for every ε) or on the kernel itself (fewer exponentials). */
export type Domain = 'log' | 'kernel'

/** Options of {@link sinkhornRounds}. */
export interface RoundsOptions {
  /** Weight ε > 0 of the entropy, in the units of the scores. */
  readonly epsilon: number
  /** How many rounds; each fixes the column sums, then the row sums. */
  readonly rounds: number
  readonly domain?: Domain
}

/**
 * A fixed number of Sinkhorn rounds towards uniform marginals: the assignment step of BootSC (Guo et al. 2025) and SwAV.
 *
 * From `Q = exp(A/ε)`, each round divides the columns by their sums and then the rows by theirs. The constant factors of the
 * published loop cancel, because the last step makes every row sum to 1. Nothing is read back, so the rounds compile into a
 * training graph. They are differentiable (`grad: 'unrolled'`).
 *
 * - `'log'` subtracts log-sum-exps and holds for every ε and any scores.
 * - `'kernel'` computes one exponential and 2·rounds products with a vector. Entries more than 87·ε below the largest score
 * underflow to 0 in float32. A row or column of such entries alone gives NaN.
 *
 * @param scores `[..., n, k]`, larger is likelier; `-Infinity` forbids a pair, which gets 0 and no gradient
 * @returns `[..., n, k]`, rows sum to 1; NaN for scores that are NaN and for a row or column of nothing but forbidden pairs
 * @throws DataError instead of NaN on the backends `cpu` and `wasm`, where looking costs no wait
 * @throws ShapeError if `scores` has fewer than two axes or an empty one
 * @throws OptionError if `epsilon` is not positive or `rounds` is not a positive integer
 * @example
 * const targets = sinkhornRounds(scores, { epsilon: 0.05, rounds: 3 })
 */
export function sinkhornRounds<T extends tf.Tensor>(scores: T, options: RoundsOptions): T {
  const { epsilon, rounds, domain = 'log' } = options
  if (scores.rank < 2 || scores.size === 0)
    throw new ShapeError('scores', scores.shape, '[..., n, k] with at least one row and one column')
  if (!(epsilon > 0) || epsilon === Number.POSITIVE_INFINITY)
    throw new OptionError('epsilon', epsilon, 'a finite number above 0')
  if (!Number.isInteger(rounds) || rounds < 1) throw new OptionError('rounds', rounds, 'an integer from 1')
  requireOpen(scores, { name: 'scores', sign: -1 })
  return tf.tidy(() => (domain === 'log' ? logRounds(scores, epsilon, rounds) : kernelRounds(scores, epsilon, rounds)))
}

function logRounds<T extends tf.Tensor>(scores: T, epsilon: number, rounds: number): T {
  const rowAxis = scores.rank - 1
  let logPlan = scores.div(epsilon) as T
  for (let round = 0; round < rounds; round++) {
    logPlan = logPlan.sub(logPlan.logSumExp(rowAxis - 1, true))
    logPlan = logPlan.sub(logPlan.logSumExp(rowAxis, true))
  }
  return logPlan.exp()
}

function kernelRounds<T extends tf.Tensor>(scores: T, epsilon: number, rounds: number): T {
  const rowAxis = scores.rank - 1
  // A constant for a whole matrix changes no round. A constant for each row would change a finite number of rounds.
  const kernel = scores
    .sub(scores.max([rowAxis - 1, rowAxis], true))
    .div(epsilon)
    .exp()
  let rows: tf.Tensor = tf.onesLike(kernel.max(rowAxis, true))
  let columns: tf.Tensor = rows
  for (let round = 0; round < rounds; round++) {
    columns = tf.matMul(kernel, rows, true, false).reciprocal()
    rows = tf.matMul(kernel, columns).reciprocal()
  }
  const columnsAcross = columns.reshape([...scores.shape.slice(0, -2), 1, scores.shape[rowAxis]])
  return kernel.mul(rows).mul(columnsAcross) as T
}
