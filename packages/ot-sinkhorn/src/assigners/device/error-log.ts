import { DcError, type NamedTensors, tf } from '@dc/core'

/** Sums up on the device how solves went; what it holds is read once an epoch. */
export interface ErrorLog {
  /**
   * Notes a solve.
   *
   * @param error Σ_j |column sum − what it should be| over the mass that moves
   * @param mass what moves, over what should
   * @param unrest of SP²OT: how far the last plan is from the one before, a share of a row's mass
   */
  note(solved: { error: tf.Scalar; mass: tf.Scalar; unrest?: tf.Scalar }): void
  /** Counts since the last call. @throws DcError if a plan's mass was not what was asked for */
  epochLogs(): Promise<Record<string, number>>
  state(): NamedTensors
  restore(state: Partial<NamedTensors>): void
  dispose(): void
}

/** Below it float32 tells no better plan from a worse one. */
const finest = 1e-4
/** A plan that lacks a thousandth of its mass answers another problem. */
const allowedLoss = 1e-3
/** A change of a plan that is rest. */
const rest = 1e-3

/** @param tolerance what a solve's error may be; {@link finest} if it is smaller */
export function createErrorLog(tolerance: number, semantic = false): ErrorLog {
  // Solves that did not converge, that did not come to rest, the largest error, the largest error of the mass.
  const counts = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([4]), false))
  const isAbove = (value: tf.Scalar, limit: number) => tf.scalar(1).sub(value.lessEqual(limit).toFloat())
  return {
    note({ error, mass, unrest }) {
      tf.tidy(() => {
        const off = mass.sub(1).abs()
        const [unconverged, unsettled, worst, lost] = tf.unstack(counts)
        counts.assign(
          tf.stack([
            unconverged.add(isAbove(error, Math.max(tolerance, finest))),
            unrest ? unsettled.add(isAbove(unrest, rest)) : unsettled,
            // What is no number is the largest error.
            tf.where(error.greaterEqual(0), worst.maximum(error), tf.scalar(Infinity)),
            tf.where(off.greaterEqual(0), lost.maximum(off), tf.scalar(Infinity)),
          ]) as tf.Tensor1D,
        )
      })
    },
    async epochLogs() {
      const [unconverged, unsettled, error, lost] = await counts.data()
      tf.tidy(() => counts.assign(tf.zeros([4])))
      if (!(lost <= Math.max(tolerance, allowedLoss)))
        throw new DcError(
          `The targets of a step have a mass that is off by ${lost}: the transport did not converge (error ${error}). Scores of a smaller range, a larger epsilon or more deviceRounds may help.`,
          { lost, error },
        )
      return { unconverged, ...(semantic && { unsettled }), transportError: error }
    },
    state: () => ({ deviceLog: counts.clone() }),
    restore({ deviceLog }) {
      if (deviceLog) counts.assign(deviceLog as tf.Tensor1D)
    },
    dispose: () => counts.dispose(),
  }
}
