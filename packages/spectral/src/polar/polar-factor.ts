import { checkChoice, checkNumber, ShapeError, tf } from '@dc/core'
import { polarByEigendecomposition } from './eigendecomposition'
import { mostCondition, newtonSchulz } from './newton-schulz'

export interface PolarFactorOptions {
  /**
   * `newton-schulz`: tensor ops only, stays inside a compiled training step. `eigendecomposition`: float64 on the host,
   * for any condition number. Default `newton-schulz`.
   */
  readonly method?: 'newton-schulz' | 'eigendecomposition'
  /** `straight-through`: the gradient passes unchanged (BootSC). `true`: the polar factor's own. Default `straight-through`. */
  readonly gradient?: 'straight-through' | 'true'
  /** For Newton–Schulz, from 1 to 1e12: singular values down to the largest over this come out as 1. Default 1e4. */
  readonly conditionNumber?: number
}

/**
 * The polar factor of a batch: the matrix with orthonormal columns nearest to it.
 *
 * `Z = U S Vᵀ ↦ U Vᵀ = Z (ZᵀZ)^(−½)`. Unlike the Q of a QR factorisation it keeps each row closest to itself. So it can
 * re-parameterise an embedding without relabelling it (Guo et al. 2025, "semantically consistent"). With the default
 * straight-through gradient the result is `Z + stopgrad(U Vᵀ − Z)`.
 *
 * Z may be rank-deficient: directions with singular value 0 stay 0 and never give NaN.
 *
 * Choosing: `newton-schulz` inside training (about ten iterations of three small products; float32 error near
 * κ·6e-8); `eigendecomposition` for a single exact answer, or gradients of badly conditioned batches.
 *
 * @param z `[n, d]` with n ≥ d
 * @returns `[n, d]`
 * @throws ShapeError if there are fewer rows than columns: d orthonormal columns need d rows, so raise the batch size
 * or narrow the embedding
 * @throws OptionError for another method or gradient, or a condition number outside of 1 … 1e12
 * @example
 * const z = tf.randomNormal<tf.Rank.R2>([256, 128])
 * const q = polarFactor(z)
 * tf.matMul(q, q, true, false)   // the identity, within 1e-5
 */
export function polarFactor(z: tf.Tensor2D, options: PolarFactorOptions = {}): tf.Tensor2D {
  const { method = 'newton-schulz', gradient = 'straight-through', conditionNumber = 1e4 } = options
  if (z.rank !== 2 || z.shape[0] < z.shape[1] || z.shape[1] === 0)
    throw new ShapeError(
      'z',
      z.shape,
      '[n, d] with n ≥ d ≥ 1: at least as many rows (batch size) as columns (embedding)',
    )
  checkChoice('method', method, ['newton-schulz', 'eigendecomposition'])
  checkChoice('gradient', gradient, ['straight-through', 'true'])
  checkNumber('conditionNumber', conditionNumber, 1, mostCondition)
  const factor = (x: tf.Tensor2D) =>
    method === 'newton-schulz' ? newtonSchulz(x, conditionNumber) : polarByEigendecomposition(x)
  if (gradient === 'true') return factor(z)
  const straightThrough = tf.customGrad((x) => ({
    value: factor(x as tf.Tensor2D),
    gradFunc: (upstream) => tf.clone(upstream),
  }))
  return straightThrough(z) as tf.Tensor2D
}
