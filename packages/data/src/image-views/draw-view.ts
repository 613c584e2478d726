import { type NamedTensors, type Random, tf } from '@dc/core'
import { greyMatrices } from './colour'
import { drawCrops } from './crop'
import * as onDevice from './device-maps'
import * as onHost from './host-maps'
import type { ImageView } from './image-view'
import { drawJitter, jitterTensors } from './jitter'

/** How many images a view has, and what they are like. */
export interface ImageBatch {
  readonly count: number
  /** `[height, width, channels]` */
  readonly shape: readonly [number, number, number]
}

/** Height and width of a view. */
export function viewSize({ size }: ImageView, [height, width]: ImageBatch['shape']): readonly [number, number] {
  return size ?? [height, width]
}

/** Whether a view is cut, resized or mirrored. */
export function isCropped(view: ImageView, shape: ImageBatch['shape']): boolean {
  const size = viewSize(view, shape)
  return view.crop !== null || view.flip > 0 || size[0] !== shape[0] || size[1] !== shape[1]
}

/**
 * Draws a view of each image: its parameters as tensors, by name.
 *
 * @param maps `'whole'`: crops and blurs are matrices that the host writes; `'numbers'`: a few numbers, of which the device makes
 * the matrices
 */
export function drawView(
  view: ImageView,
  { count, shape }: ImageBatch,
  random: Random,
  maps: 'whole' | 'numbers',
): NamedTensors {
  const [height, width, channels] = shape
  const size = viewSize(view, shape)
  const { jitter, blur, solarize: inverse } = view
  const times = <T>(draw: () => T): T[] => Array.from({ length: count }, draw)
  const chance = (probability: number) => random.uniform() < probability
  const drawn: NamedTensors = {}
  if (isCropped(view, shape)) {
    const crops = drawCrops(count, [height, width], size, view, random)
    const [vertical, horizontal] = [crops.map((crop) => crop.vertical), crops.map((crop) => crop.horizontal)]
    drawn.rows = maps === 'whole' ? onHost.cropMaps(vertical, height, size[0]) : onDevice.cropNumbers(vertical)
    drawn.columns = maps === 'whole' ? onHost.cropMaps(horizontal, width, size[1]) : onDevice.cropNumbers(horizontal)
  }
  if (jitter) {
    const strengths = jitterTensors(
      times(() => drawJitter(jitter, random)),
      channels,
    )
    Object.assign(drawn, strengths)
  }
  if (view.grey > 0)
    drawn.grey = greyMatrices(
      times(() => chance(view.grey)),
      channels,
    )
  if (blur) {
    const [low, high] = blur.sigma
    const sigmas = times(() => (chance(blur.probability) ? low + (high - low) * random.uniform() : 0))
    if (maps === 'whole') {
      drawn.blurRows = onHost.blurMaps(sigmas, size[0], blur.kernel)
      drawn.blurColumns = onHost.blurMaps(sigmas, size[1], blur.kernel)
    } else drawn.blur = onDevice.blurNumbers(sigmas, blur.kernel)
  }
  // No value reaches the threshold 2, so such an image stays unchanged.
  if (inverse) {
    const thresholds = times(() => (chance(inverse.probability) ? inverse.threshold : 2))
    drawn.solarize = tf.tensor4d(thresholds, [count, 1, 1, 1])
  }
  return drawn
}
