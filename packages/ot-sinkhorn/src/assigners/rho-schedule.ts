import { type AssignContext, OptionError } from '@dc/core'
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
 * @throws OptionError if the schedule moves and `step` or `steps` is missing
 * @example
 * rhoAt({ schedule: 'linear', start: 0.1, end: 1 }, { step: 50, steps: 100 })   // 0.55
 */
export function rhoAt(schedule: RhoSchedule, { step, steps }: AssignContext): number {
  if (schedule.schedule === 'fixed') return schedule.value
  if (step === undefined || steps === undefined || !(steps > 0))
    throw new OptionError(
      'context',
      { step, steps },
      `step and steps, since rho follows a ${schedule.schedule} schedule`,
    )
  const t = Math.min(1, Math.max(0, step / steps))
  const progress = schedule.schedule === 'linear' ? t : Math.exp(-5 * (1 - t) ** 2)
  return schedule.start + (schedule.end - schedule.start) * progress
}
