import type { TransportProblem } from '../problems/problem'

/** Masses of all columns, the virtual one last, and which of them can take mass. */
export function columnMasses({ columns, columnMarginal, virtual, closed }: TransportProblem) {
  const mass = new Float64Array(virtual === undefined ? columns : columns + 1)
  mass.set(columnMarginal.mass)
  if (virtual !== undefined) mass[columns] = virtual
  return { mass, active: Uint8Array.from(mass, (m, j) => (m > 0 && !closed?.[j] ? 1 : 0)) }
}
