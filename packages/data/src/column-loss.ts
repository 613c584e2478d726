/** Greatest distance by which float32 may move a value, as a part of the column's spread (largest minus smallest value). */
const greatestLoss = 2 ** -20
/** Rows that are sampled to tell whether a column's values stay apart. */
const sampled = 4096
/** With at most this many rows, no two different values may become equal. */
const few = 100

/** The values `(v − offset) · scale` of one column of rows of float64. */
export interface Column {
  /** `[n, width]`, row-major. */
  readonly values: Float64Array
  readonly width: number
  readonly column: number
  readonly offset: number
  /** A power of two. */
  readonly scale: number
}

/** The columns whose values float32 changes, when scaled, and that {@link losesValues}. */
export function columnsThatLose(values: Float64Array, width: number, scale: number): number[] {
  const [low, high, loss] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0].map((start) =>
    new Float64Array(width).fill(start),
  )
  for (let at = 0, column = 0; at < values.length; at++) {
    const value = values[at] * scale
    const moved = Math.abs(value - Math.fround(value))
    if (value < low[column]) low[column] = value
    if (value > high[column]) high[column] = value
    if (moved > loss[column]) loss[column] = moved
    if (++column === width) column = 0
  }
  const losing: number[] = []
  for (let column = 0; column < width; column++) {
    const spread = high[column] - low[column]
    if (spread === 0 || loss[column] === 0) continue
    if (loss[column] > spread * greatestLoss || merges(sample({ values, width, column, offset: 0, scale })))
      losing.push(column)
  }
  return losing
}

/** Whether float32 moves a value of the column by more than 2⁻²⁰ of its spread, or makes different values equal. */
export function losesValues(column: Column): boolean {
  const { values, width, offset, scale } = column
  let [low, high, loss] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let at = column.column; at < values.length; at += width) {
    const value = (values[at] - offset) * scale
    if (value < low) low = value
    if (value > high) high = value
    loss = Math.max(loss, Math.abs(value - Math.fround(value)))
  }
  return high > low && loss > 0 && (loss > (high - low) * greatestLoss || merges(sample(column)))
}

/** The lower median of the column's sampled values. */
export function middle(column: Column): number {
  const values = sample(column).sort()
  return values[(values.length - 1) >> 1]
}

/** Values of the column at equal distances, at most 4,096. */
function sample({ values, width, column, offset, scale }: Column): Float64Array {
  const rows = values.length / width
  const count = Math.min(rows, sampled)
  return Float64Array.from({ length: count }, (_, i) => {
    const row = Math.floor((i * rows) / count)
    return (values[row * width + column] - offset) * scale
  })
}

/**
 * Whether float32 makes different values equal that matter. Among few rows all differences matter. Otherwise those above 1 %
 * of the median difference of neighbouring values do.
 */
function merges(values: Float64Array): boolean {
  values.sort()
  const gaps: number[] = []
  let lost = 0
  for (let i = 1; i < values.length; i++) {
    const gap = values[i] - values[i - 1]
    if (gap === 0) continue
    gaps.push(gap)
    if (Math.fround(values[i]) === Math.fround(values[i - 1])) lost = Math.max(lost, gap)
  }
  if (lost === 0 || values.length <= few) return lost > 0
  return lost > Float64Array.from(gaps).sort()[(gaps.length - 1) >> 1] / 100
}
