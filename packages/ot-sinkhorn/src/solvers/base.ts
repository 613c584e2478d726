/** What is taken off costs before they are divided by ε, so that rounding concerns their differences only. */
export interface Base {
  /** Taken off all costs, or what `each` counts from. */
  readonly common: number
  /** What is taken off the costs of each row, where rows differ. */
  readonly each?: Float64Array
}

export const noBase: Base = { common: 0 }

/** Takes a base off `count` rows of costs, in place. */
export function takeOff(
  { common, each }: Base,
  values: Float64Array,
  { from, count, columns }: { from: number; count: number; columns: number },
) {
  if (!each && common === 0) return
  for (let i = 0; i < count; i++) {
    const off = each ? each[from + i] : common
    for (let at = i * columns; at < (i + 1) * columns; at++) values[at] -= off
  }
}

/** The smallest and the largest finite cost of a row; `Infinity` and `-Infinity` where every pair is forbidden. */
export function rangeOf(values: Float64Array, from: number, columns: number): [low: number, high: number] {
  let low = Infinity
  let high = Number.NEGATIVE_INFINITY
  for (let at = from; at < from + columns; at++) {
    const c = values[at]
    if (c < low) low = c
    if (c > high && c < Infinity) high = c
  }
  return [low, high]
}
