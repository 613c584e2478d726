import { ShapeError } from '../errors'
import { tf } from '../tf'

/** Most columns, and most differences in all (16 MB), for which distances are summed from the differences themselves. */
const [fewColumns, fewDifferences] = [32, 2 ** 22]

/**
 * Squared Euclidean distances of rows, `D_ik = ‖x_i − y_k‖²`, differentiable in both.
 *
 * Up to 32 columns (and 4 million differences) it sums the squared differences: every distance is right to float32's
 * rounding. Beyond, it is `‖a‖² + ‖b‖² − 2 a·b` of the rows minus the mean of y, clipped at 0, with an error of about `6e-8
 * (d + 8) (‖a‖ + ‖b‖)²`. Points may lie anywhere; but two points nearer than about 1e-3 of the spread of the rows are not
 * told apart.
 *
 * @param x `[n, d]`
 * @param y `[k, d]`
 * @returns `[n, k]`, never negative
 * @throws ShapeError if the rows differ in length
 * @example
 * squaredDistances(tf.tensor2d([[0, 0]]), tf.tensor2d([[3, 4], [0, 1]]))   // [[25, 1]]
 */
export function squaredDistances(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  if (x.rank !== 2 || y.rank !== 2 || x.shape[1] !== y.shape[1])
    throw new ShapeError('y', y.shape, `[k, ${x.shape[1]}], as wide as x, which is [${x.shape.join(', ')}]`)
  const [n, d] = x.shape
  const differences = d <= fewColumns && n * y.shape[0] * d <= fewDifferences
  return tf.tidy(() => (differences ? byDifferences(x, y) : (byProducts(x, y) as tf.Tensor2D)))
}

function byDifferences(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  return x.expandDims(1).sub(y.expandDims(0)).square().sum(2)
}

/** By products of the centred rows. Its gradient is `2 Σ_k U_ik (x_i − y_k)`, U the upstream gradient, from the same rows. */
const byProducts = tf.customGrad((...inputs) => {
  const [x, y, save] = inputs as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc]
  const origin = y.mean(0, true)
  const [a, b] = [x.sub<tf.Tensor2D>(origin), y.sub<tf.Tensor2D>(origin)]
  save([a, b])
  const lengths = a.square().sum(1, true).add(b.square().sum(1))
  const value = lengths.sub(tf.matMul(a, b, false, true).mul(2)).relu()
  return { value, gradFunc: (upstream, [c, e]) => productsGradient(upstream as tf.Tensor2D, c, e) }
})

function productsGradient(upstream: tf.Tensor2D, a: tf.Tensor, b: tf.Tensor): tf.Tensor[] {
  const pull = (own: tf.Tensor, sums: tf.Tensor, others: tf.Tensor) => own.mul(sums).sub(others).mul(2)
  return [
    pull(a, upstream.sum(1, true), tf.matMul(upstream, b as tf.Tensor2D)),
    pull(b, upstream.sum(0).expandDims(1), tf.matMul(upstream, a as tf.Tensor2D, true)),
  ]
}
