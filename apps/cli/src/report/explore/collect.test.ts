import { createRandom, type Dataset } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { describe, expect, it } from 'vitest'
import { alignRun } from '../alignment'
import { choices } from '../client/colouring'
import { csvOf, namesOf } from '../client/export'
import { rowsOf } from '../client/rows'
import { selectedRows } from '../client/select'
import { example, labels, truth } from '../testing/example-run'
import { largeRun } from '../testing/large-run'
import { mostRows, pageData, pageRows } from './collect'
import { pictureSheets } from './sheets'

const of = async ({ run, dataset }: { run: ReturnType<typeof example>['run']; dataset: Dataset }) =>
  rowsOf(await pageData(run, dataset, alignRun(run), pageRows(run)))

describe('what a page is given', () => {
  it('is what the run has, row by row', async () => {
    const { run, dataset } = example()
    const rows = await of({ run, dataset })
    expect([...rows.labelings[0].labels]).toEqual([...labels])
    expect([...rows.truth!]).toEqual([...truth])
    expect(rows.labelings.map(({ name, title }) => [name, title])).toEqual([
      ['cluster', 'bootsc'],
      ['kmeans', 'k-means'],
      ['spectral', 'spectral clustering'],
    ])
    for (let row = 0; row < 24; row++) {
      expect(rows.certainty[row]).toBeCloseTo(run.shown.certainty[row], 1)
      expect(rows.x[row]).toBeCloseTo(run.shown.map[2 * row], 4)
      expect(rows.y[row]).toBeCloseTo(1 - run.shown.map[2 * row + 1], 4)
    }
  })

  it('colours the clusters of another method as those of the run that they share most rows with', async () => {
    const rows = await of(example())
    const shades = (name: string) =>
      choices(rows)
        .find((choice) => choice.name === name)!
        .make().shades
    // Class c is cluster c + 1 of the run, by three.
    const [own, other] = [shades('cluster'), shades('kmeans')]
    expect(other).toEqual([own[1], own[2], own[0]])
  })

  it('has the columns of a table in their own unit', async () => {
    const { run } = example()
    const values = Float32Array.from({ length: 48 }, (_, at) => (at % 2 === 0 ? 10 + at : 7))
    const dataset = memoryDataset({ name: 'table', values, sampleShape: [2], columns: ['size', 'same'], labels: truth })
    const rows = await of({ run: { ...run, dataset }, dataset })
    const [size, same] = choices(rows)
      .filter(({ name }) => name.startsWith('column'))
      .map((choice) => choice.make())
    expect([size.title, size.ends]).toEqual(['Column size', ['10', '56']])
    expect([size.of[0], size.of[23], new Set(same.of).size]).toEqual([0, 31, 1])
  })

  it('of more than 100,000 rows is a part, which knows its numbers', async () => {
    const { run, dataset } = largeRun(mostRows + 500, 3, 'rows')
    run.shown.map.fill(Number.NaN, 0, 1000)
    const rows = await of({ run, dataset })
    expect([rows.count, rows.data.of]).toEqual([mostRows, mostRows + 500])
    // Rows without a place on the map are those that are left out.
    let unplaced = 0
    for (let row = 0; row < rows.count; row++) unplaced += Number(Number.isNaN(rows.x[row]))
    expect(unplaced).toBe(0)
    expect(rows.number(0)).toBe(500)
    expect(rows.name(7)).toBe(`folder ${rows.number(7) % 3}/file-${rows.number(7)}.png`)
  })

  it('has long names and texts without their ends', async () => {
    const { run, dataset } = example()
    const texts = Array.from({ length: 24 }, (_, row) => `${row} ${'😀'.repeat(5000)}`)
    const rows = await of({ run, dataset: { ...dataset, texts, rowNames: texts } })
    expect(rows.data.texts![3].length).toBeLessThanOrEqual(300)
    expect(rows.data.names![3].length).toBeLessThanOrEqual(1000)
    // Encoding replaces the half of a pair.
    expect(Buffer.from(rows.data.names![3]).toString()).toBe(rows.data.names![3])
  })
})

describe('rows that are selected', () => {
  it('are those of a cluster, a lasso, a name or a number', async () => {
    const { run, dataset } = example()
    const rows = await of({
      run,
      dataset: { ...dataset, rowNames: Array.from({ length: 24 }, (_, row) => `Shoe ${row % 5}.png`) },
    })
    const found = (selection: Parameters<typeof selectedRows>[1]) => [...(selectedRows(rows, selection) ?? ['all'])]
    const all = Array.from({ length: 24 }, (_, row) => row)
    expect(found({ kind: 'all' })).toEqual(['all'])
    expect(found({ kind: 'cluster', cluster: 3 })).toEqual([0, 1, 2])
    expect(found({ kind: 'search', query: 'sHoE 4' })).toEqual([4, 9, 14, 19])
    expect(found({ kind: 'search', query: '#23' })).toEqual([23])
    const corners = [
      [-1, -1],
      [2, -1],
      [2, 2],
      [-1, 2],
    ] as [number, number][]
    expect(found({ kind: 'lasso', corners })).toEqual(all)
    const left = corners.map(([x, y]): [number, number] => [Math.min(x, 0.5), y])
    expect(found({ kind: 'lasso', corners: left })).toEqual(all.filter((row) => run.shown.map[2 * row] < 0.5))
  })

  it('are written for a spreadsheet that runs no formula, and as lines', async () => {
    const { run, dataset } = example({ classNames: ['=1+1', 'b "c"', 'd'] })
    const rowNames = Array.from({ length: 24 }, (_, row) => (row === 0 ? '=cmd()' : `a\nb${row}`))
    const rows = await of({ run, dataset: { ...dataset, rowNames } })
    const lines = csvOf(rows, Int32Array.of(0)).split('\n')
    expect(lines[0]).toBe('row,name,label,cluster,class,certainty,kmeans,spectral')
    expect(lines[1]).toBe(`0,"'=cmd()",3,cluster 3,"'=1+1",${rows.certainty[0].toFixed(2)},0,0`)
    expect(namesOf(rows, Int32Array.of(0, 5))).toBe('=cmd()\na b5')
  })
})

describe('sheets of pictures', () => {
  it('keep within their bytes even of noise', async () => {
    const n = 3000
    const random = createRandom(1)
    const noise = Float32Array.from({ length: 64 * 64 * 3 }, () => random.uniform())
    const dataset = {
      ...largeRun(n, 2, 'images').dataset,
      sampleShape: [64, 64, 3],
      image: { height: 64, width: 64, channels: 3 as const, range: [0, 1] as const },
      read: async (rows: ArrayLike<number>) => {
        const values = new Float32Array(rows.length * noise.length)
        for (let at = 0; at < rows.length; at++) values.set(noise, at * noise.length)
        return values
      },
    }
    const { files, pictures } = (await pictureSheets(
      dataset,
      Int32Array.from({ length: n }, (_, row) => row),
    ))!
    expect(files.reduce((sum, file) => sum + file.length, 0)).toBeLessThan(5.6e6)
    expect(pictures.side).toBe(48)
    expect(files.length).toBeGreaterThan(3)
  }, 60_000)
})
