import { type Backbone, definePlugin, type Layer, OptionError, type Random, tf } from '@dc/core'
import { z } from 'zod'
import { chain } from '../layers/chain'
import { layerContext } from '../layers/check-input'
import { activation, flatten } from '../layers/sequential'
import { pretrainedNetwork, pretrainedOptions } from '../weights/pretrained-options'
import { convolution } from './convolution'
import { imageContext } from './image-context'
import { globalAverage, imageNorm, maxPool } from './image-layers'

/** Settings of {@link convnet}. */
export interface ConvnetOptions {
  /** Height, width, channels. */
  readonly inputShape: readonly number[]
  /** Channels of each block; after each block but the last the image is halved. */
  readonly widths?: readonly number[]
  /** Whether it ends in the mean of every channel (default) or in all pixels of the last block, which keep their places. */
  readonly average?: boolean
  readonly random: Random
}

/**
 * A small convolutional network for small images: `(3×3 convolution → BN → ReLU → 2×2 max pool)*`, the last block without
 * pool. It ends in the mean of every channel. With `average: false` it ends in all pixels, for images so small that each
 * matters.
 *
 * @returns `[height, width, channels] → [last width]`, or `[h · w · last width]` of the last block's h×w without `average`
 * @throws OptionError if the image is too small to be halved that often; ShapeError for input of another shape
 * @example
 * const network = convnet({ inputShape: [28, 28, 1], widths: [32, 64, 128], random: createRandom(0) })
 */
export function convnet(options: ConvnetOptions): Backbone {
  const { inputShape, widths = [64, 128, 256], average = true, random } = options
  const parts: Record<string, Layer> = {}
  let shape = inputShape
  widths.forEach((filters, i) => {
    if (Math.min(shape[0], shape[1]) < 1)
      throw new OptionError('convnet.widths', widths, `at most ${i} widths for images of ${inputShape.join('×')}`)
    const layer = convolution({ inputShape: shape, filters, random: random.split(i) })
    shape = layer.outputShape
    parts[`conv${i + 1}`] = layer
    parts[`bn${i + 1}`] = imageNorm(shape)
    parts[`relu${i + 1}`] = activation(shape, tf.relu)
    if (i === widths.length - 1) return
    parts[`pool${i + 1}`] = maxPool(shape, { window: 2, stride: 2 })
    shape = parts[`pool${i + 1}`].outputShape
  })
  return chain({ ...parts, ...(average ? { average: globalAverage(shape) } : { flatten: flatten(shape) }) })
}

export const convnetPlugin = definePlugin({
  kind: 'backbone',
  name: 'convnet',
  apiVersion: 1,
  description: 'A small convolutional network for small images',
  options: z.strictObject({
    widths: z.array(z.int().positive()).min(1).default([64, 128, 256]),
    average: z.boolean().default(true).describe('mean of every channel; false keeps all pixels of the last block'),
    ...pretrainedOptions,
  }),
  create: ({ widths, average, ...given }, context) =>
    pretrainedNetwork(given, imageContext(layerContext(context, 'convnet'), 'convnet'), (made) =>
      convnet({ widths, average, ...made }),
    ),
})
