import { type Layer, ShapeError, tf } from '@dc/core'
import { checkInput } from './check-input'
import { filled } from './initial'

/** Settings of {@link batchNorm}; the defaults are PyTorch's. */
export interface BatchNormOptions {
  readonly epsilon?: number
  /** Weight of the new batch in the running statistics. */
  readonly momentum?: number
}

/**
 * Batch normalisation of features: `y = γ (x − μ)/√(σ² + ε) + β`.
 *
 * In training μ and σ² are the batch's, σ² biased. They enter the running statistics, the variance unbiased, as in PyTorch.
 * In inference μ and σ² are the running ones.
 *
 * @throws ShapeError if x is not `[batch, features]`, or a training batch has fewer than two rows
 * @see Ioffe and Szegedy 2015
 * @example
 * const layer = batchNorm(512)
 */
export function batchNorm(features: number, { epsilon = 1e-5, momentum = 0.1 }: BatchNormOptions = {}): Layer {
  const scale = filled([features], 1)
  const offset = filled([features], 0)
  const mean = filled([features], 0, false)
  const variance = filled([features], 1, false)

  const remember = (running: tf.Variable, found: tf.Tensor) =>
    running.assign(running.mul(1 - momentum).add(found.mul(momentum)))

  return {
    inputShape: [features],
    outputShape: [features],
    variables: { scale, offset, mean, variance },
    apply(x, { training }) {
      checkInput(x, [features], 'batch normalisation')
      return tf.tidy(() => {
        if (!training) {
          const factor = scale.div(variance.add(epsilon).sqrt())
          return x.mul(factor).add(offset.sub(mean.mul(factor)))
        }
        const n = x.shape[0]
        if (n < 2) throw new ShapeError('training batch of batch normalisation', x.shape, 'at least 2 rows')
        const { normalized, batchMean, batchVariance } = normalize(x, scale, offset, epsilon)
        remember(mean, batchMean)
        remember(variance, batchVariance.mul(n / (n - 1)))
        tf.dispose([batchMean, batchVariance])
        return normalized
      })
    },
  }
}

/** The training map with its gradient in closed form: half the elementwise passes of the tape's. */
function normalize(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor, epsilon: number) {
  const n = x.shape[0]
  const statistics: tf.Tensor[] = []
  const run = tf.customGrad((...inputs) => {
    const [input, gamma, beta, save] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc]
    const mean = input.mean(0)
    const centred = input.sub(mean)
    const variance = centred.square().mean(0)
    const inverse = variance.add(epsilon).rsqrt()
    statistics.push(tf.keep(mean), tf.keep(variance))
    save([centred, inverse, gamma])
    return { value: centred.mul(inverse.mul(gamma)).add(beta), gradFunc: (dy, saved) => backward(dy, saved, n) }
  })
  const normalized = run(x, scale, offset)
  return { normalized, batchMean: statistics[0], batchVariance: statistics[1] }
}

/**
 * Ioffe and Szegedy 2015, §3: `dx = γ/σ · (dy − mean(dy) − x̂ mean(dy ∘ x̂))` with `x̂ = (x − μ)/σ`. Multiplied out, it is `a
 * dy − (b (x − μ) + c)` for each element, with a, b, c for each feature.
 */
function backward(dy: tf.Tensor, [centred, inverse, gamma]: tf.Tensor[], n: number): tf.Tensor[] {
  const dOffset = dy.sum(0)
  const dScale = dy.mul(centred).sum(0).mul(inverse)
  const a = gamma.mul(inverse)
  const b = a.mul(inverse).mul(dScale.div(n))
  const c = a.mul(dOffset.div(n))
  return [dy.mul(a).sub(centred.mul(b).add(c)), dScale, dOffset]
}
