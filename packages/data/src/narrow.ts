import { type Column, columnsThatLose, losesValues, middle } from './column-loss'
import { shiftIntegers } from './shift-integers'

/** Values between this and its inverse: float32 holds their squares, and sums of many squares. */
const comfortable = 2 ** 55

/** The result of {@link narrow}. */
export interface Narrowed {
  readonly values: Float32Array
  /** The same in float64, if float32 makes different values equal. */
  readonly exact?: Float64Array
  /** Unless it is the identity: `values = (given − offset) · scale`. */
  readonly mapping?: { readonly offset: Float64Array; readonly scale: number }
  /** A sentence on each change. */
  readonly notices: readonly string[]
}

/** What {@link narrow} takes beside the values. */
export interface NarrowOptions {
  /** Exact values of integers that float64 does not hold, by their place in the values. */
  readonly integers?: ReadonlyMap<number, bigint>
  /** The name of a column in notices. */
  readonly nameOf: (column: number) => string
  /** Whether columns may be shifted. The columns of images are pixels and are not shifted. */
  readonly shift: boolean
}

/**
 * Converts rows of float64 to float32 so that clustering the result gives the same clusters.
 *
 * A column stays as it is if float32 keeps its different values apart and moves none by more than 2⁻²⁰ of the column's
 * spread. Otherwise its middle value is subtracted, if that helps; distances do not change. If it does not help, the rows are
 * kept in float64 as well. If the largest value is beyond 2^±55, its square may leave float32. Then all values are multiplied
 * by one power of two; all distances change by one factor.
 *
 * Up to 4,096 rows are compared to see whether values stay apart. With at most 100 rows, no two different values may become
 * equal. With more rows, values may become equal if their difference is at most 1 % of the median difference of neighbouring
 * values.
 *
 * @param values `[n, width]`, finite
 * @throws DataError if integers beyond 2^53 cannot be kept apart
 */
export function narrow(values: Float64Array, width: number, options: NarrowOptions): Narrowed {
  const { values: whole, offset } = shiftIntegers(values, width, options.integers, options.nameOf)
  const first = comfortableScale(largest(whole, new Float64Array(width), 1))
  const losing = columnsThatLose(whole, width, first)
  const shift = new Float64Array(width)
  if (options.shift)
    for (const column of losing.filter((column) => offset[column] === 0)) {
      const part: Column = { values: whole, width, column, offset: 0, scale: first }
      const centre = middle({ ...part, scale: 1 })
      if (!losesValues({ ...part, offset: centre })) shift[column] = centre
    }
  const second = comfortableScale(largest(whole, shift, first))
  const scale = first * second > 0 && Number.isFinite(first * second) ? first * second : first
  const lost = losing.filter((column) => losesValues({ values: whole, width, column, offset: shift[column], scale }))
  const total = offset.map((base, column) => base + shift[column])
  const moved = total.some((base) => base !== 0)
  const asGiven = scale === 1 && shift.every((base) => base === 0)
  const exact = () => (asGiven ? whole : mapped(whole, shift, scale, new Float64Array(whole.length)))
  return {
    values: asGiven ? new Float32Array(whole) : mapped(whole, shift, scale, new Float32Array(whole.length)),
    ...(lost.length > 0 && { exact: exact() }),
    ...((moved || scale !== 1) && { mapping: { offset: total, scale } }),
    notices: describe(total, scale, lost, options.nameOf),
  }
}

/** The power of two that brings values of this size near 1 if their squares would leave float32; 1 otherwise. */
export function comfortableScale(size: number): number {
  if (size === 0 || (size <= comfortable && size >= 1 / comfortable)) return 1
  // Beyond 2^±1000 the power itself or its inverse would leave float64.
  return 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(size))))
}

/** The largest `|v − shift| · scale`. */
function largest(values: Float64Array, shift: Float64Array, scale: number): number {
  let most = 0
  for (let at = 0, column = 0; at < values.length; at++) {
    const size = Math.abs((values[at] - shift[column]) * scale)
    if (size > most) most = size
    if (++column === shift.length) column = 0
  }
  return most
}

function mapped<T extends Float32Array | Float64Array>(
  values: Float64Array,
  shift: Float64Array,
  scale: number,
  out: T,
): T {
  for (let at = 0, column = 0; at < values.length; at++) {
    out[at] = (values[at] - shift[column]) * scale
    if (++column === shift.length) column = 0
  }
  return out
}

function describe(
  offset: Float64Array,
  scale: number,
  lost: readonly number[],
  nameOf: (column: number) => string,
): string[] {
  const shifted = Array.from(offset.keys()).filter((column) => offset[column] !== 0)
  const named = (columns: readonly number[]) => {
    const shown = columns.slice(0, 3).map(nameOf).join(', ')
    return `${columns.length === 1 ? 'column' : 'columns'} ${shown}${columns.length > 3 ? ` and ${columns.length - 3} more` : ''}`
  }
  return [
    ...(shifted.length > 0
      ? [
          `subtracted its middle value from ${named(shifted)}: float32 would make different values equal, or blur their differences`,
        ]
      : []),
    ...(scale !== 1
      ? [`multiplied all values by 2^${Math.log2(scale)}: float32 does not hold them or their squares`]
      : []),
    ...(lost.length > 0
      ? [
          `kept the rows in float64 too: float32 makes different values of ${named(lost)} equal, or blurs their differences; networks see float32`,
        ]
      : []),
  ]
}
