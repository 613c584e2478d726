import { type Assigner, DcError, definePlugin, ShapeError, type SparseRows } from '@dc/core/plugin'
import { z } from 'zod'
import { sp2ot } from '../problems/sp2ot'
import { solveSemantic } from '../solvers/semantic'
import { createProgressiveOnDevice } from './device/progressive-on-device'
import { createProgressive, neighboursIn, progressiveOptions, type SolveBuffer } from './progressive'
import { bySolver } from './solver-choice'

/** An assigner that is told which rows of the data set are neighbours. */
export interface NeighbourAssigner extends Assigner {
  /** @param similarity `rows × rows` of the data set, sparse; the row numbers in the context are its rows */
  useNeighbours(similarity: SparseRows): void
}

/**
 * Whether an assigner must be told neighbours before it assigns.
 *
 * @example
 * const assigner: Assigner = registry.create('assigner', 'sp2ot', {})
 * if (wantsNeighbours(assigner)) assigner.useNeighbours(similarity)
 */
export function wantsNeighbours(assigner: Assigner): assigner is NeighbourAssigner {
  return 'useNeighbours' in assigner
}

/**
 * SP²OT's targets: P²OT whose neighbours, among the rows of the last batches, share labels. `useNeighbours` gives it the data
 * set's similarity; the context must hold the batch's row numbers.
 *
 * @see Zhang, Ren, He 2024, SP²OT, arXiv 2404.03446
 * @example
 * const assign = registry.create('assigner', 'sp2ot', { weight: 1000 })
 * if (wantsNeighbours(assign)) assign.useNeighbours(similarity)
 * const targets = assign.assign(logits, { progress, view: 0, rows: batch.rows })
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
    /** Share of the last plan that is kept in each round, against oscillation. */
    damping: z.number().min(0).lt(1).default(0),
    /** Of the device solver: rounds for each of the majorise–minimise rounds. */
    deviceRounds: z.int().positive().default(20),
    /** Of the device solver: majorise–minimise rounds, a fixed number. */
    deviceMajorisations: z.int().positive().default(60),
  }),
  create(options): NeighbourAssigner {
    let similarity: SparseRows | undefined
    const told = () => {
      if (similarity) return similarity
      throw new DcError('The assigner sp2ot has no neighbours yet: call useNeighbours(similarity) first.')
    }
    const solveBuffer: SolveBuffer = (problem, rows, start) => {
      const similarity = told()
      const weight = options.weight * (1 - problem.rho)
      const result = solveSemantic(sp2ot({ ...problem, weight, similarity: neighboursIn(similarity, rows) }), {
        rounds: options.rounds,
        tolerance: options.objectiveTolerance,
        innerTolerance: options.tolerance,
        damping: options.damping,
        start,
      })
      return { ...result, converged: result.innerConverged, settled: result.converged }
    }
    return {
      ...bySolver(options.solver, {
        host: () => createProgressive(options, solveBuffer, true),
        device: () =>
          createProgressiveOnDevice(options, {
            similarity: told,
            weight: options.weight,
            majorisations: options.deviceMajorisations,
            damping: options.damping,
          }),
      }),
      useNeighbours(next) {
        if (next.rows !== next.columns)
          throw new ShapeError(
            'similarity',
            [next.rows, next.columns],
            'as many columns as rows, those of the data set',
          )
        similarity = next
      },
    }
  },
})
