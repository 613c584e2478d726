import { checkChoice, defined, definePlugin, type Loss, ShapeError, tf } from '@dc/core'
import { z } from 'zod'
import { requirePositive, requireTensors } from './inputs'

/** Inputs of {@link softCrossEntropy}. */
export interface SoftCrossEntropyInputs {
  /** Soft labels `[n, k]`; no gradient flows to them. Rows may sum to less than 1: their sum is the row's weight. */
  readonly targets: tf.Tensor2D
  /** `[n, k]` */
  readonly scores: tf.Tensor2D
  /** τ > 0: a number or a scalar to learn. Default 1. */
  readonly temperature?: number | tf.Scalar
  /** `diagonal` leaves a sample itself out of the softmax; scores are then `[n, n]`. */
  readonly mask?: 'none' | 'diagonal'
}

/**
 * Cross-entropy of each sample between soft targets and scores: `ce_i = −Σ_j q_ij log softmax_j(s_i/τ)`.
 *
 * Where q `[n, k]` are targets (constants), s `[n, k]` scores, τ the temperature. The gradient is the closed form
 * `ds_i = (r_i softmax(s_i/τ) − q_i)/τ`, `r_i = Σ_j q_ij`, and `dτ = −⟨ds, s⟩/τ`.
 *
 * @returns `[n]`, one value per sample; reduce it with {@link mean} or {@link weightedMean}
 * @throws OptionError for a temperature or a mask that cannot be; ShapeError if targets and scores differ in shape, or a masked matrix
 * is not square
 * @example
 * const loss = mean({ ce: softCrossEntropy({ targets, scores, temperature: 0.05 }) })
 */
export function softCrossEntropy({
  targets,
  scores,
  temperature = 1,
  mask = 'none',
}: SoftCrossEntropyInputs): tf.Tensor1D {
  requireTensors({ targets, scores })
  requirePositive('temperature', temperature, true)
  checkChoice('mask', mask, ['none', 'diagonal'])
  if (scores.rank !== 2 || targets.shape.join() !== scores.shape.join())
    throw new ShapeError('targets', targets.shape, `the shape of scores, [${scores.shape.join(', ')}]`)
  if (mask === 'diagonal' && scores.shape[0] !== scores.shape[1])
    throw new ShapeError('scores', scores.shape, 'a square matrix, since the diagonal is masked')
  return tf.tidy(() => {
    const tau = typeof temperature === 'number' ? tf.scalar(temperature) : temperature
    // The targets are no arguments of the function, so that the tape takes them as constants.
    const run = tf.customGrad((...inputs) => {
      const [s, t, save] = inputs as [tf.Tensor2D, tf.Scalar, tf.GradSaveFunc]
      const scaled = s.div<tf.Tensor2D>(t)
      const logits = mask === 'diagonal' ? scaled.add<tf.Tensor2D>(forbiddenDiagonal(s.shape[0])) : scaled
      const logSoftmax = tf.logSoftmax(logits)
      save([s, t, targets, logSoftmax])
      return { value: targets.mul(logSoftmax).sum(1).neg(), gradFunc: backward }
    })
    return run(scores, tau) as tf.Tensor1D
  })
}

function backward(upstream: tf.Tensor, [s, tau, q, logSoftmax]: tf.Tensor[]): tf.Tensor[] {
  const weights = q.sum(1, true)
  const ds = logSoftmax
    .exp()
    .mul(weights)
    .sub(q)
    .mul(upstream.reshape([-1, 1]).div(tau))
  return [ds, ds.mul(s).sum().div(tau).neg()]
}

/** Finite, so that 0 · log softmax stays 0 on the diagonal; its exponential is 0 in float32. */
function forbiddenDiagonal(n: number): tf.Tensor2D {
  return tf.eye(n).mul(-1e9)
}

export const softCrossEntropyPlugin = definePlugin({
  kind: 'loss',
  name: 'soft-cross-entropy',
  apiVersion: 1,
  description: 'Cross-entropy to soft targets, whose row sums weigh the samples',
  options: z.strictObject({
    mask: z.enum(['none', 'diagonal']).default('none'),
    temperature: z.number().positive().default(1),
  }),
  create: (options): Loss<SoftCrossEntropyInputs> => ({
    elements: (inputs) => ({
      crossEntropy: softCrossEntropy({ ...options, ...defined(inputs) }),
    }),
  }),
})
