import { type Random, tf } from '@dc/core'
import { type Blend, blend, channelMatrices, hueStarts, towardsMean, turnHue } from './colour'

/** Strength of the colour jitter, as in torchvision's `ColorJitter`. */
export interface Jitter {
  /** The factor is uniform in [max(0, 1 − s), 1 + s]. */
  readonly brightness: number
  readonly contrast: number
  readonly saturation: number
  /** The turn is uniform in ±s circles, s ≤ ½. */
  readonly hue: number
  /** Probability that an image is jittered at all. */
  readonly probability: number
}

/** One image's jitter. Any order of the four operations is some blends, the turn of hue, and the other blends. */
export interface DrawnJitter {
  readonly before: readonly Blend[]
  readonly hue: number
  readonly after: readonly Blend[]
}

const operations = ['brightness', 'contrast', 'saturation', 'hue'] as const
const still: DrawnJitter = { before: [], hue: 0, after: [] }

/** Draws whether an image is jittered, the order of the four operations, and their strengths. */
export function drawJitter(jitter: Jitter, random: Random): DrawnJitter {
  if (random.uniform() >= jitter.probability) return still
  const order = Array.from(random.permutation(4), (i) => operations[i])
  const steps = order.map((operation) => {
    const strength = jitter[operation]
    const centre = operation === 'hue' ? 0 : 1
    const low = operation === 'hue' ? -strength : Math.max(0, 1 - strength)
    return { operation, factor: low + (centre + strength - low) * random.uniform() }
  })
  const turn = order.indexOf('hue')
  return {
    before: steps.slice(0, turn) as Blend[],
    hue: steps[turn].factor,
    after: steps.slice(turn + 1) as Blend[],
  }
}

/** The jitter of a batch as tensors. */
export interface JitterTensors {
  /** Matrices of channels, `[6, n, channels, channels]`: three blends before the turn of hue, three after it. */
  readonly matrices: tf.Tensor
  /** `[6, n, 1, 1]` */
  readonly towardsMean: tf.Tensor
  /** As {@link hueStarts} makes them. */
  readonly hues: tf.Tensor
}

/** A place that an image does not need leaves the image unchanged. */
export function jitterTensors(drawn: readonly DrawnJitter[], channels: number): JitterTensors {
  const places = (['before', 'after'] as const).flatMap((side) =>
    [0, 1, 2].flatMap((place) => drawn.map((jitter) => jitter[side][place])),
  )
  return {
    matrices: tf.tensor(channelMatrices(places, channels), [6, drawn.length, channels, channels]),
    towardsMean: tf.tensor(towardsMean(places), [6, drawn.length, 1, 1]),
    hues: hueStarts(drawn.map(({ hue }) => hue)),
  }
}

/**
 * Applies every image's own jitter in its own order, by one graph that is the same for every batch: three places for blends,
 * the turn of hue, three more places for blends.
 *
 * @param planes `[n, channels, height, width]`
 */
export function applyJitter(planes: tf.Tensor4D, { matrices, towardsMean: towards, hues }: JitterTensors): tf.Tensor4D {
  return tf.tidy(() => {
    const means = tf.unstack(towards)
    const blends = tf.unstack(matrices).map((matrix, place) => ({
      matrices: matrix as tf.Tensor3D,
      towardsMean: means[place] as tf.Tensor3D,
    }))
    const before = blends.slice(0, 3).reduce(blend, planes)
    const turned = planes.shape[1] === 3 ? turnHue(before, hues as tf.Tensor4D) : before
    return blends.slice(3).reduce(blend, turned)
  })
}
