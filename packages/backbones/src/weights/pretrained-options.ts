import { type Backbone, ShapeError, tf } from '@dc/core'
import { z } from 'zod'
import { loadWeights } from './load-weights'

const channels = z.array(z.number()).min(1)

/** The options of every backbone that can start from pretrained weights. */
export const pretrainedOptions = {
  weights: z.string().min(1).optional().describe('a .safetensors file with PyTorch, timm or torchvision names'),
  normalize: z
    .strictObject({ mean: channels, std: z.array(z.number().positive()).min(1) })
    .optional()
    .describe('subtracted from and divided into each channel of the images, in training and after it'),
}

interface Pretrained {
  readonly weights?: string
  readonly normalize?: { readonly mean: readonly number[]; readonly std: readonly number[] }
}

/** The network with the weights of a file and with its own normalisation of images, if they are given. */
export function pretrainedNetwork(network: Backbone, { weights, normalize }: Pretrained): Backbone {
  try {
    if (weights !== undefined) loadWeights(network, weights)
    return normalize ? normalized(network, normalize) : network
  } catch (error) {
    tf.dispose(network.variables)
    throw error
  }
}

/** Normalises where training and prediction both pass; views need not do it then. */
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
