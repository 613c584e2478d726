import type { Neighbours } from '@dc/spectral'

/** A row that is far from all others. */
export interface Outlier {
  readonly row: number
  /** Its mean distance to its nearest rows, in the usual one. */
  readonly times: number
}

/** Nearest rows that are looked at. */
const nearest = 10
/** Interquartile ranges above the upper quartile: Tukey's "far out" (1977). */
const farOut = 3

/**
 * Rows whose mean distance to their nearest rows is far out: its logarithm lies more than three interquartile ranges above the upper
 * quartile. The logarithm, because such distances are skewed.
 *
 * @param found neighbours of rows among each other
 * @returns farthest first
 */
export function outliers({ rows, k, distances }: Neighbours): Outlier[] {
  const looked = Math.min(nearest, k)
  const means = Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0
    for (let at = row * k; at < row * k + looked; at++) sum += distances[at]
    return sum / looked
  })
  const logs = [...means].filter((mean) => mean > 0).map(Math.log)
  if (logs.length < 20) return []
  logs.sort((a, b) => a - b)
  const quantile = (share: number) => logs[Math.round(share * (logs.length - 1))]
  const [low, middle, high] = [0.25, 0.5, 0.75].map(quantile)
  const fence = high + farOut * (high - low)
  // Where most distances are equal every other one would be far out.
  if (high === low) return []
  return [...means]
    .map((mean, row) => ({ row, times: mean / Math.exp(middle) }))
    .filter(({ row }) => means[row] > 0 && Math.log(means[row]) > fence)
    .sort((a, b) => b.times - a.times || a.row - b.row)
}
