import { OptionError, type Progress, sigmoidRampUp } from '@dc/core/plugin'
import { z } from 'zod'

const share = z.number().gt(0).max(1)

/** Options of the share ρ of mass that is given to clusters, as it grows over the steps of training. */
export const rhoOptions = z
  .discriminatedUnion('schedule', [
    /** ρ(t) = start + (end − start) exp(−5 (1 − t/T)²), as published. */
    z.strictObject({ schedule: z.literal('sigmoid'), start: share.default(0.1), end: share.default(1) }),
    z.strictObject({ schedule: z.literal('linear'), start: share.default(0.1), end: share.default(1) }),
    z.strictObject({ schedule: z.literal('fixed'), value: share }),
  ])
  .default({ schedule: 'sigmoid', start: 0.1, end: 1 })

/** What {@link rhoOptions} gives. */
export type RhoSchedule = z.output<typeof rhoOptions>

/**
 * The share ρ at a step of training (Zhang, Ren, He 2024, P²OT).
 *
 * @param progress where training stands; a fixed share needs none
 * @throws OptionError if the schedule moves and the progress is missing
 * @example
 * rhoAt({ schedule: 'linear', start: 0.1, end: 1 }, { step: 50, steps: 100 })   // 0.55
 */
export function rhoAt(schedule: RhoSchedule, progress?: Pick<Progress, 'step' | 'steps'>): number {
  if (schedule.schedule === 'fixed') return schedule.value
  if (!progress || !(progress.steps > 0))
    throw new OptionError(
      'context.progress',
      progress,
      `a step and a number of steps, since rho follows a ${schedule.schedule} schedule`,
    )
  const t = progress.step / progress.steps
  const part = schedule.schedule === 'linear' ? Math.min(1, Math.max(0, t)) : sigmoidRampUp(t)
  return schedule.start + (schedule.end - schedule.start) * part
}
