import type { NamedTensors, tf } from '@dc/core'
import { mixChannels, normalize, solarize } from './colour'
import { blurMaps, blurTaps, cropMaps } from './device-maps'
import { type ImageBatch, isCropped, viewSize } from './draw-view'
import type { ImageView } from './image-view'
import { applyJitter, type JitterTensors } from './jitter'
import { applyAxisMaps, fromPlanes, toPlanes } from './planes'

/** What a view's blur is made of on the device, for all batches. */
export function heldForView(view: ImageView, shape: ImageBatch['shape']): NamedTensors {
  if (!view.blur) return {}
  const [height, width] = viewSize(view, shape)
  return { rowTaps: blurTaps(height, view.blur.kernel), columnTaps: blurTaps(width, view.blur.kernel) }
}

/**
 * Makes a view of images, `[n, height, width, channels]`, by tensor operations alone.
 *
 * @param drawn what `drawView` gives
 * @param held what {@link heldForView} gives, for a view that was drawn as numbers
 */
export function makeView(images: tf.Tensor4D, view: ImageView, drawn: NamedTensors, held?: NamedTensors): tf.Tensor4D {
  const shape = images.shape.slice(1) as [number, number, number]
  const size = viewSize(view, shape)
  let x: tf.Tensor4D
  if (isCropped(view, shape)) {
    const rows = held ? cropMaps(drawn.rows, shape[0], size[0]) : (drawn.rows as tf.Tensor3D)
    const columns = held ? cropMaps(drawn.columns, shape[1], size[1]) : (drawn.columns as tf.Tensor3D)
    x = applyAxisMaps(images, rows, columns)
  } else x = toPlanes(images)
  if (view.jitter) x = applyJitter(x, drawn as NamedTensors & JitterTensors)
  if (view.grey > 0) x = mixChannels(x, drawn.grey as tf.Tensor3D)
  if (view.blur) {
    const rows = held ? blurMaps(drawn.blur, held.rowTaps, size[0]) : (drawn.blurRows as tf.Tensor3D)
    const columns = held ? blurMaps(drawn.blur, held.columnTaps, size[1]) : (drawn.blurColumns as tf.Tensor3D)
    x = applyAxisMaps(fromPlanes(x), rows, columns)
  }
  if (view.solarize) x = solarize(x, drawn.solarize as tf.Tensor4D)
  return fromPlanes(view.normalize ? normalize(x, view.normalize.mean, view.normalize.std) : x)
}
