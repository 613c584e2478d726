import { OptionError, type Progress, tf } from '@dc/core'
import type { RhoSchedule } from '../rho-schedule'

/** The share of the steps that is still to come, the tensor that a schedule of ρ is computed from. */
export function remainingShare(schedule: RhoSchedule, progress: Progress | undefined): tf.Scalar {
  if (schedule.schedule === 'fixed') return tf.scalar(0)
  if (!progress || !(progress.steps > 0))
    throw new OptionError(
      'context.progress',
      progress,
      `a step and a number of steps, since rho follows a ${schedule.schedule} schedule`,
    )
  return tf.scalar(Math.min(1, Math.max(0, (progress.steps - progress.step) / progress.steps)))
}

/**
 * The share ρ of the mass, and 1 − ρ, which is no difference: near the end it is smaller than the rounding of ρ.
 *
 * @param remaining the share of the steps that is still to come
 */
export function rhoOnDevice(schedule: RhoSchedule, remaining: tf.Scalar): { rho: tf.Scalar; rest: tf.Scalar } {
  return tf.tidy(() => {
    if (schedule.schedule === 'fixed') return { rho: tf.scalar(schedule.value), rest: tf.scalar(1 - schedule.value) }
    const { start, end } = schedule
    // 1 − exp(−5 r²), or r: what is missing of the way from start to end.
    const missing = schedule.schedule === 'linear' ? remaining : remaining.square().mul(-5).expm1().neg()
    return {
      rho: missing.mul(start - end).add<tf.Scalar>(end),
      rest: missing.mul(end - start).add<tf.Scalar>(1 - end),
    }
  })
}
