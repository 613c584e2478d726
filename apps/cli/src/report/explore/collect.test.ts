import { createRandom, type Dataset } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { describe, expect, it } from 'vitest'
import { alignRun } from '../alignment'
import { explorerData } from '../client/explorer-data'
import { example, labels, truth } from '../testing/example-run'
import { largeRun } from '../testing/large-run'
import { mostRows, pageData, pageRows } from './collect'
import { pictureSheets } from './sheets'

const of = async ({ run, dataset }: { run: ReturnType<typeof example>['run']; dataset: Dataset }) =>
  explorerData(await pageData(run, dataset, alignRun(run), pageRows(run)))

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
      expect(rows.certainty![row]).toBeCloseTo(run.shown.certainty[row], 1)
      expect(rows.x[row]).toBeCloseTo(run.shown.map[2 * row], 4)
      expect(rows.y[row]).toBeCloseTo(run.shown.map[2 * row + 1], 4)
    }
  })

  it('has the columns of a table in their own unit', async () => {
    const { run } = example()
    const values = Float32Array.from({ length: 48 }, (_, at) => (at % 2 === 0 ? 10 + at : 7))
    const dataset = memoryDataset({ name: 'table', values, sampleShape: [2], columns: ['size', 'same'], labels: truth })
    const rows = await of({ run: { ...run, dataset }, dataset })
    const [size, same] = rows.columns!
    expect([size.title, size.low, size.high]).toEqual(['size', 10, 56])
    expect([size.values[0], size.values[23], new Set(same.values).size]).toEqual([0, 1, 1])
  })

  it('has the numbers that stand beside texts', async () => {
    const { run, dataset } = example()
    const numbers = [{ name: 'stars', values: Float64Array.from({ length: 24 }, (_, row) => 1 + (row % 5)) }]
    const seen = { ...dataset, numbers }
    for (const own of [seen, { ...dataset, seen }]) {
      const [stars] = (await of({ run: { ...run, dataset: own }, dataset: own })).columns!.slice(-1)
      expect([stars.title, stars.low, stars.high]).toEqual(['stars', 1, 5])
      expect(Array.from(stars.values.slice(0, 6), (value) => value * 4)).toEqual(
        [0, 1, 2, 3, 4, 0].map((v) => expect.closeTo(v, 1)),
      )
    }
  })

  it('of more than 100,000 rows is a part, which knows its numbers', async () => {
    const { run, dataset } = largeRun(mostRows + 500, 3, 'rows')
    run.shown.map.fill(Number.NaN, 0, 1000)
    const rows = await of({ run, dataset })
    expect([rows.x.length, rows.of]).toEqual([mostRows, mostRows + 500])
    // Rows without a place on the map are those that are left out.
    let unplaced = 0
    for (let row = 0; row < rows.x.length; row++) unplaced += Number(Number.isNaN(rows.x[row]))
    expect(unplaced).toBe(0)
    expect(rows.numbers![0]).toBe(500)
    expect(rows.names![7]).toBe(`folder ${rows.numbers![7] % 3}/file-${rows.numbers![7]}.png`)
  })

  it('has long names and texts without their ends', async () => {
    const { run, dataset } = example()
    const texts = Array.from({ length: 24 }, (_, row) => `${row} ${'😀'.repeat(5000)}`)
    const rows = await of({ run, dataset: { ...dataset, texts, rowNames: texts } })
    expect(rows.texts![3].length).toBeLessThanOrEqual(300)
    expect(rows.names![3].length).toBeLessThanOrEqual(1000)
    // Encoding replaces the half of a pair.
    expect(Buffer.from(rows.names![3]).toString()).toBe(rows.names![3])
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
