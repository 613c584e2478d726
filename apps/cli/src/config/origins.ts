import type { Typed } from '@dc/pipelines'
import { findPreset } from '@dc/pipelines'
import type { RunConfig } from './run-config'
import { reaches } from './typed'

/** A value of a configuration, and where it comes from. */
export interface Value {
  /** As `--set` has it: `training.batchSize`. */
  readonly path: string
  readonly value: unknown
  /** What its user gave it by; `the data`, `preset NAME` or `default`. */
  readonly origin: string
}

/**
 * Every value of a configuration with its origin.
 *
 * @param config with all its defaults
 * @param asked before it was made to fit the data
 * @param fitted after that
 */
export function originsOf(config: RunConfig, asked: RunConfig, fitted: RunConfig, typed: Typed): Value[] {
  const { name: _, description: __, for: ___, steps: ____, ...recipe } = findPreset(config.pipeline, config.preset)
  const originOf = (path: string, value: unknown) => {
    const source = typed.source(path)
    if (path === 'pipeline') return source ?? 'argument'
    if (reaches(fitted, path) && !same(valueAt(asked, path), valueAt(fitted, path))) return source ?? 'the data'
    if (source !== null) return source
    if (path === 'preset') return 'default for such rows'
    return reaches(recipe, path) && same(valueAt(recipe, path), value) ? `preset ${config.preset}` : 'default'
  }
  return leavesOf(config).map(({ path, value }) => ({ path, value, origin: originOf(path, value) }))
}

/** The values that have no members. */
export function leavesOf(value: unknown, path = ''): { path: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return [{ path, value }]
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, path === '' ? name : `${path}.${name}`))
}

/** The value at a path; a plugin that is named by a text is its own `name`. */
export function valueAt(value: unknown, path: string): unknown {
  let found = value
  for (const key of path.split('.')) {
    if (typeof found === 'string' && key === 'name') return found
    found = (found as Record<string, unknown> | null | undefined)?.[key]
  }
  return found
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
