import { DcError, definePlugin, ShapeError, type SparseRows } from '@dc/core'
import { z } from 'zod'
import { sp2ot } from '../problems/sp2ot'
import { solveSemantic } from '../solvers/semantic'
import { createProgressive, neighboursIn, progressiveOptions, type SolveBuffer } from './progressive'

/**
 * SP²OT's targets: P²OT whose neighbours, among the rows of the last batches, share labels. `prepare` gives it the data
 * set's similarity; the context must hold the batch's row numbers.
 *
 * @see Zhang, Ren, He 2024, SP²OT, arXiv 2404.03446
 * @example
 * const assign = registry.create('assigner', 'sp2ot', { weight: 1000 })
 * assign.prepare?.({ similarity, rows: dataset.size })
 * const targets = assign.assign(logits, { step, steps, view: 0, rows: batch.rows })
 */
export const sp2otAssigner = definePlugin({
  kind: 'assigner',
  name: 'sp2ot',
  apiVersion: 1,
  description: 'P²OT with a reward for neighbours that share labels',
  metadata: { paper: 'arXiv 2404.03446' },
  options: progressiveOptions.extend({
    /** λ₁ at ρ = 0; it falls as weight · (1 − ρ). */
    weight: z.number().min(0).default(1000),
    /** Most majorise–minimise rounds per call. */
    rounds: z.int().positive().default(100),
    /** Change of the objective that ends the rounds. */
    objectiveTolerance: z.number().min(0).default(1e-6),
    damping: z.number().min(0).lt(1).default(0),
  }),
  create(options) {
    let similarity: SparseRows | undefined
    const solveBuffer: SolveBuffer = (problem, rows, start) => {
      if (!similarity)
        throw new DcError('The assigner sp2ot has no neighbours yet: call prepare({ similarity, rows }) first.')
      const weight = options.weight * (1 - problem.rho)
      return solveSemantic(sp2ot({ ...problem, weight, similarity: neighboursIn(similarity, rows) }), {
        rounds: options.rounds,
        tolerance: options.objectiveTolerance,
        innerTolerance: options.tolerance,
        damping: options.damping,
        start,
      })
    }
    return {
      ...createProgressive(options, solveBuffer, true),
      prepare(facts) {
        if (facts.similarity && facts.similarity.rows !== facts.rows)
          throw new ShapeError(
            'similarity',
            [facts.similarity.rows, facts.similarity.columns],
            `[${facts.rows}, ${facts.rows}]`,
          )
        similarity = facts.similarity
      },
    }
  },
})
