import { type Random, tf } from '@dc/core'
import { blend, turnHue } from './colour'

/** Strength of the colour jitter, as torchvision's `ColorJitter`. */
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

/** A brightness, contrast or saturation step. */
export interface BlendStep {
  readonly operation: 'brightness' | 'contrast' | 'saturation'
  readonly factor: number
}

/** One image's jitter: any order of the four operations is some blends, the turn of hue, the other blends. */
export interface DrawnJitter {
  readonly before: readonly BlendStep[]
  readonly hue: number
  readonly after: readonly BlendStep[]
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
    before: steps.slice(0, turn) as BlendStep[],
    hue: steps[turn].factor,
    after: steps.slice(turn + 1) as BlendStep[],
  }
}

/**
 * Applies every image's own jitter in its own order, as one graph that is the same for every batch: three places for
 * blends, the turn of hue, three more places; a place that an image does not need has factor 1.
 */
export function applyJitter(images: tf.Tensor4D, drawn: readonly DrawnJitter[]): tf.Tensor4D {
  return tf.tidy(() => {
    const places = (side: 'before' | 'after', x: tf.Tensor4D) =>
      [0, 1, 2].reduce((y, place) => blendAt(y, (i) => drawn[i][side][place]), x)
    const before = places('before', images)
    const turned = images.shape[3] === 3 ? turnHue(before, perImage(drawn.map(({ hue }) => hue))) : before
    return places('after', turned)
  })
}

function blendAt(images: tf.Tensor4D, step: (image: number) => BlendStep | undefined): tf.Tensor4D {
  const steps = Array.from({ length: images.shape[0] }, (_, i) => step(i))
  return blend(
    images,
    perImage(steps.map((s) => s?.factor ?? 1)),
    perImage(steps.map((s) => (s?.operation === 'contrast' ? 1 : 0))),
    perImage(steps.map((s) => (s?.operation === 'saturation' ? 1 : 0))),
  )
}

/** One number for each image, `[n, 1, 1, 1]`. */
export function perImage(values: ArrayLike<number>): tf.Tensor4D {
  return tf.tensor4d(Float32Array.from(values), [values.length, 1, 1, 1])
}
