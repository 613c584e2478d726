import type { RunFlags } from './flags'
import { applySettings } from './set-path'

/** Which settings of a run the user gave. All others are defaults, which may be changed to fit the data. */
export interface Typed {
  /** How the user gave a setting, such as `--batch-size` or `--set options.heads`; null if the user did not. */
  source(path: string): string | null
}

/** No setting was given. */
export const nothingTyped: Typed = { source: () => null }

/**
 * The settings that are on the command line.
 *
 * @example
 * typedSettings({ set: ['options.heads=2'], plugin: [] }).source('options.heads') // '--set options.heads'
 */
export function typedSettings(flags: RunFlags): Typed {
  const said = applySettings<unknown>({}, flags.set)
  return {
    source(path) {
      if (reaches(said, path)) return `--set ${path}`
      return path === 'training.batchSize' && flags.batchSize !== undefined ? '--batch-size' : null
    },
  }
}

function reaches(value: unknown, path: string): boolean {
  let at = value
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false
    at = (at as Record<string, unknown>)[key]
  }
  return at !== undefined
}
