import { type Backbone, tf } from '@dc/core'
import { z } from 'zod'
import { loadWeights } from './load-weights'

/** The option of every backbone that can start from pretrained weights. */
export const weightsOption = {
  weights: z.string().min(1).optional().describe('a .safetensors file with PyTorch, timm or torchvision names'),
}

/** The network, with the weights of a file if one is given. */
export function loadOption(network: Backbone, weights: string | undefined): Backbone {
  try {
    if (weights !== undefined) loadWeights(network, weights)
    return network
  } catch (error) {
    tf.dispose(network.variables)
    throw error
  }
}
