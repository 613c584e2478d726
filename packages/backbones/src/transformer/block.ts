import { type Layer, type Random, tf } from '@dc/core'
import { collectVariables } from '../layers/sequential'
import { gelu, layerNorm, tokenLinear } from './token-layers'

/** Settings of {@link transformerBlock}. */
export interface TransformerBlockOptions {
  readonly width: number
  readonly heads: number
  readonly tokens: number
  readonly trainable: boolean
  readonly random: Random
}

/**
 * A pre-norm transformer block: `x += attention(norm1(x))`, `x += mlp(norm2(x))`, the MLP four times as wide, with GELU.
 *
 * Attention of each head: `softmax(q kᵀ / √d) v`; q, k and v are three parts of one product, as timm keeps them.
 *
 * @see Vaswani et al. 2017; Dosovitskiy et al. 2021, eq. 2–3
 */
export function transformerBlock({ width, heads, tokens, trainable, random }: TransformerBlockOptions): Layer {
  const parts = {
    norm1: layerNorm(width, trainable),
    'attn.qkv': tokenLinear(width, 3 * width, random.split('qkv'), trainable),
    'attn.proj': tokenLinear(width, width, random.split('proj'), trainable),
    norm2: layerNorm(width, trainable),
    'mlp.fc1': tokenLinear(width, 4 * width, random.split('fc1'), trainable),
    'mlp.fc2': tokenLinear(4 * width, width, random.split('fc2'), trainable),
  }
  return {
    inputShape: [tokens, width],
    outputShape: [tokens, width],
    variables: collectVariables(parts),
    apply: (x, mode) =>
      tf.tidy(() => {
        const qkv = parts['attn.qkv'].apply(parts.norm1.apply(x, mode), mode)
        const attended = tf.add(x, parts['attn.proj'].apply(attention(qkv, heads), mode))
        const hidden = gelu(parts['mlp.fc1'].apply(parts.norm2.apply(attended, mode), mode))
        return tf.add(attended, parts['mlp.fc2'].apply(hidden, mode))
      }),
  }
}

/** `[batch, tokens, 3·width] → [batch, tokens, width]` */
function attention(qkv: tf.Tensor, heads: number): tf.Tensor {
  const [, tokens, triple] = qkv.shape
  const [width, size] = [triple / 3, triple / 3 / heads]
  const part = (which: number) =>
    tf.transpose(
      tf.reshape(tf.slice(qkv, [0, 0, which * width], [-1, -1, width]), [-1, tokens, heads, size]),
      [0, 2, 1, 3],
    )
  const scores = tf.matMul(tf.mul(part(0), 1 / Math.sqrt(size)), part(1), false, true)
  const mixed = tf.matMul(tf.softmax(scores), part(2))
  return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [-1, tokens, width])
}
