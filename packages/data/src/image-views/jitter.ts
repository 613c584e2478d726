import { type Random, tf } from '@dc/core'
import { type Blend, blend, turnHue } from './colour'

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

/**
 * Applies every image's own jitter in its own order, by one graph that is the same for every batch: three places for blends,
 * the turn of hue, three more places for blends. A place that an image does not need leaves the image unchanged.
 *
 * @param planes `[n, channels, height, width]`
 */
export function applyJitter(planes: tf.Tensor4D, drawn: readonly DrawnJitter[]): tf.Tensor4D {
  return tf.tidy(() => {
    const places = (side: 'before' | 'after', x: tf.Tensor4D) =>
      [0, 1, 2].reduce(
        (y, place) =>
          blend(
            y,
            drawn.map((jitter) => jitter[side][place]),
          ),
        x,
      )
    const before = places('before', planes)
    const shifts = drawn.map(({ hue }) => hue)
    return places('after', planes.shape[1] === 3 ? turnHue(before, shifts) : before)
  })
}
