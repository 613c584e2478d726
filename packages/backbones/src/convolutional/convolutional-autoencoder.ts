import { definePlugin, type Layer, type Random, tf } from '@dc/core'
import { z } from 'zod'
import type { Autoencoder } from '../backbones/autoencoder'
import { chain } from '../layers/chain'
import { layerContext, sampleSize } from '../layers/check-input'
import { linear } from '../layers/linear'
import { activation, flatten } from '../layers/sequential'
import { convolution } from './convolution'
import { imageContext } from './image-context'
import { imageNorm } from './image-layers'

/** Settings of {@link convolutionalAutoencoder}. */
export interface ConvolutionalAutoencoderOptions {
  /** Height, width, channels. */
  readonly inputShape: readonly number[]
  /** Channels of each block of the encoder, each of which halves the image; the decoder has them in reverse. */
  readonly widths?: readonly number[]
  /** Width of the code between them, which is linear. */
  readonly code?: number
  readonly random: Random
}

/**
 * A convolutional autoencoder: `(3×3 convolution of stride 2 → BN → ReLU)* → linear code`, and back by
 * `linear → BN → ReLU → (doubled by repeating pixels → 3×3 convolution → BN → ReLU)*`, the last convolution bare.
 *
 * Repeating pixels before a convolution avoids the checkerboard of transposed convolutions (Odena et al. 2016).
 *
 * @returns `[height, width, channels] → [code]`, with a `decoder` `[code] → [height · width · channels]`
 * @throws ShapeError for input of another shape
 * @example
 * const network = convolutionalAutoencoder({ inputShape: [28, 28, 1], random: createRandom(0) })
 * const code = network.apply(x, { training: true })                     // [n, 10]
 * const back = network.decoder.apply(code, { training: true })          // [n, 784]
 */
export function convolutionalAutoencoder(options: ConvolutionalAutoencoderOptions): Autoencoder {
  const { inputShape, widths = [32, 64, 128], code = 10, random } = options
  const down: Record<string, Layer> = {}
  const shapes = [inputShape]
  widths.forEach((filters, i) => {
    const layer = convolution({ inputShape: shapes[i], filters, stride: 2, random: random.split(`down ${i}`) })
    shapes.push(layer.outputShape)
    Object.assign(down, hidden(`conv${i + 1}`, `bn${i + 1}`, layer))
  })
  const deepest = shapes[widths.length]
  const encoder = chain({
    ...down,
    flatten: flatten(deepest),
    code: linear({ inputs: sampleSize(deepest), outputs: code, random: random.split('code') }),
  })

  const places = reshape([sampleSize(deepest)], deepest)
  const grow = linear({ inputs: code, outputs: sampleSize(deepest), bias: false, random: random.split('grow') })
  const up: Record<string, Layer> = { grow, places, norm: imageNorm(deepest), relu: activation(deepest, tf.relu) }
  for (let i = widths.length - 1; i >= 0; i--) {
    const [height, width] = shapes[i]
    const doubled = doubling(shapes[i + 1], [height, width, shapes[i + 1][2]])
    const layer = convolution({
      inputShape: doubled.outputShape,
      filters: shapes[i][2],
      random: random.split(`up ${i}`),
    })
    up[`double${i + 1}`] = doubled
    Object.assign(up, i > 0 ? hidden(`conv${i + 1}`, `bn${i + 1}`, layer) : { conv1: layer })
  }
  return { ...encoder, decoder: chain({ ...up, rows: flatten(inputShape) }) }
}

/** A layer, its normalisation and ReLU. */
function hidden(name: string, norm: string, layer: Layer): Record<string, Layer> {
  const shape = layer.outputShape
  return { [name]: layer, [norm]: imageNorm(shape), [`${name} relu`]: activation(shape, tf.relu) }
}

function reshape(inputShape: readonly number[], outputShape: readonly number[]): Layer {
  return { ...activation(inputShape, (x) => tf.reshape(x, [-1, ...outputShape])), outputShape }
}

/** Repeats every pixel twice in both directions and cuts to a size: 4×4 becomes 7×7, where 7 was halved to 4. */
function doubling(inputShape: readonly number[], outputShape: readonly [number, number, number]): Layer {
  const [height, width, channels] = inputShape
  const twice = (x: tf.Tensor) => {
    // Concatenated along the channels, a pixel stands twice in its row. Concatenated along the rows, a row stands twice.
    const columns = tf.concat([x, x], 3).reshape([-1, height, 2 * width * channels])
    const both = tf.concat([columns, columns], 2).reshape([-1, 2 * height, 2 * width, channels])
    return tf.slice(both, [0, 0, 0, 0], [-1, ...outputShape])
  }
  return { ...activation(inputShape, (x) => tf.tidy(() => twice(x))), outputShape }
}

export const convolutionalAutoencoderPlugin = definePlugin({
  kind: 'backbone',
  name: 'convolutional-autoencoder',
  apiVersion: 1,
  description: 'Convolutions to a linear code, with a mirrored decoder: for small images',
  options: z.strictObject({
    widths: z.array(z.int().positive()).min(1).default([32, 64, 128]),
    code: z.int().positive().default(10),
  }),
  create: (options, context) =>
    convolutionalAutoencoder({
      ...options,
      ...imageContext(layerContext(context, 'convolutional-autoencoder'), 'convolutional-autoencoder'),
    }),
})
