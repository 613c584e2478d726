import { printable } from '@dc/core'

/** Characters of a line of narration; what is longer was made so by what it quotes. */
const longestLine = 4000

/** Lines for a terminal: without characters that it obeys, and bounded. */
export function terminalLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line, longestLine))
    .join('\n')
}

/** JSON for a terminal: what a terminal would obey stands escaped in its strings, so that it reads back as the same values. */
export function jsonText(value: unknown, indent?: number): string {
  const escaped = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`
  return JSON.stringify(value, null, indent).replace(obeyed, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  )
}

// What `printable` of @dc/core escapes, but for what JSON escapes by itself: C0 controls and lone surrogates.
const obeyed = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu

/** A path as a word of a shell's command line. */
export function shellWord(path: string): string {
  if (/^[\w./:@%+=,-]+$/.test(path)) return path
  return `'${printable(path, 1000).replaceAll("'", "'\\''")}'`
}
