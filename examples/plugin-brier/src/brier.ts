import { definePlugin, type Loss, type NamedTensors, tf } from '@dc/core'
import type { SwappedInputs } from '@dc/losses'
import { z } from 'zod'

/** Brier score: `Σ_j (p_j − q_j)²` of the probabilities p of one view and the targets q of another, for each sample. */
export const brier = definePlugin({
  kind: 'loss',
  name: 'brier',
  apiVersion: 1,
  description: 'Squared distance of the probabilities of a view to the targets of the others',
  options: z.strictObject({
    weight: z.number().positive().default(1).describe('factor of the loss'),
  }),
  create: ({ weight }): Loss<SwappedInputs> => ({
    elements({ scores, targets, temperature = 1 }) {
      const elements: NamedTensors = {}
      for (const [a, s] of scores.entries())
        for (const [b, q] of targets.entries())
          if (a !== b) elements[`${a} from ${b}`] = tf.softmax(s.div(temperature)).sub(q).square().sum(1).mul(weight)
      return elements
    },
  }),
})
