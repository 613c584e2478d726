import { definePlugin } from '@dc/core/plugin'
import { p2ot } from '../problems/p2ot'
import { solve } from '../solvers/solve'
import { createProgressiveOnDevice } from './device/progressive-on-device'
import { createProgressive, progressiveOptions } from './progressive'
import { bySolver } from './solver-choice'

/**
 * P²OT's targets: progressive partial transport over the scores of the last batches. Scores are logits; rows of the
 * result sum to the sample's confidence, at most 1. Needs the `progress` in the context unless ρ is fixed.
 *
 * @see Zhang, Ren, He 2024, P²OT (ICLR)
 * @example
 * const assign = registry.create('assigner', 'p2ot', { rho: { schedule: 'sigmoid' } })
 * const targets = assign.assign(logits, { progress, view: 0, rows: batch.rows })
 */
export const p2otAssigner = definePlugin({
  kind: 'assigner',
  name: 'p2ot',
  apiVersion: 1,
  description: 'Progressive partial transport with soft cluster sizes, over the last batches',
  metadata: { paper: 'ICLR 2024, OpenReview hD3sGVqPsr' },
  options: progressiveOptions,
  create: (options) =>
    bySolver(options.solver, {
      host: () =>
        createProgressive(options, (problem, _rows, start) =>
          solve(p2ot(problem), { tolerance: options.tolerance, start }),
        ),
      device: () => createProgressiveOnDevice(options),
    }),
})
