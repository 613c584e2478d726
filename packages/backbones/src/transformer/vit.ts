import { type Backbone, definePlugin, OptionError, type Random, tf } from '@dc/core'
import { z } from 'zod'
import { imageContext } from '../convolutional/image-context'
import { checkInput, layerContext } from '../layers/check-input'
import { filled } from '../layers/initial'
import { model } from '../model'
import { pretrainedNetwork, pretrainedOptions } from '../weights/pretrained-options'
import { transformerBlock } from './block'
import { layerNorm, truncatedNormal } from './token-layers'

/** Settings of {@link vit}. */
export interface VitOptions {
  /** Height, width, channels; multiples of the patch. */
  readonly inputShape: readonly number[]
  /** Side of a patch in pixels. */
  readonly patch?: number
  readonly width?: number
  readonly depth?: number
  readonly heads?: number
  /** How many of the last blocks train; all of the network if it is the depth. */
  readonly trainableBlocks?: number
  readonly random: Random
}

/**
 * A vision transformer without its classifier; the result is the class token after the last normalisation.
 *
 * With fewer trainable blocks than blocks, all else is frozen, the last normalisation too. SP²OT trains the last block of
 * ViT-B/16: 7.09 million weights. Variables are named as in timm and DINO; {@link loadWeights} maps torchvision's names too.
 *
 * @returns `[height, width, channels] → [width]`
 * @throws OptionError if the patch does not divide the image, the heads not the width, or there are not so many blocks
 * @see Dosovitskiy et al. 2021, "An image is worth 16×16 words"; Caron et al. 2021 (DINO)
 * @example
 * const network = vit({ inputShape: [224, 224, 3], width: 768, depth: 12, heads: 12, trainableBlocks: 1, random })
 */
export function vit(options: VitOptions): Backbone {
  const { inputShape, patch = 16, width = 768, depth = 12, heads = 12, trainableBlocks = depth, random } = options
  const [height, wide, channels] = inputShape
  if (height % patch || wide % patch)
    throw new OptionError('vit.patch', patch, `divisors of the image's ${height}×${wide}`)
  if (width % heads) throw new OptionError('vit.heads', heads, `divisors of the width ${width}`)
  if (!(trainableBlocks >= 0 && trainableBlocks <= depth))
    throw new OptionError('vit.trainableBlocks', trainableBlocks, `0 to the depth ${depth}`)
  if (!(depth >= 1)) throw new OptionError('vit.depth', depth, 'at least 1')
  const all = trainableBlocks === depth
  const grid: [number, number] = [height / patch, wide / patch]
  const tokens = grid[0] * grid[1] + 1
  const start = {
    cls_token: truncatedNormal([1, 1, width], random.split('cls_token'), all),
    pos_embed: truncatedNormal([1, tokens, width], random.split('pos_embed'), all),
    'patch_embed.proj.weight': truncatedNormal([patch, patch, channels, width], random.split('patch'), all),
    'patch_embed.proj.bias': filled([width], 0, all),
  }
  const blocks = Array.from({ length: depth }, (_, i) =>
    transformerBlock({ width, heads, tokens, trainable: i >= depth - trainableBlocks, random: random.split(i) }),
  )
  const norm = layerNorm(width, all)
  const inner = model({ ...named(blocks), norm })

  /** Patches as rows: a convolution whose stride is its window is one matrix product. */
  const embed = (x: tf.Tensor) => {
    const patches = tf
      .reshape(x, [-1, grid[0], patch, grid[1], patch, channels])
      .transpose([0, 1, 3, 2, 4, 5])
      .reshape([-1, patch * patch * channels]) as tf.Tensor2D
    const weight = start['patch_embed.proj.weight'].reshape([patch * patch * channels, width]) as tf.Tensor2D
    const embedded = tf
      .matMul(patches, weight)
      .add(start['patch_embed.proj.bias'])
      .reshape([-1, tokens - 1, width])
    // The class token is the same in every image. It is added with the positions, to a row of zeros.
    return padTokens(embedded, 1, 0).add(start.pos_embed.add(padTokens(start.cls_token, 0, tokens - 1)))
  }
  return {
    inputShape,
    outputShape: [width],
    variables: { ...start, ...inner.variables },
    constrain: inner.constrain,
    apply(x, mode) {
      checkInput(x, inputShape, 'vision transformer')
      return tf.tidy(() => {
        // Only the class token is read in the end, so the last block computes no other token.
        const last = blocks.length - 1
        const seen = blocks.reduce(
          (y, block, i) => (i < last ? block.apply(y, mode) : block.firstToken(y, mode)),
          embed(x),
        )
        return norm.apply(seen, mode).reshape([-1, width])
      })
    },
  }
}

/** Adds rows of zeros before or after the tokens. */
const padTokens = (x: tf.Tensor, before: number, after: number) => tf.pad(x, [none, [before, after], none])
const none: [number, number] = [0, 0]

const named = <T>(blocks: readonly T[]) => Object.fromEntries(blocks.map((block, i) => [`blocks.${i}`, block]))

function plugin<const Name extends string>(name: Name, description: string, sizes: { width: number; heads: number }) {
  return definePlugin({
    kind: 'backbone',
    name,
    apiVersion: 1,
    description,
    options: z.strictObject({
      patch: z.int().positive().default(16),
      depth: z.int().positive().default(12),
      trainableBlocks: z.int().nonnegative().default(1),
      ...pretrainedOptions,
    }),
    create: ({ patch, depth, trainableBlocks, ...given }, context) =>
      pretrainedNetwork(given, imageContext(layerContext(context, name), name), (made) =>
        vit({ ...sizes, patch, depth, trainableBlocks, ...made }),
      ),
  })
}

export const vitSmall = plugin('vit-s', 'ViT-S/16; the last blocks train', { width: 384, heads: 6 })
export const vitBase = plugin('vit-b', 'ViT-B/16; the last blocks train', { width: 768, heads: 12 })
