/** How columns were brought to mean 0 and standard deviation 1: `(value − mean) / deviation`, 0 where the deviation is 0. */
export interface Standardization {
  readonly mean: Float64Array
  readonly deviation: Float64Array
}

/**
 * Brings each column to mean 0 and standard deviation 1. Columns that are constant up to float64 rounding become 0.
 *
 * @param values `[n, width]`, finite; they are overwritten
 * @returns by what, for other rows of the same kind
 */
export function standardize(values: Float64Array, width: number): Standardization {
  const [mean, deviation] = [new Float64Array(width), new Float64Array(width)]
  for (let column = 0; column < width; column++) {
    const found = columnStatistics(values, width, column)
    mean[column] = found.mean
    deviation[column] = found.deviation
  }
  applyStandardization(values, { mean, deviation })
  return { mean, deviation }
}

/** Brings rows to the scale of others. They are overwritten. Halves keep the differences of large numbers in float64. */
export function applyStandardization(values: Float64Array, { mean, deviation }: Standardization): void {
  const width = mean.length
  for (let at = 0; at < values.length; at++) {
    const column = at % width
    values[at] = deviation[column] === 0 ? 0 : (values[at] / 2 - mean[column] / 2) / (deviation[column] / 2)
  }
}

/** The opposite of {@link applyStandardization}: rows as they were. */
export function undoStandardization(values: Float64Array, { mean, deviation }: Standardization): void {
  const width = mean.length
  for (let at = 0; at < values.length; at++) values[at] = values[at] * deviation[at % width] + mean[at % width]
}

/** Mean and standard deviation of a column; 0 for one that is constant up to rounding. */
function columnStatistics(values: Float64Array, width: number, column: number): { mean: number; deviation: number } {
  const rows = values.length / width
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
  if (spread <= noise) return { mean: low, deviation: 0 }
  // Scaled to 0 … 1, where neither sums nor squares lose digits.
  const scaled = (at: number) => (values[at] / 2 - base) / spread
  let mean = 0
  for (let at = column; at < values.length; at += width) mean += scaled(at) / rows
  let variance = 0
  for (let at = column; at < values.length; at += width) variance += (scaled(at) - mean) ** 2 / rows
  return { mean: 2 * (base + spread * mean), deviation: spread * (2 * Math.sqrt(variance)) }
}
