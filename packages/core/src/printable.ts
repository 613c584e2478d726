/**
 * Text from outside (names of files, cells, labels, archives, servers, plugins) as a terminal or a message may show it.
 * Control characters, line ends, characters that turn the direction of writing, and lone surrogates become escapes such as
 * `\x1b`. Long text loses its middle.
 *
 * @param most the greatest number of characters (UTF-16 units) of the answer, at least 8
 * @returns text without any character that a terminal obeys
 * @example
 * printable('a\x1b[31mb') // 'a\\x1b[31mb'
 */
export function printable(text: string, most = 120): string {
  // The middle that is left out is not looked at: a cell may be a gigabyte.
  const half = Math.floor((most - 1) / 2)
  if (text.length <= most) {
    const shown = escaped(text)
    if (shown.length <= most) return shown
    return `${whole(shown.slice(0, half))}…${whole(shown.slice(-half))}`
  }
  const [start, end] = [text.slice(0, half), text.slice(-half)].map((part) => escaped(whole(part)))
  return `${whole(start.slice(0, half))}…${whole(end.slice(-half))}`
}

/** {@link printable} text between quotes, as messages name things: `'…'`. */
export function quoted(text: string, most = 120): string {
  return `'${printable(text, most)}'`
}

/** As {@link printable}, but of any length and with its line ends: for whole messages. */
export function printableLines(text: string): string {
  return text.split('\n').map(escaped).join('\n')
}

// C0, DEL and C1 controls; line and paragraph separators; marks, embeddings, overrides and isolates of direction; BOM;
// lone surrogates; tags.
const obeyed =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu

const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(text: string): string {
  return text.replace(obeyed, (character) => {
    if (character in short) return short[character]
    const code = character.codePointAt(0)!
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** Without the half of a pair that a cut left over. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
}
