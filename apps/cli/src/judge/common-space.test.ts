import { createRandom, type Dataset } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { datasetNeighbours } from '@dc/pipelines'
import { expect, it } from 'vitest'
import { commonSpace } from './common-space'

const rows = (width: number) =>
  memoryDataset({ name: 'rows', values: createRandom(1).normals(60 * width), sampleShape: [width] })
const never = () => {
  throw new Error('rows are searched again')
}

it.each([
  [4, 'distance'],
  [40, 'direction'],
] as const)('shares the neighbours of all rows, %d numbers each, with whoever compares by %s', async (width, by) => {
  const dataset: Dataset = rows(width)
  const { neighbours, seconds } = await commonSpace(dataset, null)
  const { indices, distances } = await datasetNeighbours(dataset, { k: 15, by, points: never })
  expect([indices, distances]).toEqual([neighbours.indices, neighbours.distances])
  // What the search took is told again, not what looking it up takes.
  expect((await commonSpace(dataset, null)).seconds).toBe(seconds)
  // Of a part of the rows the neighbours are others.
  expect((await commonSpace(dataset, null, { most: 40 })).neighbours).toMatchObject({ rows: 40, k: 15 })
})
