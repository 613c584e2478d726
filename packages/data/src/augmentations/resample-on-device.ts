import { tf } from '@dc/core'
import type { AffineMap } from '../resample-affine'

/** Maps of a batch, `[n, 6, 1, 1]`. */
export function mapNumbers(maps: readonly AffineMap[]): tf.Tensor4D {
  const numbers = maps.flatMap(({ xx, xy, yx, yy, shiftX, shiftY }) => [xx, xy, yx, yy, shiftX, shiftY])
  return tf.tensor4d(numbers, [maps.length, 6, 1, 1])
}

/**
 * `resampleAffine` by tensor operations: each image through a map of its own, bilinear, zeros outside.
 *
 * @param images `[n, height, width, channels]`
 * @param maps as {@link mapNumbers} gives them
 */
export function resampleOnDevice(images: tf.Tensor4D, maps: tf.Tensor): tf.Tensor4D {
  const [n, height, width, channels] = images.shape
  return tf.tidy(() => {
    const [xx, xy, yx, yy, shiftX, shiftY] = tf.unstack(maps, 1)
    const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2]
    const dx = tf.range(0, width).reshape([1, 1, width]).sub(centreX).sub(shiftX)
    const dy = tf.range(0, height).reshape([1, height, 1]).sub(centreY).sub(shiftY)
    const x = dx.mul(xx).add(dy.mul(xy)).add(centreX)
    const y = dx.mul(yx).add(dy.mul(yy)).add(centreY)
    const [left, top] = [x.floor(), y.floor()]
    const pixels = images.reshape([n * height * width, channels])
    const first = tf
      .range(0, n)
      .mul(height * width)
      .reshape([n, 1, 1])
    const corners = [0, 1].flatMap((low) =>
      [0, 1].map((right) => {
        const [column, row] = [left.add(right), top.add(low)]
        const weight = tent(x, column, width).mul(tent(y, row, height))
        const place = row
          .clipByValue(0, height - 1)
          .mul(width)
          .add(column.clipByValue(0, width - 1))
        const values = pixels.gather(place.add(first).cast('int32').flatten()).reshape([n, height, width, channels])
        return values.mul(weight.expandDims(3))
      }),
    )
    return tf.addN(corners) as tf.Tensor4D
  })
}

/** Weight of a whole place by its distance; 0 beyond the edges. */
function tent(at: tf.Tensor, place: tf.Tensor, size: number): tf.Tensor {
  const inside = place.add(1).clipByValue(0, 1).mul(tf.sub(size, place).clipByValue(0, 1))
  return tf.sub(1, at.sub(place).abs()).relu().mul(inside)
}
