import { polygonContains } from 'd3-polygon'
import type { Rows } from './rows'
import type { Selection } from './state'

/** The rows of a selection, ascending; of none, null. */
export function selectedRows(rows: Rows, selection: Selection): Int32Array | null {
  const where = (holds: (row: number) => boolean) => {
    const found: number[] = []
    for (let row = 0; row < rows.count; row++) if (holds(row)) found.push(row)
    return Int32Array.from(found)
  }
  switch (selection.kind) {
    case 'all':
      return null
    case 'cluster':
      return where((row) => rows.labels[row] === selection.cluster)
    case 'rows':
      return Int32Array.from(selection.rows.filter((row) => row < rows.count)).sort()
    case 'lasso': {
      const corners = selection.corners.map(([x, y]): [number, number] => [x, y])
      return where((row) => !Number.isNaN(rows.x[row]) && polygonContains(corners, [rows.x[row], rows.y[row]]))
    }
    case 'search':
      return where(matcher(rows, selection.query))
  }
}

/** Whether a row has a text in its name or text, or is the row of this number. */
function matcher(rows: Rows, query: string): (row: number) => boolean {
  const sought = query.trim().toLowerCase()
  const exact = /^(?:row |#)?(\d+)$/.exec(sought)
  const { names, texts } = rows.data
  return (row) =>
    (exact !== null && rows.number(row) === Number(exact[1])) ||
    (names?.[row].toLowerCase().includes(sought) ?? false) ||
    (texts?.[row].toLowerCase().includes(sought) ?? false)
}
