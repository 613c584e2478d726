import { type Assigner, definePlugin, tf } from '@dc/core'
import { z } from 'zod'
import { detach } from '../tensor/detach'
import { requireOpen } from '../tensor/forbidden'

/**
 * Soft assignment without any size constraint: `softmax(scores / temperature)`, no gradient. With scores −D and
 * temperature ε it is the plan of transport whose column constraint was dropped (ALGORITHMS §3): soft k-means. A score of
 * `-Infinity` gives 0; a row of nothing else is an error, or NaN where the backend's numbers are not at hand.
 *
 * @example
 * soft.create({ temperature: 0.1 }, {}).assign(scores)
 */
export const soft = definePlugin({
  kind: 'assigner',
  name: 'soft',
  apiVersion: 1,
  description: 'Softmax of the scores: transport without cluster sizes',
  options: z.strictObject({ temperature: z.number().positive().default(1) }),
  create: ({ temperature }): Assigner => ({
    assign(scores) {
      requireOpen(scores, { name: 'scores', sign: -1, columnMass: null })
      return detach(scores, (s) => tf.tidy(() => tf.softmax(s.div<tf.Tensor2D>(temperature))))
    },
  }),
})
