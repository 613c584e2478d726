import { definePlugin, type Head, type NamedVariables, normalizeRows, tf } from '@dc/core'
import { z } from 'zod'
import { checkInput, layerContext, sampleSize } from '../layers/check-input'
import { kaimingUniform } from '../layers/initial'

/**
 * Scores of samples for clusters, `p = W ẑ + b`. Rows of W, one for each cluster, are scaled to length 1 before every step.
 *
 * @see Guo et al. 2025, arXiv 2508.04200; Caron et al. 2020
 */
export const prototypes = definePlugin({
  kind: 'head',
  name: 'prototypes',
  apiVersion: 1,
  description: 'Inner products with unit-length prototypes, one per cluster, and a bias',
  options: z.strictObject({ k: z.int().min(2).describe('clusters'), bias: z.boolean().default(true) }),
  create({ k, bias }, context): Head {
    const { inputShape, random } = layerContext(context, 'prototypes')
    const d = sampleSize(inputShape)
    const weight = kaimingUniform([k, d], d, random)
    const variables: NamedVariables = { weight }
    if (bias) variables.bias = kaimingUniform([k], d, random)
    const constrain = () => tf.tidy(() => void weight.assign(normalizeRows(weight as tf.Tensor2D)))
    constrain()
    return {
      inputShape: [d],
      outputShape: [k],
      variables,
      constrain,
      apply(x) {
        checkInput(x, [d], 'prototypes')
        return tf.tidy(() => {
          const scores = tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D, false, true)
          return bias ? scores.add(variables.bias) : scores
        })
      },
    }
  },
})
