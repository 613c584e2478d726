import { type Assigner, definePlugin, detach, tf } from '@dc/core'
import { z } from 'zod'
import { requireOpen } from '../tensor/forbidden'

/**
 * Soft assignment without any size constraint: `softmax(scores / temperature)`, no gradient. With scores −D and temperature ε
 * it is the transport plan without the column constraint, which makes it soft k-means (Genevay, Dulac-Arnold, Vert 2019). A
 * score of `-Infinity` gives 0. A row of such scores alone is an error, or NaN on backends whose numbers cannot be read at
 * once.
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
