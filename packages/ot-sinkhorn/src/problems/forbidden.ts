import { DataError } from '@dc/core/plugin'
import { type Marginal, sum, type TransportProblem } from './problem'

/**
 * Checks that forbidden pairs leave room for the mass that must move. Marks columns that can take no mass.
 *
 * @throws DataError for a row or column that must carry mass although every pair in it is forbidden, and for a total mass
 * that the remaining rows or columns cannot hold
 */
export function withForbidden(problem: TransportProblem): TransportProblem {
  const { cost, rows, columns, rowMarginal, columnMarginal, virtual, mass } = problem
  if (!cost.includes(Infinity)) return problem
  const openRows = new Uint8Array(rows)
  const openColumns = new Uint8Array(columns)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      if (cost[i * columns + j] === Infinity) continue
      if (columnMarginal.mass[j] > 0) openRows[i] = 1
      if (rowMarginal.mass[i] > 0) openColumns[j] = 1
    }
  const [row, column] = [firstShut(rowMarginal, openRows), firstShut(columnMarginal, openColumns)]
  if (row >= 0 && isEquality(rowMarginal) && virtual === undefined)
    throw new DataError(
      `Row ${row} must carry mass ${rowMarginal.mass[row]}, but every pair in it that could take mass is forbidden.`,
      { row },
    )
  if (column >= 0 && isEquality(columnMarginal))
    throw new DataError(
      `Column ${column} must carry mass ${columnMarginal.mass[column]}, but every pair in it that could give mass is forbidden.`,
      { column },
    )
  const wanted = mass ?? (virtual === undefined ? Number.MIN_VALUE : sum(columnMarginal.mass))
  const sides = [
    ['rows', openMass(rowMarginal, openRows)],
    ...(mass === undefined ? [] : ([['columns', openMass(columnMarginal, openColumns)]] as const)),
  ] as const
  for (const [side, most] of sides)
    if (most < wanted * (1 - 1e-12))
      throw new DataError(
        `Mass ${mass ?? wanted} must move, but forbidden pairs leave ${side} of mass ${most} that could carry it.`,
        { mass: wanted, most },
      )
  return openColumns.includes(0) ? { ...problem, closed: openColumns.map((open) => 1 - open) } : problem
}

/** The first row or column that has mass but no open pair, or −1. */
function firstShut({ mass }: Marginal, open: Uint8Array): number {
  return mass.findIndex((m, i) => m > 0 && !open[i])
}

function openMass({ mass }: Marginal, open: Uint8Array): number {
  return sum(mass.filter((_, i) => open[i]))
}

function isEquality({ relaxation, limit }: Marginal): boolean {
  return relaxation === Infinity && !limit
}
