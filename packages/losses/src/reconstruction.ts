import { definePlugin, type Loss, ShapeError, tf } from '@dc/core'
import { z } from 'zod'
import { requireTensors } from './inputs'

/** Inputs of {@link reconstruction}. */
export interface ReconstructionInputs {
  /** What was encoded, `[n, ...]`. */
  readonly x: tf.Tensor
  /** Its reconstruction, `[n, d]`, as many values in a row. */
  readonly decoded: tf.Tensor2D
}

/**
 * Mean squared error of each sample: `‖x_i − x̂_i‖² / d`.
 *
 * @returns `[n]`
 * @throws ShapeError if rows or their sizes differ
 * @example
 * reconstruction({ x: tf.tensor2d([[1, 0]]), decoded: tf.tensor2d([[0, 0]]) })   // [0.5]
 */
export function reconstruction({ x, decoded }: ReconstructionInputs): tf.Tensor1D {
  requireTensors({ x, decoded })
  const n = x.shape[0]
  if (decoded.rank !== 2 || decoded.shape[0] !== n || decoded.size !== x.size)
    throw new ShapeError('decoded', decoded.shape, `[${n}, ${x.size / n}], the size of x`)
  return tf.tidy(() => meanSquares(x.reshape([n, -1]), decoded) as tf.Tensor1D)
}

/** `‖a_i − b_i‖² / d` with its gradient `2/d (b − a)` in one pass over the difference. The tape would need six. */
const meanSquares = tf.customGrad((...inputs) => {
  const [a, b, save] = inputs as [tf.Tensor, tf.Tensor, tf.GradSaveFunc]
  const difference = b.sub(a)
  save([difference])
  const [n, d] = a.shape
  const gradFunc = (upstream: tf.Tensor, [saved]: tf.Tensor[]) => {
    const slope = saved.mul(upstream.mul(2 / d).reshape([n, 1]))
    return [slope.neg(), slope]
  }
  return { value: difference.square().mean(1), gradFunc }
})

export const reconstructionPlugin = definePlugin({
  kind: 'loss',
  name: 'reconstruction',
  apiVersion: 1,
  description: 'Mean squared error of what an autoencoder gives back',
  options: z.strictObject({}),
  create: (): Loss<ReconstructionInputs> => ({
    elements: (inputs) => ({ reconstruction: reconstruction(inputs) }),
  }),
})
