import { createRandom } from '@dc/core'
import { matrix, nearestNeighbours } from '@dc/spectral'
import { describe, expect, it } from 'vitest'
import { issuesCsv } from './issues-csv'
import { mislabelled } from './mislabelled'
import { nearDuplicates } from './near-duplicates'
import { outliers } from './outliers'

const random = createRandom(1)
/** 300 rows of a normal distribution in so many dimensions, and what is changed of them. */
function neighbours(width: number, change: (values: Float64Array) => void = () => {}) {
  const values = Float64Array.from({ length: 300 * width }, () => random.normal())
  change(values)
  return nearestNeighbours(matrix(values, 300, width), 15)
}
const copy = (values: Float64Array, width: number, from: number, to: number, noise = 0) => {
  for (let c = 0; c < width; c++) values[to * width + c] = values[from * width + c] + noise * random.normal()
}

describe('near duplicates', () => {
  it.each([2, 8, 64])('copies and near copies are found in %i dimensions, and next to nothing else', (width) => {
    const found = nearDuplicates(
      neighbours(width, (values) => {
        copy(values, width, 10, 200)
        copy(values, width, 10, 20)
        copy(values, width, 7, 8, 1e-4)
      }),
    )
    expect(found[0]).toEqual({ rows: [10, 20, 200], exact: true, distance: 0 })
    expect(found[1]).toMatchObject({ rows: [7, 8], exact: false })
    expect(found.length).toBeLessThan(5)
  })

  it('are rare in rows without any', () => {
    for (const width of [1, 3, 30]) expect(nearDuplicates(neighbours(width)).length).toBeLessThan(5)
  })

  it('rows that are all equal are one group', () => {
    const found = nearDuplicates(nearestNeighbours(matrix(new Float64Array(80), 40, 2), 39))
    expect(found).toHaveLength(1)
    expect(found[0].rows).toHaveLength(40)
  })
})

describe('outliers', () => {
  it.each([2, 64])('a row far from all is one, in %i dimensions', (width) => {
    const found = outliers(
      neighbours(width, (values) => {
        for (let c = 0; c < width; c++) values[33 * width + c] = 100
      }),
    )
    expect(found[0].row).toBe(33)
    expect(found[0].times).toBeGreaterThan(8)
    expect(found.length).toBeLessThan(8)
  })

  it('there are none where all rows are equally far, or too few to tell', () => {
    const grid = Float64Array.from({ length: 200 }, (_, at) => (at % 2 ? Math.floor(at / 20) : (at >> 1) % 10))
    expect(outliers(nearestNeighbours(matrix(grid, 100, 2), 2))).toEqual([])
    expect(outliers(nearestNeighbours(matrix(Float64Array.of(0, 1, 2, 100), 4, 1), 2))).toEqual([])
  })
})

describe('classes that look wrong', () => {
  /** Three groups of 100 rows, some of whose classes are changed. */
  const groups = (changed: Record<number, number>) => {
    const found = neighbours(4, (values) => {
      for (let row = 0; row < 300; row++) values[row * 4 + Math.floor(row / 100)] += 12
    })
    const classes = Int32Array.from({ length: 300 }, (_, row) => changed[row] ?? Math.floor(row / 100))
    return mislabelled(found, classes)
  }

  it('are found, with the class that they look like', () => {
    const found = groups({ 5: 1, 150: 2, 299: 0, 7: -1 })
    expect(found.map(({ row, given, likely }) => [row, given, likely]).sort()).toEqual([
      [150, 2, 1],
      [299, 0, 2],
      [5, 1, 0],
    ])
    for (const { share, ownShare } of found) expect(share - ownShare).toBeGreaterThan(0.8)
  })

  it('there are none where classes are right, or there is one', () => {
    expect(groups({})).toEqual([])
    expect(mislabelled(neighbours(3), new Int32Array(300))).toEqual([])
    expect(mislabelled(neighbours(3), new Int32Array(300).fill(-1))).toEqual([])
  })
})

it('issues.csv has a line for each row, without formulas', () => {
  const csv = issuesCsv(
    {
      duplicates: [{ rows: [0, 2], exact: true, distance: 0 }],
      outliers: [{ row: 1, times: 3.25 }],
      mislabelled: [{ row: 2, given: 0, likely: 1, share: 0.9333333, ownShare: 0 }],
      unreadable: [{ path: 'a,b.png', reason: '=broken' }],
      looked: 3,
    },
    { rowNames: ['=1', 'b', 'c'], classNames: ['cat', 'dog'] },
  )
  expect(csv.split('\n')).toEqual([
    'issue,row,name,group,score,class,likely,reason',
    `duplicate,0,"'=1",0,0,,,`,
    'duplicate,2,c,0,0,,,',
    'outlier,1,b,,3.25,,,',
    'mislabelled,2,c,,0.9333,cat,dog,',
    `unreadable,,"a,b.png",,,,,"'=broken"`,
    '',
  ])
})
