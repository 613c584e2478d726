import { createRandom, type Dataset } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly'
import { resolveConfig } from '../config/resolve'
import { settleRows } from './settle-rows'

const registry = assemble()
const data = (labels?: number[], rows = labels?.length ?? 6): Dataset =>
  memoryDataset({
    name: 'rows',
    values: createRandom(0).normals(2 * rows),
    sampleShape: [2],
    ...(labels && { labels: Int32Array.from(labels) }),
  })
const settle = (pipeline: string, dataset: Dataset, ...set: string[]) =>
  settleRows(resolveConfig(pipeline, { set, plugin: [] }, registry, 'features'), dataset, registry)

describe('settleRows', () => {
  it('counts the classes that are known', () => {
    expect(settle('bootsc', data([0, 1, 2, 2, 1, 0]))).toMatchObject({ k: 3, training: undefined, notes: [] })
    expect(settle('bootsc', data([-1, 5, 2, 2, -1, 5]))).toMatchObject({
      k: 2,
      notes: ['2 rows have no known label: clustered and not scored'],
    })
    expect(settle('bootsc', data(), 'k=4').k).toBe(4)
  })

  it.each([
    [undefined, 'no labels to count'],
    [[-1, -1, -1], 'labels, but all of them are unknown'],
    [[1, 1, -1], 'labels of a single class'],
  ])('asks for k with labels %j, and says what there is', (labels, what) =>
    expect(() => settle('bootsc', data(labels))).toThrow(
      `--k: got undefined; allowed: a number of clusters; 'rows' has ${what}`,
    ),
  )

  it('trains a supervised pipeline on the rows of known classes, numbered 0, 1, …', () => {
    const { dataset, k, training, notes } = settle('dscl', data([7, -1, 3, 3, -1, 7, 7]), 'unseen=null')
    expect([dataset.size, k, training?.dataset.size, training?.k]).toEqual([7, 2, 5, 2])
    expect([...training!.dataset.labels!]).toEqual([1, 0, 0, 1, 1])
    expect(notes).toEqual(['2 rows have no known label: not trained on, clustered and not scored'])
    expect(settle('dscl', data([0, 1, 2, 2]), 'unseen=null', 'k=4')).toMatchObject({ k: 4, training: { k: 3 } })
  })

  it('leaves rows of no known class out where classes are kept from training', () => {
    const { dataset, k, training, notes } = settle('dscl', data([0, 0, 1, 1, 2, 2, 3, 3, -1]))
    expect([dataset.size, k, training?.k]).toEqual([4, 2, 2])
    expect(notes).toEqual(['1 row has no known label: it is left out'])
  })

  it('says what a supervised pipeline wants', () => {
    for (const labels of [undefined, [-1, -1], [4, 4, -1]])
      expect(() => settle('dscl', data(labels), 'k=2')).toThrow(/dscl is supervised and needs rows of two classes/)
  })
})
