import { type Callback, DcError, definePlugin, parseOptions } from '@dc/core'
import { z } from 'zod'

/** Settings of {@link earlyStopping}. */
export interface EarlyStoppingOptions {
  /** Name of the log to watch, `loss` by default. */
  readonly log?: string
  /** Epochs without improvement before the end. */
  readonly patience?: number
  /** What counts as improvement. */
  readonly minDelta?: number
  readonly higherIsBetter?: boolean
}

/**
 * Ends training when a log has not improved for some epochs. NaN is no improvement.
 *
 * @throws OptionError for a patience that is no positive integer, or an option that there is not
 * @throws DcError at the first epoch if there is no such log; it lists those there are
 * @example
 * const callbacks = [earlyStopping({ patience: 10 })]
 * await train(pipeline, dataset, { epochs: 100, batchSize: 256, optimizer: adam(), learningRate: constant(1e-3), random, callbacks })
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const { log, patience, minDelta, higherIsBetter } = parseOptions(
    earlyStoppingPlugin.options,
    options,
    'earlyStopping',
  )
  let best = Number.POSITIVE_INFINITY
  let waited = 0
  const observe = (logs: Readonly<Record<string, number>>) => {
    if (!(log in logs))
      throw new DcError(`early-stopping watches '${log}'; the logs are: ${Object.keys(logs).join(', ')}.`, { log })
    // In a checkpoint's JSON, what was no number is null.
    const found = logs[log] ?? Number.NaN
    const value = higherIsBetter ? -found : found
    waited = value < best - minDelta ? 0 : waited + 1
    if (value < best) best = value
  }
  return {
    onTrainStart({ history }) {
      best = Number.POSITIVE_INFINITY
      waited = 0
      // A resumed run waits as long as the unbroken one would have.
      for (const logs of history ?? []) observe(logs)
      return waited >= patience ? 'stop' : undefined
    },
    onEpochEnd({ logs }) {
      observe(logs)
      return waited >= patience ? 'stop' : undefined
    },
  }
}

export const earlyStoppingPlugin = definePlugin({
  kind: 'callback',
  name: 'early-stopping',
  apiVersion: 1,
  description: 'Ends training when a log has not improved for some epochs',
  options: z.strictObject({
    log: z.string().default('loss'),
    patience: z.int().positive().default(10),
    minDelta: z.number().nonnegative().default(0),
    higherIsBetter: z.boolean().default(false),
  }),
  create: (options) => earlyStopping(options),
})
