import { findPreset, type Recipe } from '@dc/pipelines'
import { describe, expect, it } from 'vitest'
import { changedSettings } from './changed-settings'
import { configOf } from './run-config'

const recipe = findPreset('bootsc', 'digits') as Recipe

describe('changedSettings', () => {
  it('are those that the preset has otherwise', () => {
    const config = configOf(recipe)
    expect(changedSettings(config)).toEqual({ preset: 'digits', settings: [] })
    const training = { ...config.training!, epochs: 3 }
    const settings = [{ path: 'training.epochs', before: config.training!.epochs, value: 3 }]
    expect(changedSettings({ ...config, training, seeds: [4], k: 7 })).toEqual({
      preset: 'digits',
      settings: expect.arrayContaining(settings),
    })
  })

  it('are none of what is no configuration', () => {
    for (const config of [null, {}, { k: 4 }, { names: ['a'] }]) expect(changedSettings(config)).toBeUndefined()
  })
})
