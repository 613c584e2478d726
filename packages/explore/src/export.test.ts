import { expect, it } from 'vitest'
import { csvOf, namesOf } from './export'
import { rowsOf } from './rows'
import { example } from './testing/example'

it('rows are written for a spreadsheet that runs no formula, and as lines', () => {
  const names = Array.from({ length: 24 }, (_, row) => (row === 0 ? '=cmd()' : `a\nb${row}`))
  const rows = rowsOf(example({ names, classNames: ['=1+1', 'b "c"', 'd'] }))
  expect(csvOf(rows, Int32Array.of(0, 4))).toBe(
    `row,name,label,cluster,class,certainty,kmeans\n0,"'=cmd()",3,cluster 3,"'=1+1",0.00,0\n4,"a\nb4",2,cluster 2,"b ""c""",0.17,1\n`,
  )
  expect(namesOf(rows, Int32Array.of(0, 5))).toBe('=cmd()\na b5')
  const bare = rowsOf(
    example({ truth: undefined, certainty: undefined, numbers: Int32Array.from({ length: 24 }, (_, row) => 2 * row) }),
  )
  expect(csvOf(bare, Int32Array.of(4))).toBe('row,name,label,cluster,kmeans\n8,8,2,cluster 2,1\n')
})
