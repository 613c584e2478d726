import { DcError, type NamedTensors, tf } from '@dc/core'

/** What is remembered of a solve. */
export interface Solved {
  readonly mass: number
  readonly error: number
  /** Whether the solver reached its tolerance; of SP²OT, in every inner problem. */
  readonly converged: boolean
  /** Of SP²OT: whether its objective came to rest. */
  readonly settled?: boolean
}

/** Counts the solves that went wrong, for the logs of an epoch. */
export interface SolveLog {
  /**
   * Notes a solve.
   *
   * @throws DcError if the mass is not the one asked for, which no training should learn from
   */
  note(solved: Solved, wanted: number, tolerance: number): void
  /** `unconverged`, and of SP²OT `unsettled`, since the last call. */
  epochLogs(): Record<string, number>
  state(): NamedTensors
  restore(state: Partial<NamedTensors>): void
}

// A plan that is not converged may still be of use. One that lacks a thousandth of its mass answers another problem.
const allowedLoss = 1e-3

export function createSolveLog(semantic = false): SolveLog {
  let [unconverged, unsettled] = [0, 0]
  return {
    note({ mass, error, converged, settled = true }, wanted, tolerance) {
      if (!converged) unconverged++
      if (!settled) unsettled++
      if (Math.abs(mass - wanted) <= Math.max(tolerance, allowedLoss) * wanted) return
      throw new DcError(
        `The targets have mass ${mass}, not ${wanted}: the transport did not converge (error ${error.toExponential(1)}). Scores of a smaller range, or a larger epsilon, may help.`,
        { mass, wanted, error },
      )
    },
    epochLogs() {
      const logs: Record<string, number> = semantic ? { unconverged, unsettled } : { unconverged }
      unconverged = unsettled = 0
      return logs
    },
    state: () => ({ solveLog: tf.tensor1d([unconverged, unsettled], 'int32') }),
    restore({ solveLog }) {
      ;[unconverged, unsettled] = solveLog?.dataSync() ?? [0, 0]
    },
  }
}
