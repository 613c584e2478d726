import { type Callback, definePlugin } from '@dc/core/plugin'
import { z } from 'zod'

/** Ends a training once its loss is below a bound. */
export const plugin = definePlugin({
  kind: 'callback',
  name: 'my-callback',
  apiVersion: 1,
  description: 'Ends the training once the loss is below a bound',
  options: z.strictObject({
    bound: z.number().default(0.01).describe('of the mean loss of an epoch'),
  }),
  create: ({ bound }): Callback => {
    const isDone = (logs: Readonly<Record<string, number>> | undefined) => logs !== undefined && logs.loss < bound
    return {
      // A resumed run that had already ended ends again.
      onTrainStart: ({ history }) => (history?.some(isDone) ? 'stop' : undefined),
      onEpochEnd: ({ logs }) => (isDone(logs) ? 'stop' : undefined),
    }
  },
})

/** What `dclust --plugin` looks for. */
export const plugins = [plugin]
