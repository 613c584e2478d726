/**
 * Brings each column to mean 0 and standard deviation 1. Columns that are constant up to float64 rounding become 0.
 *
 * @param values `[n, width]`, finite; they are overwritten
 * @returns the same array
 */
export function standardize(values: Float64Array, width: number): Float64Array {
  const rows = values.length / width
  for (let column = 0; column < width; column++) {
    let [low, high, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true]
    for (let at = column; at < values.length; at += width) {
      low = Math.min(low, values[at])
      high = Math.max(high, values[at])
      whole &&= Number.isInteger(values[at])
    }
    // Half values, because the difference of two large numbers may leave float64.
    const [base, spread] = [low / 2, high / 2 - low / 2]
    // Numbers that should be equal may differ by this much, such as 0.1 + 0.2 and 0.3. Whole numbers have no such rounding.
    const noise = whole ? 0 : Math.max(Math.abs(low), Math.abs(high)) * 2 ** -51
    if (spread <= noise) {
      for (let at = column; at < values.length; at += width) values[at] = 0
      continue
    }
    // First scaled to 0 … 1, where neither sums nor squares lose digits.
    let mean = 0
    for (let at = column; at < values.length; at += width) {
      values[at] = (values[at] / 2 - base) / spread
      mean += values[at] / rows
    }
    let variance = 0
    for (let at = column; at < values.length; at += width) variance += (values[at] - mean) ** 2 / rows
    const scale = 1 / Math.sqrt(variance)
    for (let at = column; at < values.length; at += width) values[at] = (values[at] - mean) * scale
  }
  return values
}
