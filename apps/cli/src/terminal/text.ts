import { printable } from '@dc/core'

/** Most characters in a line of narration. A line is longer only because of what it quotes. */
const longestLine = 4000

/** Lines for a terminal: control characters are escaped, and the length is bounded. */
export function terminalLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line, longestLine))
    .join('\n')
}

/** JSON for a terminal. Characters that a terminal obeys are escaped in its strings; it still parses to the same values. */
export function jsonText(value: unknown, indent?: number): string {
  const escaped = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`
  return JSON.stringify(value, null, indent).replace(obeyed, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  )
}

// The characters that `printable` of @dc/core escapes, except those that JSON escapes itself: C0 controls, lone surrogates.
const obeyed = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu

/** A path as a word of a shell's command line. */
export function shellWord(path: string): string {
  if (/^[\w./:@%+=,-]+$/.test(path)) return path
  return `'${printable(path, 1000).replaceAll("'", "'\\''")}'`
}
