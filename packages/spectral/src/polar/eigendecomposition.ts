import { tf } from '@dc/core'
import { matrix } from '../matrix'
import { polarParts } from './polar-parts'

/**
 * The polar factor of a tensor by eigendecomposition, with its gradient. For `Z = QH` and upstream Ḡ:
 * `Z̄ = QΦ + (I − QQᵀ) Ḡ H⁺`, Φ the skew solution of `HΦ + ΦH = QᵀḠ − ḠᵀQ`. Reads the host.
 */
export const polarByEigendecomposition = tf.customGrad((...inputs) => {
  const [z, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc]
  const parts = polarParts(matrix(z.dataSync() as Float32Array, z.shape[0], z.shape[1]))
  const d = parts.factor.columns
  const q = tf.tensor2d(Float32Array.from(parts.factor.values), [parts.factor.rows, d])
  const v = tf.tensor2d(Float32Array.from(parts.vectors.values), [d, d])
  const first = d - parts.rank
  const inverse = tf.tensor1d(Float32Array.from(parts.singularValues, (s, i) => (i < first ? 0 : 1 / s)))
  const sums = Float32Array.from({ length: d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d]
    return i < first && j < first ? 0 : 1 / (parts.singularValues[i] + parts.singularValues[j])
  })
  const inverseSums = tf.tensor2d(sums, [d, d])
  save([q, v, inverse, inverseSums])
  return { value: q, gradFunc: (upstream, saved) => gradient(upstream as tf.Tensor2D, saved) }
}) as (z: tf.Tensor2D) => tf.Tensor2D

function gradient(upstream: tf.Tensor2D, saved: tf.Tensor[]): tf.Tensor2D {
  return tf.tidy(() => {
    const [q, v, inverse, inverseSums] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Tensor2D]
    const inner = q.matMul(upstream, true, false)
    const skew = inner.sub(inner.transpose())
    const phi = v.matMul(v.matMul(skew, true, false).matMul(v).mul(inverseSums)).matMul(v, false, true)
    const outside = upstream.sub(q.matMul(inner))
    const spread = outside.matMul(v.mul(inverse)).matMul(v, false, true)
    return q.matMul(phi).add(spread)
  })
}
