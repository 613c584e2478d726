import { definePlugin, type Progress, parseOptions, type Schedule, sigmoidRampUp } from '@dc/core'
import { z } from 'zod'

/** Whether a schedule moves once an epoch or every step. */
export type Per = 'epoch' | 'step'

/** The part of the training that is over, in [0, 1). */
const elapsed = ({ step, steps, epoch, epochs }: Progress, per: Per) =>
  per === 'epoch' ? epoch / epochs : step / steps

/**
 * The same number always.
 *
 * @throws OptionError if it is not finite
 * @example
 * constant(0.01).value({ epoch: 50, epochs: 100, step: 0, steps: 1 })   // 0.01
 */
export function constant(value: number): Schedule {
  parseOptions(constantPlugin.options, { value }, 'constant')
  return { value: () => value }
}

/**
 * `from + (to − from)·t`, t the part of the epochs (or steps) that is over.
 *
 * @throws OptionError for a number that is not finite, or another `per`
 * @example
 * linear({ from: 0.04, to: 0 }).value({ epoch: 50, epochs: 100, step: 0, steps: 1 })   // 0.02
 */
export function linear(options: { from: number; to?: number; per?: Per }): Schedule {
  const { from, to, per } = parseOptions(linearPlugin.options, options, 'linear')
  return { value: (progress) => from + (to - from) * elapsed(progress, per) }
}

/** Settings of {@link cosine}. */
export interface CosineOptions {
  readonly from: number
  /** Reached at the end of a period. */
  readonly to?: number
  /** Epochs from one restart to the next; by default the whole training is one period. */
  readonly period?: number
  /** The peak is multiplied by this at each restart. */
  readonly restartFactor?: number
  readonly per?: Per
}

/**
 * Cosine decay with warm restarts: `to + ½(peak − to)(1 + cos(πt))`, t the part of the period that is over,
 * `peak = from · restartFactor^restarts`.
 *
 * @throws OptionError for a number that is not finite, or a period or factor that is not > 0
 * @see Loshchilov and Hutter 2017, eq. 5
 * @example
 * cosine({ from: 0.04, period: 200, restartFactor: 0.5 })   // BootSC on images
 */
export function cosine(options: CosineOptions): Schedule {
  const { from, to, period, restartFactor, per } = parseOptions(cosinePlugin.options, options, 'cosine')
  return {
    value(progress) {
      const periods = elapsed(progress, per) * (period === undefined ? 1 : progress.epochs / period)
      const restarts = Math.floor(periods)
      const peak = from * restartFactor ** restarts
      return to + 0.5 * (peak - to) * (1 + Math.cos(Math.PI * (periods - restarts)))
    },
  }
}

/**
 * Sigmoid ramp-up: `from + (to − from)·exp(−5(1 − t)²)`, t the part of the steps that is over.
 *
 * @throws OptionError for a number that is not finite, or another `per`
 * @see Zhang, Ren and He 2024, the transported mass ρ; Laine and Aila 2017
 * @example
 * sigmoidRamp({ from: 0.1, to: 1 })   // P²OT's ρ
 */
export function sigmoidRamp(options: { from: number; to: number; per?: Per }): Schedule {
  const { from, to, per } = parseOptions(sigmoidRampPlugin.options, options, 'sigmoidRamp')
  return { value: (progress) => from + (to - from) * sigmoidRampUp(elapsed(progress, per)) }
}

const per = (initial: Per) => z.enum(['epoch', 'step']).default(initial)

export const constantPlugin = definePlugin({
  kind: 'schedule',
  name: 'constant',
  apiVersion: 1,
  description: 'The same value throughout',
  options: z.strictObject({ value: z.number() }),
  create: ({ value }) => constant(value),
})

export const linearPlugin = definePlugin({
  kind: 'schedule',
  name: 'linear',
  apiVersion: 1,
  description: 'A straight line from one value to another over the training',
  options: z.strictObject({ from: z.number(), to: z.number().default(0), per: per('epoch') }),
  create: (options) => linear(options),
})

export const cosinePlugin = definePlugin({
  kind: 'schedule',
  name: 'cosine',
  apiVersion: 1,
  description: 'Cosine decay, optionally with restarts to a lower peak',
  options: z.strictObject({
    from: z.number(),
    to: z.number().default(0),
    period: z.number().positive().optional().describe('epochs'),
    restartFactor: z.number().positive().default(1),
    per: per('epoch'),
  }),
  create: (options) => cosine(options),
})

export const sigmoidRampPlugin = definePlugin({
  kind: 'schedule',
  name: 'sigmoid-ramp',
  apiVersion: 1,
  description: 'A sigmoid-shaped rise from one value to another',
  options: z.strictObject({ from: z.number().default(0.1), to: z.number().default(1), per: per('step') }),
  create: (options) => sigmoidRamp(options),
})
