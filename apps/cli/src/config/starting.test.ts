import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly'
import { findPreset, resolveConfig } from './resolve'
import { startingConfig } from './starting'

const registry = assemble()
const resolved = (flags: object = {}) => resolveConfig('sp2ot', { set: [], plugin: [], ...flags }, registry)

describe('the training that a run starts from', () => {
  it("is the other pipeline's preset with this run's views and backbone", () => {
    const set = ['options.backbone={"name":"mlp","options":{"widths":[16]}}']
    const config = resolved({ set })
    const start = startingConfig(config, 1797)
    const { training, options } = findPreset('bootsc', 'digits')
    expect(start).toMatchObject({ pipeline: 'bootsc', preset: 'digits', start: null, labels: 'prototypes' })
    expect(start?.options).toEqual({ ...options, views: config.options.views, backbone: config.options.backbone })
    expect(start?.training).toEqual({ ...training, epochs: 58 })
  })

  it('has as many steps as told in whole epochs, and ten epochs at least', () => {
    const epochs = (rows: number) => startingConfig(resolved(), rows)?.training.epochs
    expect([256, 600, 60_000].map(epochs)).toEqual([400, 200, 10])
  })

  it('is left out where --init gives a start, in recipes without one, and for less than a batch of rows', () => {
    expect(startingConfig(resolved({ init: 'runs/learned' }), 1797)).toBeNull()
    expect(startingConfig(resolved({ preset: 'sp2ot' }), 1797)).toBeNull()
    expect(startingConfig(resolved({ set: ['start=null'] }), 1797)).toBeNull()
    expect(startingConfig(resolved(), 255)).toBeNull()
  })

  it('must exist', () => {
    expect(() => resolved({ set: ['start.preset=none'] })).toThrow(/No preset of bootsc named 'none'/)
    expect(() => resolved({ set: ['start.steps=0'] })).toThrow(/config.start.steps.*at least 1/)
  })
})

describe('the default preset', () => {
  it('is another one for rows of numbers', () => {
    expect(resolved().preset).toBe('digits')
    expect(resolved({ data: 'idx:fashion-mnist' }).preset).toBe('digits')
    for (const data of ['points.csv', 'npy:points', 'embeddings.parquet', 'onnx-features:model.onnx'])
      expect(resolved({ data }).preset).toBe('features')
    expect(resolved({ data: 'points.csv', preset: 'sp2ot' }).preset).toBe('sp2ot')
  })

  it('is the published one of the pipelines that have no other for features', () => {
    const config = resolveConfig('bootsc', { data: 'points.csv', set: [], plugin: [] }, registry)
    expect(config.preset).toBe('bootsc')
  })
})
