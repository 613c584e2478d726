import { quoted } from '@dc/core/plugin'

/** The first of many names, for a message: `'a', 'b', 'c' and 2 more`. */
export function someOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map((name) => quoted(name, 60))
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}
