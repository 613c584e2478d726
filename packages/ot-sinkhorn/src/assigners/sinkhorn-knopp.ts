import { type Assigner, definePlugin, detach, ShapeError, type tf } from '@dc/core'
import { z } from 'zod'
import { dropDiagonal, insertDiagonal } from '../tensor/diagonal'
import { sinkhornRounds } from '../tensor/rounds'

const forbidden = -1e30

const options = z.strictObject({
  /** Weight of the entropy, in the units of the scores. */
  epsilon: z.number().positive().default(0.05),
  /** Sinkhorn rounds. So few do not converge, as published. */
  rounds: z.int().positive().default(3),
  domain: z.enum(['log', 'kernel']).default('log'),
  /** `diagonal` forbids a sample its own column: scores are then sample × sample. */
  mask: z.enum(['none', 'diagonal']).default('none'),
  /**
   * With `mask: 'diagonal'`: `clean` balances each sample's own column. `reference` drops the diagonal, moves the entries
   * behind it up, and balances the n−1 columns that are left, as BootSC's released code does.
   */
  affinityMarginals: z.enum(['clean', 'reference']).default('clean'),
})

/**
 * BootSC's targets: entropic transport to uniform marginals by a few Sinkhorn rounds on detached scores (Guo et al. 2025,
 * arXiv 2508.04200). Rows of the result sum to 1.
 *
 * @example
 * const assign = sinkhornKnopp.create({ epsilon: 0.05, rounds: 3, domain: 'log', mask: 'none', affinityMarginals: 'clean' }, {})
 * const targets = assign.assign(scores)
 */
export const sinkhornKnopp = definePlugin({
  kind: 'assigner',
  name: 'sinkhorn-knopp',
  apiVersion: 1,
  description: 'Balanced entropic transport, a fixed number of Sinkhorn rounds (BootSC, SwAV)',
  metadata: { paper: 'arXiv 2508.04200' },
  options,
  create: ({ mask, affinityMarginals, ...rounds }): Assigner => ({
    assign(scores) {
      if (mask === 'none') return detach(scores, (a) => sinkhornRounds(a, rounds))
      const [n, columns] = scores.shape
      if (n !== columns || n < 2)
        throw new ShapeError('scores', scores.shape, 'a square matrix of at least 2 rows, since mask is diagonal')
      return detach(scores, (a) =>
        affinityMarginals === 'reference' ? referenceAffinity(a, rounds) : cleanAffinity(a, rounds),
      )
    },
  }),
})

type Rounds = Pick<z.output<typeof options>, 'epsilon' | 'rounds' | 'domain'>

function cleanAffinity(scores: tf.Tensor2D, rounds: Rounds): tf.Tensor2D {
  // The mask is applied in the units of the scores, so that −1e30/ε stays finite in float32 for ε ≥ 1e-8.
  return sinkhornRounds(insertDiagonal(dropDiagonal(scores), forbidden), rounds)
}

function referenceAffinity(scores: tf.Tensor2D, rounds: Rounds): tf.Tensor2D {
  return insertDiagonal(sinkhornRounds(dropDiagonal(scores), rounds), 0)
}
