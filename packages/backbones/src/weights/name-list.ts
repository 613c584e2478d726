import { quoted } from '@dc/core'

/** The first names of a list, for a message; `empty` if there are none. */
export function nameList(names: readonly string[], empty = 'none'): string {
  const shown = names.slice(0, 6).map((name) => (name === '' ? empty : quoted(name)))
  return `${shown.join(', ')}${names.length > 6 ? ', …' : ''}`
}
