import { defined, definePlugin, type Loss, type NamedTensors, ShapeError, tf } from '@dc/core'
import { z } from 'zod'
import { requireViews } from './inputs'
import { softCrossEntropy } from './soft-cross-entropy'

/** Inputs of {@link swappedCrossEntropy}: one entry per view. */
export interface SwappedInputs {
  readonly targets: readonly tf.Tensor2D[]
  readonly scores: readonly tf.Tensor2D[]
  readonly temperature?: number | tf.Scalar
  readonly mask?: 'none' | 'diagonal'
}

/**
 * Swapped prediction: the scores of each view against the targets of every other, `CE(q_b, s_a; τ)` for a ≠ b.
 *
 * With two views the mean of all elements is `½[CE(q₁, s₀) + CE(q₀, s₁)]` (Guo et al. 2025, L_cluster and L_graph; Caron et
 * al. 2020, eq. 2). With scores `ẑẑᵀ` and `mask: 'diagonal'` it is BootSC's affinity loss.
 *
 * @returns `[n]` values per ordered pair of views, named `0 from 1`, `1 from 0`, …
 * @throws ShapeError with fewer than two views, or as {@link softCrossEntropy}
 * @example
 * const [q, p] = [tf.tensor2d([[1, 0]]), tf.tensor2d([[0.9, 0.1]])]
 * const loss = mean(swappedCrossEntropy({ targets: [q, q], scores: [p, p], temperature: 0.05 }))
 */
export function swappedCrossEntropy({ targets, scores, ...rest }: SwappedInputs): NamedTensors {
  requireViews({ targets, scores })
  if (scores.length < 2 || targets.length !== scores.length)
    throw new ShapeError('views of targets and scores', [targets.length, scores.length], 'the same number, at least 2')
  // So that nothing is left behind if a later pair is refused.
  return tf.tidy(() => {
    const elements: NamedTensors = {}
    for (const [a, s] of scores.entries())
      for (const [b, q] of targets.entries())
        if (a !== b) elements[`${a} from ${b}`] = softCrossEntropy({ targets: q, scores: s, ...rest })
    return elements
  })
}

export const swappedCrossEntropyPlugin = definePlugin({
  kind: 'loss',
  name: 'swapped-cross-entropy',
  apiVersion: 1,
  description: "Each view's scores against the other views' targets (BootSC, SwAV)",
  options: z.strictObject({
    mask: z.enum(['none', 'diagonal']).default('none'),
    temperature: z.number().positive().default(1),
  }),
  create: (options): Loss<SwappedInputs> => ({
    elements: (inputs) => swappedCrossEntropy({ ...options, ...defined(inputs) }),
  }),
})
