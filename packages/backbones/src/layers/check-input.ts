import type { CreateContext } from '@dc/core'
import { OptionError, type Random, ShapeError, type tf } from '@dc/core'

/** Number of values of one sample. */
export const sampleSize = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1)

/**
 * What a layer with weights needs of its context.
 *
 * @throws OptionError if the input shape or the random stream is missing
 */
export function layerContext(
  { inputShape, random }: CreateContext,
  layer: string,
): { inputShape: readonly number[]; random: Random } {
  if (!inputShape || inputShape.length === 0 || inputShape.some((side) => !Number.isInteger(side) || side < 1))
    throw new OptionError(
      `${layer} context.inputShape`,
      inputShape,
      'the shape of one sample, such as [64] or [8, 8, 1]',
    )
  if (!random) throw new OptionError(`${layer} context.random`, random, 'a stream made by createRandom')
  return { inputShape, random }
}

/** @throws ShapeError if `x` is not a batch of samples of this shape */
export function checkInput(x: tf.Tensor, inputShape: readonly number[], layer: string): void {
  const [, ...found] = x.shape
  if (x.rank !== inputShape.length + 1 || found.some((side, axis) => side !== inputShape[axis]))
    throw new ShapeError(`input of ${layer}`, x.shape, `[batch, ${inputShape.join(', ')}]`)
}
