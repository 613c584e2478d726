import { type Registry, UnknownPluginError } from '@dc/core'
import { presets as bootscPresets } from './presets-bootsc'
import { classicalPresets } from './presets-classical'
import { imageSystemPresets } from './presets-images-systems'
import { systemPresets } from './presets-systems'
import type { Recipe } from './recipe'
import type { RowKind } from './row-kind'

/** Recipes with a name; the first of each pipeline is its default where none is for the rows. */
export const presets: readonly Recipe[] = [
  ...bootscPresets,
  ...systemPresets,
  ...imageSystemPresets,
  ...classicalPresets,
]

/** The name of a pipeline's default for such rows, if it has one. */
export function defaultPreset(pipeline: string, rows?: RowKind): string | undefined {
  return rows && presets.find((preset) => preset.pipeline === pipeline && preset.for?.includes(rows))?.name
}

/**
 * The preset of a pipeline by name, or its first one. A pipeline that a plugin brings has no preset: it is trained as the
 * published BootSC is, with its own defaults.
 *
 * @throws UnknownPluginError naming the presets of this pipeline
 */
export function findPreset(pipeline: string, name?: string): Recipe {
  const own = presets.filter((preset) => preset.pipeline === pipeline)
  const found = name === undefined ? own[0] : own.find((preset) => preset.name === name)
  if (found) return found
  if (own.length > 0 || (name !== undefined && name !== pipeline))
    throw new UnknownPluginError(
      `preset of ${pipeline}`,
      name ?? '',
      own.map((preset) => preset.name),
    )
  return {
    ...presets[0],
    name: pipeline,
    pipeline,
    description: `${pipeline} with its own defaults`,
    options: {},
    labels: 'prototypes',
  }
}

/**
 * The recipe of a pipeline, by the preset's name. One without training steps has no training.
 *
 * @throws UnknownPluginError for a pipeline or a preset that does not exist
 */
export function recipeOf(pipeline: string, preset: string | undefined, registry: Registry): Recipe {
  const { traits } = registry.get('pipeline', pipeline)
  const recipe = findPreset(pipeline, preset)
  return traits?.classical ? { ...recipe, training: null } : recipe
}
