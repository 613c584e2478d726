import { ShapeError, tf } from '@dc/core'

// Row-major, an n×n matrix is its first diagonal entry and then n−1 stretches of n off-diagonal entries, each followed by the
// next diagonal entry. Both functions only slice, pad and reshape, so they compile into any graph.

/**
 * Drops the diagonal of a square matrix: row i keeps its entries j ≠ i in order.
 *
 * @param x `[n, n]`, n ≥ 2
 * @returns `[n, n − 1]`
 * @throws ShapeError if `x` is not square or n < 2
 * @example
 * dropDiagonal(tf.tensor2d([[9, 1], [2, 9]]))   // [[1], [2]]
 */
export function dropDiagonal(x: tf.Tensor2D): tf.Tensor2D {
  const [n, columns] = x.shape
  if (n !== columns || n < 2) throw new ShapeError('x', x.shape, 'a square matrix of at least 2 rows')
  return tf.tidy(() =>
    x
      .reshape([n * n])
      .slice([1], [n * n - 1])
      .reshape<tf.Tensor2D>([n - 1, n + 1])
      .slice([0, 0], [n - 1, n])
      .reshape<tf.Tensor2D>([n, n - 1]),
  )
}

/**
 * Puts a constant diagonal between off-diagonal entries, the inverse of {@link dropDiagonal}.
 *
 * @param x `[n, n − 1]`
 * @param value what the diagonal holds
 * @returns `[n, n]`
 * @throws ShapeError if `x` is not n × (n − 1)
 * @example
 * insertDiagonal(tf.tensor2d([[1], [2]]), 0)   // [[0, 1], [2, 0]]
 */
export function insertDiagonal(x: tf.Tensor2D, value: number): tf.Tensor2D {
  const [n, columns] = x.shape
  if (columns !== n - 1 || n < 2) throw new ShapeError('x', x.shape, 'n rows and n − 1 columns, n ≥ 2')
  return tf.tidy(() =>
    x
      .reshape<tf.Tensor2D>([n - 1, n])
      .pad(
        [
          [0, 0],
          [0, 1],
        ],
        value,
      )
      .reshape<tf.Tensor1D>([n * n - 1])
      .pad([[1, 0]], value)
      .reshape<tf.Tensor2D>([n, n]),
  )
}
