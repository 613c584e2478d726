import { type Assigner, detach, tf } from '@dc/core'
import { type ColumnProblem, improvePotentials, never, planOfPotentials } from '../../tensor/column-potentials'
import { requireOpen } from '../../tensor/forbidden'
import { createErrorLog } from './error-log'
import { createLabelTable, type LabelTable } from './label-table'

/** What {@link createBalancedOnDevice} needs. */
export interface BalancedSettings {
  readonly epsilon: number
  /** Relative sizes that sum to 1; equal if left out. */
  readonly shares?: readonly number[]
  readonly tolerance: number
  readonly deviceRounds: number
}

/** Transport to given sizes in tensor operations; nothing is read in a step. */
export function createBalancedOnDevice({ epsilon, shares, tolerance, deviceRounds }: BalancedSettings): Assigner {
  const log = createErrorLog(tolerance)
  let labels: LabelTable | undefined
  let potentials: tf.Variable | undefined
  const hold = (columns: number): tf.Variable => {
    if (potentials?.shape[1] === columns) return potentials
    potentials?.dispose()
    potentials = tf.tidy(() => tf.variable(tf.zeros([1, columns]), false))
    return potentials
  }
  return {
    prepare({ rows, columns }) {
      hold(columns)
      labels ??= createLabelTable(rows)
    },
    inputs: ({ rows }) => ({ rows: tf.tensor1d(rows, 'int32') }),
    assign(scores, context = {}) {
      const [n, columns] = scores.shape
      requireOpen(scores, { name: 'scores', sign: -1 })
      const kept = hold(columns)
      return detach(scores, (s) =>
        tf.tidy(() => {
          // A constant of a row changes nothing; without it the costs that count keep their digits.
          const logKernel = s.sub(s.max(1, true)).div(epsilon).maximum(never) as tf.Tensor2D
          const problem: ColumnProblem = {
            logKernel,
            logRows: tf.fill([n, 1], -Math.log(n)),
            columnMass: shares ? tf.tensor2d([...shares], [1, columns]) : tf.fill([1, columns], 1 / columns),
            softness: 0,
          }
          const improved = improvePotentials(problem, kept as unknown as tf.Tensor2D, deviceRounds)
          const { plan, error } = planOfPotentials(problem, improved)
          kept.assign(improved)
          log.note({ error, mass: plan.sum() })
          const targets = plan.mul<tf.Tensor2D>(n)
          const rows = context.inputs?.rows as tf.Tensor1D | undefined
          if (rows) labels?.put(rows, targets)
          return targets
        }),
      )
    },
    pseudoLabels: () =>
      labels?.all() ?? { rows: new Int32Array(0), labels: new Int32Array(0), weights: new Float32Array(0) },
    epochLogs: log.epochLogs,
    state: () => ({
      ...(potentials && { devicePotentials: potentials.clone() }),
      ...labels?.state(),
      ...log.state(),
    }),
    restore(state) {
      const { devicePotentials } = state
      if (devicePotentials) hold(devicePotentials.shape[1] ?? 0).assign(devicePotentials)
      labels?.restore(state)
      log.restore(state)
    },
    dispose() {
      potentials?.dispose()
      labels?.dispose()
      log.dispose()
    },
  }
}
