// How pipelines that learn from transported targets go by rows whose cluster a person has given (`StepContext.given`).
import { type NamedTensors, tf } from '@dc/core'
import { mean } from '@dc/losses'

/** Part of the loss that rows with a given cluster have at most, and how often one counts at most, before that part is reached. */
const [mostShare, mostOften] = [0.25, 8]

/** A score that is lower by so many times the weight of the entropy leaves a pair e⁻⁴⁰ of a row. */
export const certain = 40

/** Which rows have a given cluster, `[n, 1]` of 0 and 1, and that cluster, `[n, k]` with rows of 0 for the others. */
function split(given: tf.Tensor1D, k: number): { known: tf.Tensor2D; hot: tf.Tensor2D } {
  const known = given.greaterEqual(0).toFloat().reshape([-1, 1]) as tf.Tensor2D
  return { known, hot: tf.oneHot(given.maximum(0).toInt(), k).toFloat().mul(known) as tf.Tensor2D }
}

/**
 * Targets in which the rows of a given cluster have it, and the others share what the clusters have left. All other clusters cost such a
 * row so much that the plan sends it whole to its own. That is the plan of the others alone with that much less room in each cluster.
 * Where more rows of a batch are given one cluster than it has room, the plan must send some elsewhere; their targets stay as given.
 *
 * @param scores `[n, k]`, larger is likelier
 * @param penalty in units of the scores: {@link certain} times the weight of the entropy
 * @param given the cluster of each row, −1 for none; without it this is `assign`
 * @param assign scores to targets
 */
export function targetsWithGiven(
  scores: tf.Tensor2D,
  penalty: number,
  given: tf.Tensor1D | undefined,
  assign: (scores: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D {
  if (!given) return assign(scores)
  const { known, hot } = split(given, scores.shape[1])
  const others = scores.mul(tf.scalar(1).sub(known))
  const targets = assign(others.add(hot.sub(known).mul(penalty)))
  return targets.sub(targets.mul(known)).add<tf.Tensor2D>(hot)
}

/**
 * The mean of per-row values, in which rows of a given cluster count more where they are few: up to eight times, and a quarter of the
 * whole. The weights of a batch have mean 1.
 *
 * @param elements `[n]` each
 */
export function meanWithGiven(elements: NamedTensors, given: tf.Tensor1D | undefined): tf.Scalar {
  if (!given) return mean(elements)
  return tf.tidy(() => {
    const known = given.greaterEqual(0).toFloat()
    const part = known.mean()
    const share = part.mul(mostOften).minimum(mostShare)
    // Where there are none, no row has a weight to take from the others.
    const weights = known.mul(share.div(part.maximum(1e-6))).add(tf.scalar(1).sub(share))
    return mean(Object.fromEntries(Object.entries(elements).map(([name, values]) => [name, values.mul(weights)])))
  })
}
