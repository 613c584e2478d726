import { type Random, tf } from '@dc/core'

// Random numbers on the device, where no generator gives the same numbers on all backends. Two tables lie there, one below the
// other. The host draws a row of each, so that the numbers are counted from its seed.

/** Rows of a table: 2048² pairs can be drawn. */
const count = 2048

/** Two tables of standard normal numbers, `[2·2048, width]`. */
export function normalTables(width: number, random: Random): tf.Tensor2D {
  return tf.tensor2d(random.normals(2 * count * width), [2 * count, width])
}

/** Two tables of entries whose products are 0 with probability `zero`, else 1. */
export function maskTables(width: number, zero: number, random: Random): tf.Tensor2D {
  const kept = Math.sqrt(1 - zero)
  const entries = Float32Array.from({ length: 2 * count * width }, () => (random.uniform() < kept ? 1 : 0))
  return tf.tensor2d(entries, [2 * count, width])
}

/** For each of `n` rows, a row of the first table and one of the second, `[2, n]`. */
export function drawPairs(n: number, random: Random): tf.Tensor2D {
  const pairs = Int32Array.from({ length: 2 * n }, (_, at) => (at < n ? 0 : count) + random.integer(count))
  return tf.tensor2d(pairs, [2, n], 'int32')
}

/** `[n, width]` normal numbers of mean 0 and variance 1: sums of two rows over √2. */
export function normalRows(tables: tf.Tensor, pairs: tf.Tensor): tf.Tensor2D {
  return tables.gather(pairs).sum(0).mul<tf.Tensor2D>(Math.SQRT1_2)
}

/** `[n, width]` masks of 0 and 1: products of two rows. */
export function maskRows(tables: tf.Tensor, pairs: tf.Tensor): tf.Tensor2D {
  return tables.gather(pairs).min<tf.Tensor2D>(0)
}
