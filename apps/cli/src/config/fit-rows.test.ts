import { fitRows } from '@dc/pipelines'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly'
import { fitUnseen } from './fit-unseen'
import type { RunFlags } from './flags'
import { resolveConfig } from './resolve'
import { typedSettings } from './typed'

const registry = assemble()
function fit(pipeline: string, rows: number, k: number, given: Partial<RunFlags> = {}) {
  // The published recipe, whose embedding is wide.
  const flags: RunFlags = { set: [], plugin: [], ...(pipeline === 'bootsc' && { preset: 'bootsc' }), ...given }
  return fitRows(resolveConfig(pipeline, flags, registry, 'features'), { rows, k }, typedSettings(flags), registry)
}
const width = (value: number) => `options.projection={"name":"projection","options":{"width":${value}}}`

describe('fitRows', () => {
  it.each([
    ['bootsc', 1797],
    ['bootsc', 256],
    ['sp2ot', 512],
    ['otdc', 256],
    ['dscl', 256],
  ])('leaves %s as it is for %d rows', (pipeline, rows) => {
    const { config, notes } = fit(pipeline, rows, 3)
    expect(notes).toEqual([])
    const preset = pipeline === 'bootsc' ? pipeline : undefined
    expect(config).toEqual(resolveConfig(pipeline, { set: [], plugin: [], preset }, registry, 'features'))
  })

  it('makes batches no larger than the data, and an orthogonal embedding half as wide', () => {
    const { config, notes } = fit('bootsc', 150, 3)
    expect(config.training!.batchSize).toBe(150)
    expect(config.options.projection).toEqual({ name: 'projection', options: { width: 75 } })
    expect(notes).toEqual([
      'batch 256 → 150: the data have 150 rows',
      'width of the embedding 128 → 75: its columns are made orthogonal in batches of 150 rows',
    ])
  })

  it.each([
    // Half a batch, or k if that is more; always less than the rows.
    [40, 3, 20],
    [20, 3, 10],
    [3, 3, 2],
    [2, 2, 1],
    [150, 100, 100],
    [10, 10, 9],
  ])('of %d rows and %d clusters the embedding has %d columns', (rows, k, columns) =>
    expect(fit('bootsc', rows, k).config.options.projection).toMatchObject({ options: { width: columns } }),
  )

  it.each([
    [600, 150],
    [839, 100],
    [1600, 100],
    [2040, 100],
    [70_000, 9],
    [2_000_000, 2],
  ])('trains embeddings neither too little nor for ever: %d rows, %d epochs', (rows, epochs) => {
    const { config, notes } = fit('bootsc', rows, 10, { preset: 'neighbours' })
    expect(config.training!.epochs).toBe(epochs)
    expect(notes.filter((note) => note.startsWith('epochs'))).toHaveLength(epochs === 100 ? 0 : 1)
    const typed = fit('bootsc', rows, 10, { preset: 'neighbours', epochs: 50 })
    expect(typed.config.training!.epochs).toBe(50)
  })

  it.each([
    // Half as many as a cluster has rows, and three at least.
    [2040, 12, 20],
    [400, 10, 20],
    [400, 20, 10],
    [400, 50, 4],
    [60, 20, 3],
  ])('of %d rows and %d clusters views are drawn from %d neighbours', (rows, k, neighbours) => {
    for (const pipeline of ['bootsc', 'sp2ot']) {
      const { views } = fit(pipeline, rows, k, { preset: 'neighbours' }).config.options
      expect(views).toMatchObject({ name: 'neighbours', options: { neighbours } })
    }
    const set = ['options.views={"name":"neighbours","options":{"neighbours":20}}']
    expect(fit('bootsc', rows, k, { preset: 'neighbours', set }).config.options.views).toMatchObject({
      options: { neighbours: 20 },
    })
  })

  it('changes what was not typed to fit what was', () => {
    const { config, notes } = fit('bootsc', 1797, 10, { batchSize: 30 })
    expect(config.training!.batchSize).toBe(30)
    expect(config.options.projection).toMatchObject({ options: { width: 15 } })
    expect(notes).toEqual(['width of the embedding 128 → 15: its columns are made orthogonal in batches of 30 rows'])
    const last = fit('bootsc', 150, 3, { batchSize: 40, set: ['training.dropLast=false'] })
    expect(last.config.options.projection).toMatchObject({ options: { width: 15 } })
  })

  it('leaves what was typed as it is, or refuses it', () => {
    expect(fit('bootsc', 150, 3, { set: [width(128)] }).notes).toEqual(['batch 256 → 150: the data have 150 rows'])
    expect(() => fit('bootsc', 150, 3, { set: [width(151)] })).toThrow(
      '--set options.projection.options.width: got 151; allowed: at most 150',
    )
    expect(() => fit('bootsc', 150, 3, { batchSize: 151 })).toThrow('--batch-size: got 151; allowed: at most 150')
    expect(() =>
      fit('sp2ot', 20, 3, { set: ['options.neighbours={"name":"knn","options":{"neighbours":20}}'] }),
    ).toThrow('--set options.neighbours.options.neighbours: got 20; allowed: at most 19: a row has 19 others')
    // Another head, and other options of the same one, say nothing of the width.
    expect(
      fit('bootsc', 40, 3, { set: ['options.projection.name=projection'] }).config.options.projection,
    ).toMatchObject({
      options: { width: 20 },
    })
  })

  it("fits sp2ot's neighbours, their weight and the batches that it keeps", () => {
    const { config, notes } = fit('sp2ot', 15, 3)
    expect(config.options.neighbours).toEqual({ name: 'gaussian', options: { neighbours: 14 } })
    expect(config.options.assign).toMatchObject({ name: 'sp2ot', options: { batches: 1, weight: 2.93, gamma: 1 } })
    expect(notes).toEqual([
      'batch 512 → 15: the data have 15 rows',
      'neighbours that views are drawn from 20 → 3: a cluster has 5 rows on average',
      'neighbours 20 → 14: a row has 14 others',
      'weight of the neighbours 1000 → 2.93: it is for 5120 rows, and counts the more the fewer there are',
      'batches that are kept 10 → 1: one has all rows',
    ])
    expect(fit('p2ot', 15, 3).notes).toEqual([
      'batch 512 → 15: the data have 15 rows',
      'neighbours that views are drawn from 20 → 3: a cluster has 5 rows on average',
      'batches that are kept 10 → 1: one has all rows',
    ])
    expect(fit('sp2ot', 100, 3, { batchSize: 30 }).config.options.assign).toMatchObject({ options: { batches: 3 } })
  })
})

describe('fitUnseen', () => {
  const flags = { set: [], plugin: [] }
  const config = resolveConfig('dscl', flags, registry, 'features')
  it('trains on all classes where there are not four', () => {
    expect(fitUnseen(config, 4, typedSettings(flags))).toEqual({ config, notes: [] })
    const { config: fitted, notes } = fitUnseen(config, 3, typedSettings(flags))
    expect(fitted.unseen).toBeNull()
    expect(notes).toEqual(['unseen 0.5 → null: 3 classes leave no two on both sides, so all are trained on'])
    const typed = { ...flags, set: ['unseen=0.5'] }
    expect(fitUnseen(resolveConfig('dscl', typed, registry), 3, typedSettings(typed)).config.unseen).toBe(0.5)
  })
})
