import { type CellKind, cellKind } from './cell'
import { type DecimalMark, decimalValue } from './decimal'

/** A column as the first records of a table show it. */
export interface ColumnFacts {
  /** Its number. */
  readonly at: number
  /** What stands in record 1. */
  readonly cell: string
  readonly kind: CellKind
  /** NaN if it is no number. */
  readonly value: number
  /** Whether the same cell stands below as well. */
  readonly recurs: boolean
  readonly below: {
    /** Cells that are numbers, truth values or dates, if no cell is text; else 0. */
    readonly values: number
    readonly numbers: number
    /** Whether a number is written with a fraction or an exponent. */
    readonly fractions: boolean
    readonly low: number
    readonly high: number
    readonly next: number
    readonly distinct: number
  }
}

/**
 * @param first record 1
 * @param below some records below it
 */
export function columnFacts(
  first: readonly string[],
  below: readonly (readonly string[])[],
  at: number,
  mark: DecimalMark,
): ColumnFacts {
  const cells = below.map((record) => record[at] ?? '')
  const kinds = cells.map((cell) => cellKind(cell, mark))
  const counted = (...wanted: CellKind[]) => kinds.filter((kind) => wanted.includes(kind)).length
  const numbers = cells.filter((_, row) => kinds[row] === 'number')
  const values = numbers.map((cell) => decimalValue(cell, mark))
  return {
    at,
    cell: first[at],
    kind: cellKind(first[at], mark),
    value: decimalValue(first[at], mark),
    recurs: cells.includes(first[at]),
    below: {
      values: counted('text') > 0 ? 0 : counted('number', 'boolean', 'date'),
      numbers: numbers.length,
      fractions: numbers.some((cell) => !/^[+-]?\d+$/.test(cell)),
      low: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
      high: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
      next: cells.length > 0 ? decimalValue(cells[0], mark) : Number.NaN,
      distinct: new Set(cells).size,
    },
  }
}
