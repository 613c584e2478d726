import { findPreset, type RowKind, rowKind, startBy, startingMethod } from '@dc/pipelines'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly'
import { resolveConfig } from './resolve'
import type { RunConfig } from './run-config'

const registry = assemble()
const resolved = (flags: object = {}) => resolveConfig('sp2ot', { set: [], plugin: [], ...flags }, registry)

const starting = (config: RunConfig, rows: number) =>
  config.init === null ? startingMethod(config, { rows, k: 3 }, registry) : null

describe('the training that a run starts from', () => {
  it("is the other pipeline's preset with this run's views and backbone", () => {
    const set = ['options.backbone={"name":"mlp","options":{"widths":[16]}}']
    const config = resolved({ set })
    const start = starting(config, 1797)?.config
    const { training, options } = findPreset('bootsc', 'digits')
    expect(start).toMatchObject({ pipeline: 'bootsc', preset: 'digits', start: null, labels: 'prototypes' })
    expect(start?.options).toEqual({ ...options, views: config.options.views, backbone: config.options.backbone })
    expect(start?.training).toEqual({ ...training, callbacks: [], epochs: 58 })
  })

  it('has as many steps as told in whole epochs, and ten epochs at least', () => {
    const epochs = (rows: number) => starting(resolved(), rows)?.config.training?.epochs
    expect([256, 600, 60_000].map(epochs)).toEqual([400, 200, 10])
    // Epochs of the run are not those of its start, which has its own.
    const told = (...set: string[]) => starting(resolved({ set }), 1797)?.config.training?.epochs
    expect(told('training.epochs=2')).toBe(58)
    expect(told('training.epochs=2', 'start.epochs=3')).toBe(3)
    expect(() => resolved({ set: ['start.epochs=0'] })).toThrow(/config.start.epochs.*at least 1/)
  })

  it('has the views of the run, but as many as it needs itself', () => {
    const { options } = starting(resolveConfig('otdc', { set: [], plugin: [] }, registry), 1797)!.config
    expect(options.views).toEqual({ name: 'image-affine', options: {} })
  })

  it('is left out where --init gives a start, in recipes without one', () => {
    expect(starting(resolved({ init: 'runs/learned' }), 1797)).toBeNull()
    expect(starting(resolved({ preset: 'sp2ot' }), 1797)).toBeNull()
    expect(starting(resolved({ set: ['start=null'] }), 1797)).toBeNull()
    expect(starting(resolved({ set: ['init=runs/learned'] }), 1797)).toBeNull()
  })

  it('fits few rows, and says so', () => {
    const fitted = starting(resolved(), 40)
    expect(fitted?.config.training).toMatchObject({ batchSize: 40, epochs: 400 })
    expect(fitted?.config.options.projection).toEqual({ name: 'projection', options: { hidden: 1024, width: 20 } })
    expect(fitted?.notes).toEqual([
      'batch 256 → 40: the data have 40 rows',
      'width of the embedding 128 → 20: its columns are made orthogonal in batches of 40 rows',
    ])
  })

  it('is what --start names, before any other', () => {
    const by = (flags: object) => resolved(flags)
    expect(by({ start: 'leiden' })).toMatchObject({ start: startBy('leiden'), init: null })
    expect(by({ start: 'leiden', set: ['start.steps=7'] }).start).toEqual({ ...startBy('leiden'), steps: 7 })
    expect(by({ start: 'leiden', environment: { init: 'runs/learned' } })).toMatchObject({ init: null })
    expect(() => by({ start: 'leiden', init: 'runs/learned' })).toThrow('--init and --start both say')
    expect(() => by({ start: 'leidn' })).toThrow("No pipeline named 'leidn'")
    expect(() => resolveConfig('kmeans', { set: [], plugin: [], start: 'leiden' }, registry)).toThrow(
      "--start: got 'leiden'; allowed: nothing: kmeans has no training steps",
    )
  })

  it('must exist', () => {
    expect(() => resolved({ set: ['start.preset=none'] })).toThrow(/No preset of bootsc named 'none'/)
    expect(() => resolved({ set: ['start.steps=0'] })).toThrow(/config.start.steps.*at least 1/)
  })
})

describe('the default preset', () => {
  const preset = (pipeline: string, rows?: RowKind, flags: object = {}) =>
    resolveConfig(pipeline, { set: [], plugin: [], ...flags }, registry, rows).preset

  it('is that for the rows, or else the first one', () => {
    expect(preset('bootsc', 'features')).toBe('neighbours')
    expect(preset('bootsc', 'tiny-images')).toBe('digits')
    expect(preset('bootsc', 'grey-images')).toBe('fashion-convnet')
    expect(preset('bootsc', 'photos')).toBe('photos')
    expect(preset('sp2ot', 'features')).toBe('neighbours')
    expect(preset('otdc', 'features')).toBe('consensus')
    expect(preset('otdc', 'photos')).toBe('images')
    expect(preset('sp2ot', 'photos')).toBe('photos')
    expect(preset('pot', 'photos')).toBe('photos')
    expect(preset('dscl', 'photos')).toBe('dscl')
    expect(preset('sp2ot')).toBe('digits')
    expect(preset('sp2ot', 'features', { preset: 'sp2ot' })).toBe('sp2ot')
  })

  it('knows rows by what their data set says of them', () => {
    const image = (side: number, channels: 1 | 3 = 1) => ({
      height: side,
      width: side,
      channels,
      range: [0, 1] as const,
    })
    expect(rowKind({})).toBe('features')
    expect([8, 28, 96].map((side) => rowKind({ image: image(side) }))).toEqual(['tiny-images', 'grey-images', 'photos'])
    expect(rowKind({ image: image(8, 3) })).toBe('photos')
  })
})
