import { checkNumber, tf } from '@dc/core'
import { minimaxQuintics } from './minimax'

/** Keeps all-zero input from dividing by zero. */
const tiny = 1e-30
/** Room for float32 rounding in the bound on the largest singular value. */
const safety = 1.0001

/** Beyond it float64 does not tell the coefficients, and float32 long not the singular values. */
export const mostCondition = 1e12

/** `Z = Q H`, H the positive part. */
export interface NewtonSchulzParts {
  /** Q, `[n, d]`: orthonormal columns spanning those of Z. */
  readonly factor: tf.Tensor2D
  /** `H⁺ = (ZᵀZ)^(−½)` on the range, `[d, d]`: `Z H⁺ = Q`, and `Q H⁺ = (Z⁺)ᵀ`. */
  readonly inverseRoot: tf.Tensor2D
}

/**
 * The polar factor by Newton–Schulz iterations with minimax coefficients: `X ← X (aI + b XᵀX + c (XᵀX)²)`.
 *
 * Works on X itself and not on the Gram matrix alone: in float32 the error is near κ·u, that of the Gram form κ²·u (u =
 * 6e-8). It uses only tensor ops of fixed shape, so that a compiled training graph can hold it. Directions with singular
 * value 0 stay 0. Directions below σ_max/κ come out shorter than 1, never longer.
 *
 * @param z `[n, d]`, n ≥ d
 * @param conditionNumber κ: singular values down to σ_max/κ are brought to 1
 */
export function newtonSchulz(z: tf.Tensor2D, conditionNumber: number): tf.Tensor2D {
  return tf.tidy(() => iterate(z, conditionNumber).x)
}

/**
 * The polar factor and the pseudo-inverse of the positive part, by the same iterations: the d×d factors that X is multiplied
 * by are also multiplied together. Any shape. A direction below σ_max/κ counts less and less, and never as infinite.
 *
 * @param z `[n, d]`
 * @throws OptionError for a condition number outside of 1 … 1e12
 * @example
 * const z = tf.randomNormal<tf.Rank.R2>([256, 128])
 * const { factor, inverseRoot } = newtonSchulzParts(z)
 * const pseudoInverse = factor.matMul(inverseRoot).transpose()
 */
export function newtonSchulzParts(z: tf.Tensor2D, conditionNumber = 1e4): NewtonSchulzParts {
  checkNumber('conditionNumber', conditionNumber, 1, mostCondition)
  return tf.tidy(() => {
    const { x, root } = iterate(z, conditionNumber, tf.eye(z.shape[1]))
    return { factor: x, inverseRoot: root as tf.Tensor2D }
  })
}

function iterate(z: tf.Tensor2D, conditionNumber: number, identity?: tf.Tensor2D) {
  // Divided by the largest entry first: the fourth powers below must neither overflow nor vanish.
  const largest = z.abs().max().maximum(tiny)
  let x: tf.Tensor2D = z.div(largest)
  let gram = x.matMul(x, true, false)
  let square = gram.matMul(gram)
  // ‖G²‖_F = (Σ σ⁸)^½ exceeds σ_max⁴ by at most the factor d^½, and G² is needed anyway.
  const scale = square.square().sum().sqrt().sqrt().mul(safety).maximum(tiny)
  x = x.div(scale.sqrt())
  gram = gram.div(scale)
  square = square.div(scale.square().maximum(tiny))
  let root = identity?.div<tf.Tensor2D>(scale.sqrt().mul(largest).maximum(tiny))
  // The bound exceeds σ_max by at most the factor d^⅛, which is at most 2 up to d = 256.
  const quintics = minimaxQuintics(1 / (conditionNumber * Math.max(1, z.shape[1] ** 0.125)))
  quintics.forEach(([a, b, c], i) => {
    if (i > 0) {
      gram = x.matMul(x, true, false)
      square = gram.matMul(gram)
    }
    const change = gram.mul<tf.Tensor2D>(b).add<tf.Tensor2D>(square.mul(c))
    x = x.mul(a).add(x.matMul(change))
    root = root?.mul<tf.Tensor2D>(a).add<tf.Tensor2D>(root.matMul(change))
  })
  return { x, root }
}
