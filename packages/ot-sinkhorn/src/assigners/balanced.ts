import { type Assigner, definePlugin, type NamedTensors, onHost, ShapeError, type tf } from '@dc/core'
import { z } from 'zod'
import { balanced } from '../problems/balanced'
import { solve } from '../solvers/solve'
import { type BalancedSettings, createBalancedOnDevice } from './device/balanced-on-device'
import { createLastLabels } from './last-labels'
import { createSolveLog } from './solve-log'
import { bySolver, solverOptions } from './solver-choice'
import { packFloat64, unpackFloat64 } from './state'

/**
 * Transport to prescribed cluster sizes in float64, to a tolerance (Genevay, Dulac-Arnold, Vert 2019). The cost is −scores, so that
 * scores may be negative squared distances; `-Infinity` forbids a pair. Rows of the result sum to 1, columns to n · sizes. Solves
 * that do not reach the tolerance are counted in `epochLogs`.
 *
 * @see Genevay, Dulac-Arnold, Vert 2019, arXiv 1910.09036
 * @example
 * const assign = registry.create('assigner', 'balanced', { epsilon: 0.05, sizes: [0.5, 0.3, 0.2] })
 * const targets = assign.assign(distances.neg())
 */
export const balancedAssigner = definePlugin({
  kind: 'assigner',
  name: 'balanced',
  apiVersion: 1,
  description: 'Entropic transport to given cluster sizes, solved to a tolerance (OTDC)',
  metadata: { paper: 'arXiv 1910.09036' },
  options: z.strictObject({
    /** Weight ε of the entropy, in the units of the scores. */
    epsilon: z.number().positive().default(0.05),
    /** Relative cluster sizes; equal if left out. */
    sizes: z.array(z.number().min(0)).optional(),
    tolerance: z.number().positive().default(1e-9),
    ...solverOptions,
  }),
  create: ({ sizes, ...settings }): Assigner => {
    const total = sizes?.reduce((sum, size) => sum + size, 0) ?? 1
    const shares = sizes?.map((size) => size / total)
    const assigner = bySolver(settings.solver, {
      host: () => createBalancedOnHost({ ...settings, shares }),
      device: () => createBalancedOnDevice({ ...settings, shares }),
    })
    return {
      ...assigner,
      assign(scores, context) {
        if (sizes && sizes.length !== scores.shape[1])
          throw new ShapeError('scores', scores.shape, `${sizes.length} columns, as many as sizes`)
        return assigner.assign(scores, context)
      },
    }
  },
})

function createBalancedOnHost({ epsilon, shares, tolerance }: BalancedSettings): Assigner {
  let start: Float64Array | undefined
  const given = createLastLabels()
  const log = createSolveLog()
  return {
    assign(scores, context = {}) {
      const [rows, columns] = scores.shape
      return onHost<tf.Tensor2D>(scores, scores.shape, (values) => {
        const cost = new Float64Array(values)
        for (let i = 0; i < cost.length; i++) cost[i] = -cost[i]
        const problem = balanced({ cost, rows, columns, epsilon, columnMass: shares })
        const result = solve(problem, { tolerance, start: start?.length === columns ? start : undefined })
        log.note(result, 1, tolerance)
        start = result.potentials.columns
        const targets = new Float32Array(result.plan({ scale: rows }))
        if (context.rows?.length === rows) given.put(context.rows, targets)
        return targets
      })
    },
    pseudoLabels: given.all,
    epochLogs: log.epochLogs,
    state: () => ({ ...given.state(), ...log.state(), potentials: packFloat64(start ?? new Float64Array(0)) }),
    restore(state: NamedTensors) {
      given.restore(state)
      log.restore(state)
      const potentials = state.potentials ? unpackFloat64(state.potentials) : new Float64Array(0)
      start = potentials.length > 0 ? potentials : undefined
    },
  }
}
