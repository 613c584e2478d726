/** Numbers subtracted from costs before they are divided by ε, so that only differences of costs are rounded. */
export interface Base {
  /** Subtracted from all costs; with `each`, the number that `each` is relative to. */
  readonly common: number
  /** Numbers to subtract from the costs of each row, if rows differ. */
  readonly each?: Float64Array
}

export const noBase: Base = { common: 0 }

/** Subtracts a base from `count` rows of costs, in place. */
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

/** The smallest and the largest finite cost of a row; `Infinity` and `-Infinity` if every pair is forbidden. */
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
