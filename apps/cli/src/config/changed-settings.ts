import { findPreset } from '@dc/pipelines'
import { leavesOf, valueAt } from './origins'
import { runConfigSchema } from './run-config'
import { reaches } from './typed'

/** A value that a run has otherwise than its preset. */
export interface ChangedSetting {
  /** As `--set` has it: `training.batchSize`. */
  readonly path: string
  readonly before: unknown
  readonly value: unknown
}

/**
 * The values of a configuration that its preset has otherwise, whether a person or the data changed them.
 *
 * @returns undefined for what is no configuration, or one of a preset that there is not
 */
export function changedSettings(config: unknown): { preset: string; settings: ChangedSetting[] } | undefined {
  const parsed = runConfigSchema.safeParse(config)
  if (!parsed.success) return undefined
  const { pipeline, preset } = parsed.data
  const { name: _, description: __, for: ___, steps: ____, ...recipe } = findPreset(pipeline, preset)
  const settings = leavesOf(parsed.data).flatMap(({ path, value }) => {
    if (!reaches(recipe, path)) return []
    const before = valueAt(recipe, path)
    return JSON.stringify(before) === JSON.stringify(value) ? [] : [{ path, before, value }]
  })
  return { preset, settings }
}
