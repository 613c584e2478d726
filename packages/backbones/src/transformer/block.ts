import { type Layer, type Random, tf } from '@dc/core'
import { model } from '../model'
import { gelu, layerNorm, tokenLinear, tokenProduct } from './token-layers'

type Mode = Parameters<Layer['apply']>[1]

/** Settings of {@link transformerBlock}. */
export interface TransformerBlockOptions {
  readonly width: number
  readonly heads: number
  readonly tokens: number
  readonly trainable: boolean
  readonly random: Random
}

/** A block, with a shorter way to its class token alone. */
export interface TransformerBlock extends Layer {
  /** The first token of `apply`, `[batch, tokens, width] → [batch, 1, width]`, without computing the others. */
  firstToken(x: tf.Tensor, mode: Mode): tf.Tensor
}

/**
 * A pre-norm transformer block: `x += attention(norm1(x))`, `x += mlp(norm2(x))`, the MLP four times as wide, with GELU.
 *
 * Attention of each head: `softmax(q kᵀ / √d) v`; q, k and v are three parts of one product, as timm keeps them.
 *
 * @see Vaswani et al. 2017; Dosovitskiy et al. 2021, eq. 2–3
 */
export function transformerBlock(options: TransformerBlockOptions): TransformerBlock {
  const { width, heads, tokens, trainable, random } = options
  const parts = {
    norm1: layerNorm(width, trainable),
    'attn.qkv': tokenLinear(width, 3 * width, random.split('qkv'), trainable),
    'attn.proj': tokenLinear(width, width, random.split('proj'), trainable),
    norm2: layerNorm(width, trainable),
    'mlp.fc1': tokenLinear(width, 4 * width, random.split('fc1'), trainable),
    'mlp.fc2': tokenLinear(4 * width, width, random.split('fc2'), trainable),
  }
  const { weight, bias } = parts['attn.qkv'].variables
  /** `count` of the three parts q, k, v, beginning with part `from`. */
  const some = (x: tf.Tensor, from: number, count: number) =>
    tokenProduct(
      x,
      tf.slice(weight, [0, from * width], [-1, count * width]) as tf.Tensor2D,
      tf.slice(bias, [from * width], [count * width]),
    )
  /** What follows attention, token by token. */
  const rest = (x: tf.Tensor, mixed: tf.Tensor, mode: Mode) => {
    const attended = tf.add(x, parts['attn.proj'].apply(mixed, mode))
    const hidden = gelu(parts['mlp.fc1'].apply(parts.norm2.apply(attended, mode), mode))
    return tf.add(attended, parts['mlp.fc2'].apply(hidden, mode))
  }
  return {
    inputShape: [tokens, width],
    outputShape: [tokens, width],
    ...model(parts),
    apply: (x, mode) =>
      tf.tidy(() => {
        const qkv = parts['attn.qkv'].apply(parts.norm1.apply(x, mode), mode)
        const [q, k, v] = [0, 1, 2].map((which) => part(qkv, which, width, heads))
        return rest(x, attention(q, k, v), mode)
      }),
    firstToken: (x, mode) =>
      tf.tidy(() => {
        const seen = parts.norm1.apply(x, mode)
        const q = part(some(first(seen), 0, 1), 0, width, heads)
        const both = some(seen, 1, 2)
        const [k, v] = [0, 1].map((which) => part(both, which, width, heads))
        return rest(first(x), attention(q, k, v), mode)
      }),
  }
}

const first = (x: tf.Tensor) => tf.slice(x, [0, 0, 0], [-1, 1, -1])

/** One part of a product for q, k, v by heads: `[batch, tokens, parts·width] → [batch, heads, tokens, width / heads]`. */
function part(product: tf.Tensor, which: number, width: number, heads: number): tf.Tensor {
  const cut = tf.slice(product, [0, 0, which * width], [-1, -1, width])
  return tf.transpose(tf.reshape(cut, [-1, product.shape[1] as number, heads, width / heads]), [0, 2, 1, 3])
}

/** q `[batch, heads, queries, size]`, k and v `[batch, heads, tokens, size]` → `[batch, queries, heads·size]` */
function attention(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor): tf.Tensor {
  const [, heads, queries, size] = q.shape as [number, number, number, number]
  const scores = tf.matMul(tf.mul(q, 1 / Math.sqrt(size)), k, false, true)
  const mixed = tf.matMul(tf.softmax(scores), v)
  return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [-1, queries, heads * size])
}
