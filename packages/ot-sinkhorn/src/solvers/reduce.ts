/**
 * Adds numbers over all shards of rows, in place. Every shard calls it with the same number of values and gets the same sums,
 * to the last bit.
 *
 * All shards of a solve call it equally often, in the same order, and with equal lengths at each call: 1 to K + 2 numbers for
 * K columns. All decisions of a shard depend on such sums alone.
 */
export type Reduce = (values: Float64Array) => void

/** The sums of a few numbers over all shards. */
export function sumsOf(reduce: Reduce | undefined, ...values: number[]): Float64Array {
  const sums = Float64Array.from(values)
  reduce?.(sums)
  return sums
}
