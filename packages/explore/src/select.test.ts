import { expect, it } from 'vitest'
import { rowsOf } from './rows'
import { selectedRows } from './select'
import type { Selection } from './state'
import { example } from './testing/example'

it('rows that are selected are those of a cluster, a lasso, a name or a number', () => {
  const names = Array.from({ length: 24 }, (_, row) => `Shoe ${row % 5}.png`)
  const rows = rowsOf(example({ names }))
  const found = (selection: Selection) => [...(selectedRows(rows, selection) ?? ['all'])]
  const all = Array.from({ length: 24 }, (_, row) => row)
  expect(found({ kind: 'all' })).toEqual(['all'])
  expect(found({ kind: 'cluster', cluster: 3 })).toEqual([0, 1, 2])
  expect(found({ kind: 'search', query: 'sHoE 4' })).toEqual([4, 9, 14, 19])
  expect(found({ kind: 'search', query: '#23' })).toEqual([23])
  // Of data that have fewer rows by now.
  expect(found({ kind: 'rows', rows: [7, 3, 24] })).toEqual([3, 7])
  const corners = [
    [-1, -1],
    [2, -1],
    [2, 2],
    [-1, 2],
  ] as [number, number][]
  expect(found({ kind: 'lasso', corners })).toEqual(all)
  const left = corners.map(([x, y]): [number, number] => [Math.min(x, 0.5), y])
  expect(found({ kind: 'lasso', corners: left })).toEqual(all.filter((row) => rows.x[row] < 0.5))
  const top = corners.map(([x, y]): [number, number] => [x, Math.min(y, 0.5)])
  expect(found({ kind: 'lasso', corners: top })).toEqual(all.filter((row) => rows.data.y[row] > 0.5))
})
