/**
 * Adds numbers over all shards of rows, in place: every shard calls it with as many numbers and gets the same sums, to the
 * last bit.
 *
 * All shards of a solve call it equally often, in the same order, and with equal lengths at each call: 1 to K + 2 numbers for
 * K columns. What a shard decides, it decides by such sums alone.
 */
export type Reduce = (values: Float64Array) => void

/** The sums of a few numbers over all shards. */
export function sumsOf(reduce: Reduce | undefined, ...values: number[]): Float64Array {
  const sums = Float64Array.from(values)
  reduce?.(sums)
  return sums
}
