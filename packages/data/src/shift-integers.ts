import { DataError, quoted } from '@dc/core/plugin'

/**
 * Shifts columns near 0 whose integers float64 cannot hold, such as time stamps in nanoseconds, where that helps.
 *
 * @param values `[n, width]`; an integer that does not fit is the nearest float64
 * @param integers the integers that do not fit, by their place in `values`
 * @returns the shifted values, and the number subtracted from each column
 * @throws DataError if different integers of a column would still become equal
 */
export function shiftIntegers(
  values: Float64Array,
  width: number,
  integers: ReadonlyMap<number, bigint> = new Map(),
  nameOf: (column: number) => string,
): { values: Float64Array; offset: Float64Array } {
  const offset = new Float64Array(width)
  if (integers.size === 0) return { values, offset }
  const shifted = values.slice()
  for (const column of new Set([...integers.keys()].map((at) => at % width))) {
    const base = middleInteger(values, width, column)
    offset[column] = base
    const found = new Map<number, bigint | number>()
    for (let at = column; at < values.length; at += width) {
      const integer = integers.get(at)
      shifted[at] = integer === undefined ? values[at] - base : Number(integer - BigInt(base))
      const given = integer ?? values[at]
      const same = found.get(shifted[at])
      // A bigint and a number are compared by value.
      // biome-ignore lint/suspicious/noDoubleEquals: see above.
      if (same !== undefined && same != given)
        throw new DataError(
          `Column ${quoted(nameOf(column))} holds the integers ${same} and ${given}, which are too long to be kept apart.`,
          { column, integers: [String(same), String(given)] },
        )
      found.set(shifted[at], given)
    }
  }
  return { values: shifted, offset }
}

/** The median of a column's integers beyond 2^53, rounded to float64. */
function middleInteger(values: Float64Array, width: number, column: number): number {
  const large: number[] = []
  for (let at = column; at < values.length; at += width)
    if (Math.abs(values[at]) > Number.MAX_SAFE_INTEGER) large.push(values[at])
  return Float64Array.from(large).sort()[(large.length - 1) >> 1]
}
