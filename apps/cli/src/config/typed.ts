import type { Typed } from '@dc/pipelines'
import type { RunFlags } from './flags'
import { applySettings } from './set-path'

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
