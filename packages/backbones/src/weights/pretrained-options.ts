import { type Backbone, type Random, ShapeError, tf } from '@dc/core'
import { z } from 'zod'
import { type LoadWeightsOptions, loadWeights } from './load-weights'

const channels = z.array(z.number()).min(1)

/** The options of every backbone that can start from pretrained weights. */
export const pretrainedOptions = {
  weights: z
    .union([
      z.string().min(1),
      z.strictObject({
        file: z.string().min(1),
        prefix: z.string().optional().describe('what stands before the names in a file of several networks'),
        ignore: z.array(z.string().min(1)).optional().describe('names, or their beginnings, that may stay unused'),
      }),
    ])
    .optional()
    .describe('a .safetensors file with PyTorch, timm or torchvision names, or { file, prefix, ignore }'),
  normalize: z
    .strictObject({ mean: channels, std: z.array(z.number().positive()).min(1) })
    .optional()
    .describe('subtracted from and divided into each channel of the images, in training and after it'),
  size: z.int().positive().optional().describe('side of the square that images of another size are resized to first'),
}

interface Pretrained {
  readonly size?: number
  readonly weights?: string | (LoadWeightsOptions & { readonly file: string })
  readonly normalize?: { readonly mean: readonly number[]; readonly std: readonly number[] }
}

interface ImageContext {
  readonly inputShape: readonly number[]
  readonly random: Random
}

/** The network with the weights of a file, and with a size and a normalisation of images of its own if these are given. */
export function pretrainedNetwork(
  { weights, normalize, size }: Pretrained,
  { inputShape, random }: ImageContext,
  build: (context: ImageContext) => Backbone,
): Backbone {
  const network = build({ inputShape: size === undefined ? inputShape : [size, size, inputShape[2]], random })
  try {
    if (typeof weights === 'string') loadWeights(network, weights)
    else if (weights) loadWeights(network, weights.file, weights)
    const seen = normalize ? normalized(network, normalize) : network
    return size === undefined ? seen : resized(seen, size, inputShape)
  } catch (error) {
    tf.dispose(network.variables)
    throw error
  }
}

/**
 * Resizes images that are not of the network's size, bilinearly. Views may be drawn at that size already; the samples that
 * prediction sees may be larger or smaller.
 */
function resized(network: Backbone, size: number, inputShape: readonly number[]): Backbone {
  const fit = (x: tf.Tensor) =>
    x.shape[1] === size && x.shape[2] === size
      ? x
      : tf.image.resizeBilinear(x as tf.Tensor4D, [size, size], false, true)
  return { ...network, inputShape, apply: (x, mode) => tf.tidy(() => network.apply(fit(x), mode)) }
}

/** Normalises images in the network, so that training and prediction do the same and views need not do it. */
function normalized(network: Backbone, { mean, std }: NonNullable<Pretrained['normalize']>): Backbone {
  const channels = network.inputShape.at(-1)!
  if (mean.length !== channels || std.length !== channels)
    throw new ShapeError('normalize.mean and .std', [mean.length], `[${channels}], one for each channel`)
  return {
    ...network,
    apply: (x, mode) =>
      tf.tidy(() => network.apply(tf.div(tf.sub(x, tf.tensor1d([...mean])), tf.tensor1d([...std])), mode)),
  }
}
