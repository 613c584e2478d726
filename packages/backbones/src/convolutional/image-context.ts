import { type Random, ShapeError } from '@dc/core'

/** @throws ShapeError if samples are not images `[height, width, channels]` */
export function imageContext<T extends { inputShape: readonly number[]; random: Random }>(
  context: T,
  layer: string,
): T {
  if (context.inputShape.length !== 3)
    throw new ShapeError(`${layer} context.inputShape`, context.inputShape, 'images [height, width, channels]')
  return context
}
