import { type Backbone, definePlugin, type Layer, type Random } from '@dc/core'
import { z } from 'zod'
import { layerContext, sampleSize } from '../layers/check-input'
import { mlp } from './mlp'

/** A backbone that can also go back: `decoder.apply(encoder.apply(x))` has the shape `[n, Π inputShape]`. */
export interface Autoencoder extends Backbone {
  /** `[n, code] → [n, Π inputShape]`; its variables are its own, not among the encoder's. */
  readonly decoder: Layer
}

/** Settings of {@link autoencoder}. */
export interface AutoencoderOptions {
  readonly inputShape: readonly number[]
  /** Units of the hidden layers of the encoder; the decoder has them in reverse. */
  readonly widths: readonly number[]
  /** Width of the code between them, which is linear. */
  readonly code: number
  readonly activation?: 'relu' | 'tanh'
  readonly normalize?: boolean
  readonly random: Random
}

/**
 * A fully connected autoencoder: an MLP to a linear code, and its mirror image back.
 *
 * @example
 * const network = autoencoder({ inputShape: [64], widths: [500, 500, 2000], code: 10, random: createRandom(0) })
 * const code = network.apply(x, { training: true })
 * const back = network.decoder.apply(code, { training: true })
 */
export function autoencoder({ inputShape, widths, code, random, ...rest }: AutoencoderOptions): Autoencoder {
  const shared = { ...rest, lastActivation: false }
  const encoder = mlp({ ...shared, inputShape, widths: [...widths, code], random: random.split('encoder') })
  const back = [...widths].reverse()
  const decoder = mlp({
    ...shared,
    inputShape: [code],
    widths: [...back, sampleSize(inputShape)],
    random: random.split('decoder'),
  })
  return { ...encoder, decoder }
}

/** Whether a backbone has a decoder. */
export function isAutoencoder(backbone: Backbone): backbone is Autoencoder {
  return 'decoder' in backbone
}

export const autoencoderPlugin = definePlugin({
  kind: 'backbone',
  name: 'autoencoder',
  apiVersion: 1,
  description: 'An MLP to a linear code, with a mirrored decoder',
  options: z.strictObject({
    widths: z.array(z.int().positive()).default([500, 500, 2000]),
    code: z.int().positive().default(10),
    activation: z.enum(['relu', 'tanh']).default('relu'),
    normalize: z.boolean().default(false),
  }),
  create: (options, context) => autoencoder({ ...options, ...layerContext(context, 'autoencoder') }),
})
