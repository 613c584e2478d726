import { squaredDistances, tf } from '@dc/core'
import { type TensorTransportOptions, transport } from './transport'

export { squaredDistances }

/**
 * Debiased Sinkhorn divergence of two weighted point clouds under squared Euclidean cost:
 *
 *   S(x, y) = T(x, y) − ½ T(x, x) − ½ T(y, y),   T the entropic transport value
 *
 * At convergence it is 0 for equal clouds and positive otherwise; differentiable in the points by the envelope theorem
 * unless `grad` says otherwise.
 *
 * @param x `[n, d]` points with masses `rowMass`
 * @param y `[k, d]` points with masses `columnMass`
 * @returns a scalar
 * @throws ShapeError, OptionError as `transport` does
 * @see Feydy et al. 2019, Interpolating between Optimal Transport and MMD using Sinkhorn Divergences, eq. 3
 * @example
 * const loss = sinkhornDivergence(samples, target, { epsilon: 0.1 })
 */
export function sinkhornDivergence(x: tf.Tensor2D, y: tf.Tensor2D, options: TensorTransportOptions): tf.Scalar {
  const { rowMass, columnMass } = options
  const value = (a: tf.Tensor2D, b: tf.Tensor2D, masses: Partial<TensorTransportOptions>) =>
    transport(squaredDistances(a, b), { ...options, rowMass: undefined, columnMass: undefined, ...masses }).value
  return tf.tidy(() => {
    const between = value(x, y, { rowMass, columnMass })
    const within = value(x, x, { rowMass, columnMass: rowMass }).add(value(y, y, { rowMass: columnMass, columnMass }))
    return between.sub(within.mul(0.5)).asScalar()
  })
}
