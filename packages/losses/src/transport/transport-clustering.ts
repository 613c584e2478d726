import { definePlugin, type Loss, type NamedTensors, ShapeError, tf } from '@dc/core'
import { z } from 'zod'
import { requirePositive, requireTensors } from '../inputs'

/** Inputs of {@link transportClustering}. */
export interface TransportClusteringInputs {
  /**
   * Costs D `[n, k]` of every sample in every cluster, such as squared distances to centroids. `Infinity` forbids a pair: where
   * the plan is 0, it costs nothing and gets no gradient.
   */
  readonly costs: tf.Tensor2D
  /** The plan times n, `[n, k]`: rows sum to 1, columns to n · sizes. No gradient flows to it. */
  readonly plan: tf.Tensor2D
}

/**
 * Clustering as entropic optimal transport to given cluster sizes.
 *
 *   L = min_{P ∈ U(w)} ⟨P, D⟩ + ε Σ P log P,   U(w) = {P ≥ 0 : P1 = 1/n, Pᵀ1 = w}
 *
 * Given the minimiser P, the gradient is `Σ P_ik dD_ik` with P held constant (the envelope theorem), so that only the value
 * of the plan is needed. The assigner `balanced` gives it for sizes w. The assigner `soft` gives it without sizes, which
 * makes this soft k-means. For a converged P the gradient is exact; it needs no derivative of Sinkhorn's iterations.
 *
 * @param epsilon the plan's ε, for the value of the entropy; it has no gradient
 * @returns `transport` `[n]`, `Σ_k nP_ik D_ik`, and `entropy` `[n]`, `ε Σ_k nP_ik log P_ik` with 0 log 0 = 0; the mean
 *   of each over the samples is its term of L
 * @throws ShapeError if costs and plan differ in shape
 * @see Genevay, Dulac-Arnold, Vert 2019, arXiv 1910.09036
 * @example
 * const costs = squaredDistances(embed(x), centroids)
 * const { transport } = transportClustering({ costs, plan: tf.softmax(costs.neg()) }, 0.05)
 */
export function transportClustering({ costs, plan }: TransportClusteringInputs, epsilon: number): NamedTensors {
  requireTensors({ costs, plan })
  requirePositive('epsilon', epsilon)
  if (costs.rank !== 2 || costs.shape.join() !== plan.shape.join())
    throw new ShapeError('plan', plan.shape, `the shape of costs, [${costs.shape.join(', ')}]`)
  return tf.tidy(() => {
    // The plan is no argument of the function, so that the tape takes it as a constant.
    const expected = tf.customGrad((...inputs) => {
      const [d, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc]
      save([plan])
      const gradFunc = (upstream: tf.Tensor, [p]: tf.Tensor[]) => p.mul(upstream.reshape([-1, 1]))
      // 0 · ∞ does not count.
      const paid = tf.where(plan.greater(0), plan.mul(d), tf.zerosLike(plan))
      return { value: paid.sum(1), gradFunc }
    })
    const logarithm = plan.maximum(1e-30).log().sub(Math.log(plan.shape[0]))
    return { transport: expected(costs), entropy: plan.mul(logarithm).sum(1).mul(epsilon) }
  })
}

export const transportClusteringPlugin = definePlugin({
  kind: 'loss',
  name: 'transport-clustering',
  apiVersion: 1,
  description: 'Cost of transport to clusters, gradient by the envelope theorem (OTDC; soft k-means with a soft plan)',
  metadata: { paper: 'arXiv 1910.09036' },
  options: z.strictObject({ epsilon: z.number().positive().default(0.05) }),
  create: ({ epsilon }): Loss<TransportClusteringInputs> => ({
    elements: (inputs) => transportClustering(inputs, epsilon),
  }),
})
