import { tf } from '@dc/core'
import { minimaxQuintics } from './minimax'

/** Keeps all-zero input from dividing by zero. */
const tiny = 1e-30
/** Room for float32 rounding in the bound on the largest singular value. */
const safety = 1.0001

/**
 * The polar factor by Newton–Schulz iterations with minimax coefficients: `X ← X (aI + b XᵀX + c (XᵀX)²)`.
 *
 * Works on X itself rather than on the Gram matrix alone: in float32 that keeps the error near κ·u where the Gram form
 * has κ²·u (u = 6e-8). Only tensor ops of fixed shape, so that a compiled training graph can hold it. Directions with
 * a singular value of 0 stay 0; those below σ_max/κ come out shorter than 1, never longer.
 *
 * @param z `[n, d]`, n ≥ d
 * @param conditionNumber κ: singular values down to σ_max/κ are brought to 1
 */
export function newtonSchulz(z: tf.Tensor2D, conditionNumber: number): tf.Tensor2D {
  return tf.tidy(() => {
    // By the largest entry first: the fourth powers below must neither overflow nor vanish.
    let x: tf.Tensor2D = z.div(z.abs().max().maximum(tiny))
    let gram = x.matMul(x, true, false)
    let square = gram.matMul(gram)
    // ‖G²‖_F = (Σ σ⁸)^½ bounds σ_max⁴ from above within d^½, and G² is needed anyway.
    const scale = square.square().sum().sqrt().sqrt().mul(safety).maximum(tiny)
    x = x.div(scale.sqrt())
    gram = gram.div(scale)
    square = square.div(scale.square().maximum(tiny))
    // The bound exceeds σ_max by at most d^⅛, which is below 2 up to d = 256.
    const quintics = minimaxQuintics(1 / (conditionNumber * Math.max(1, z.shape[1] ** 0.125)))
    quintics.forEach(([a, b, c], i) => {
      if (i > 0) {
        gram = x.matMul(x, true, false)
        square = gram.matMul(gram)
      }
      x = x.mul(a).add(x.matMul(gram.mul(b).add(square.mul(c))))
    })
    return x
  })
}
