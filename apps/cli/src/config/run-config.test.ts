import { parseOptions } from '@dc/core'
import { presets, recipeSchema } from '@dc/pipelines'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly'
import { resolveConfig } from './resolve'
import { runConfigSchema } from './run-config'

describe('recipes', () => {
  it.each(presets.map((preset) => [`${preset.pipeline} --preset ${preset.name}`, preset] as const))(
    '%s is a recipe, and its run keeps all that it says',
    (_, preset) => {
      const { name, description, for: rows, data, steps, ...method } = parseOptions(recipeSchema, preset, 'recipe')
      const flags = { set: [], plugin: [], preset: name }
      const config = resolveConfig(preset.pipeline, flags, assemble())
      expect(config).toMatchObject({ preset: name, ...(data && { data }), ...method })
      expect(Object.keys(config).sort()).toEqual(Object.keys(runConfigSchema.shape).sort())
    },
  )

  it.each(presets)(
    '$pipeline --preset $name: its description does not say how many epochs a run has',
    ({ description }) => {
      // It stands in the table and report of runs of other lengths, too.
      expect(description).not.toMatch(/\d+ epochs/)
    },
  )

  it('and configurations have one list of fields', () => {
    const [own, run] = [recipeSchema, runConfigSchema].map(({ shape }) => Object.entries(shape))
    const shared = own.filter(([name]) => name in runConfigSchema.shape && name !== 'data')
    expect(shared.map(([name]) => name)).toEqual(
      expect.arrayContaining(['pipeline', 'training', 'options', 'labels', 'start', 'unseen', 'beside']),
    )
    for (const [name, schema] of shared) expect(schema).toBe(Object.fromEntries(run)[name])
  })
})
