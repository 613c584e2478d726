import { definePlugin, type Head, normalizeRows, tf } from '@dc/core'
import { z } from 'zod'
import { checkInput, layerContext, sampleSize } from '../layers/check-input'
import { kaimingUniform } from '../layers/initial'

/**
 * Cosines of samples with prototypes, times a scale: `s_ij = scale · x_iᵀw_j / (‖x_i‖ ‖w_j‖)`, in [−scale, scale].
 *
 * @see Zhang, Ren, He 2024, SP²OT, arXiv 2404.03446: scale 10
 */
export const cosine = definePlugin({
  kind: 'head',
  name: 'cosine',
  apiVersion: 1,
  description: 'Cosines with prototypes, one per cluster, times a scale',
  options: z.strictObject({ k: z.int().min(2).describe('clusters'), scale: z.number().positive().default(10) }),
  create({ k, scale }, context): Head {
    const { inputShape, random } = layerContext(context, 'cosine')
    const d = sampleSize(inputShape)
    const weight = kaimingUniform([k, d], d, random)
    return {
      inputShape: [d],
      outputShape: [k],
      variables: { weight },
      apply(x) {
        checkInput(x, [d], 'cosine')
        return tf.tidy(() => {
          const prototypes = normalizeRows(weight as tf.Tensor2D)
          return tf.matMul(normalizeRows(x as tf.Tensor2D), prototypes, false, true).mul(scale)
        })
      },
    }
  },
})
