import { DataError, quoted } from '@dc/core/plugin'
import type { ParquetColumn } from './columns'

/** The cells of a column, one group of rows after another. */
export type CellsOf = (column: ParquetColumn) => AsyncIterable<ArrayLike<unknown>>

/** Rows of numbers made from columns. */
export interface FeatureRows {
  readonly values: Float32Array | Float64Array
  readonly width: number
  /** Exact values of integers that float64 does not hold, by their place. */
  readonly integers: ReadonlyMap<number, bigint>
}

/**
 * Puts columns of numbers, and of lists of numbers, side by side.
 *
 * @param widths number of values in a cell of each column
 * @throws DataError naming row and column where a value is missing or no finite number, or a list has another length
 */
export async function readFeatures(
  columns: readonly ParquetColumn[],
  widths: readonly number[],
  rows: number,
  cellsOf: CellsOf,
  path: string,
): Promise<FeatureRows> {
  const width = widths.reduce((sum, part) => sum + part, 0)
  const values = columns.every(({ single }) => single) ? new Float32Array(rows * width) : new Float64Array(rows * width)
  const integers = new Map<number, bigint>()
  const put = (given: unknown, position: number): boolean => {
    const value = numberOf(given)
    values[position] = value
    if (typeof given === 'bigint' && BigInt(value) !== given) integers.set(position, given)
    return Number.isFinite(value)
  }
  let start = 0
  for (const [i, column] of columns.entries()) {
    let row = 0
    for await (const cells of cellsOf(column))
      for (let at = 0; at < cells.length; at++, row++) {
        const cell = cells[at]
        const position = row * width + start
        if (isList(cell)) {
          if (cell.length !== widths[i])
            throw badCell(path, row, column, `has ${cell.length} values, expected ${widths[i]}`)
          for (let k = 0; k < cell.length; k++)
            if (!put(cell[k], position + k))
              throw badCell(path, row, column, `has ${nameOf(cell[k])} at place ${k} of its list`)
        } else if (!put(cell, position)) throw badCell(path, row, column, `has ${nameOf(cell)}`)
      }
    start += widths[i]
  }
  return { values, width, integers }
}

function isList(cell: unknown): cell is ArrayLike<unknown> {
  return Array.isArray(cell) || (ArrayBuffer.isView(cell) && !(cell instanceof DataView))
}

function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
    ? Number(value)
    : Number.NaN
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'no value'
  return typeof value === 'number' ? String(value) : `a ${typeof value}`
}

function badCell(path: string, row: number, { name }: ParquetColumn, what: string): DataError {
  return new DataError(`${quoted(path)}, row ${row} (from 0): column ${quoted(name)} ${what}.`, {
    path,
    row,
    column: name,
  })
}
