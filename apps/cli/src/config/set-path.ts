import { DcError, printable, quoted, show } from '@dc/core'

/**
 * Applies `path=value` settings to a configuration: `training.epochs=20`, `options.backbone.name=mlp`, `seeds.0=7`.
 * The value is read as JSON if it is JSON, else as text. A part on the path that is given by its name alone becomes `{ name
 * }`.
 *
 * @returns a changed copy
 * @throws DcError for a setting without `=`, or a path through something that has no members
 */
export function applySettings<T>(config: T, settings: readonly string[]): T {
  const changed = structuredClone(config)
  for (const setting of settings) {
    const cut = setting.indexOf('=')
    if (cut < 1)
      throw new DcError(`--set ${printable(setting)}: expected path=value, such as training.epochs=20.`, { setting })
    const path = setting.slice(0, cut).split('.')
    assign(changed as Members, path, parseValue(setting.slice(cut + 1)), setting)
  }
  return changed
}

type Members = Record<string, unknown>

function assign(members: Members, path: readonly string[], value: unknown, setting: string): void {
  const [key, ...rest] = path
  if (key === '' || ['__proto__', 'constructor', 'prototype'].includes(key))
    throw new DcError(`--set ${printable(setting)}: ${quoted(key)} is no name of a setting.`, { setting })
  if (rest.length === 0) {
    members[key] = value
    return
  }
  let next = members[key] ?? (members[key] = {})
  if (typeof next === 'string') next = members[key] = { name: next }
  if (typeof next !== 'object')
    throw new DcError(`--set ${printable(setting)}: ${quoted(key)} is ${show(next)} and has no ${quoted(rest[0])}.`, {
      setting,
    })
  assign(next as Members, rest, value, setting)
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
