import { definePlugin, type Loss, ShapeError, tf } from '@dc/core'
import { z } from 'zod'
import { requireLabels, requireTensors } from './inputs'
import { softCrossEntropy } from './soft-cross-entropy'

/** Inputs of {@link softmaxRegression}. */
export interface SoftmaxRegressionInputs {
  /** `[n, classes]` */
  readonly scores: tf.Tensor2D
  /** n classes, integers from 0 to classes − 1; or an int32 tensor of them, whose values are not checked. */
  readonly labels: ArrayLike<number> | tf.Tensor1D
}

/**
 * Cross-entropy of scores to true classes: `−log softmax_{y_i}(s_i)`, the supervised baseline of the DSCL paper.
 *
 * @returns `[n]`
 * @throws ShapeError unless every row has a label below the number of score columns
 * @see Law, Urtasun, Zemel 2017, §5 (softmax regression)
 * @example
 * const loss = mean({ ce: softmaxRegression({ scores: tf.tensor2d([[9, 0]]), labels: [0] }) })   // 0.00012
 */
export function softmaxRegression({ scores, labels }: SoftmaxRegressionInputs): tf.Tensor1D {
  requireTensors({ scores })
  requireLabels(labels)
  const [n, k] = scores.shape
  const fits = (label: number) => Number.isInteger(label) && label >= 0 && label < k
  const given = labels instanceof tf.Tensor ? labels.shape[0] : labels.length
  if (given !== n || !(labels instanceof tf.Tensor || Array.from(labels).every(fits)))
    throw new ShapeError('labels', [given], `[${n}], each an integer from 0 to ${k - 1}`)
  return tf.tidy(() => {
    const codes = labels instanceof tf.Tensor ? labels : tf.tensor1d(Int32Array.from(labels), 'int32')
    return softCrossEntropy({ targets: tf.oneHot(codes, k).toFloat() as tf.Tensor2D, scores })
  })
}

export const softmaxRegressionPlugin = definePlugin({
  kind: 'loss',
  name: 'softmax-regression',
  apiVersion: 1,
  description: 'Cross-entropy to true classes (supervised)',
  options: z.strictObject({}),
  create: (): Loss<SoftmaxRegressionInputs> => ({
    elements: (inputs) => ({ crossEntropy: softmaxRegression(inputs) }),
  }),
})
