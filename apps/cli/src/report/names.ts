import { printable } from '@dc/core'
import stringWidth from 'string-width'

/**
 * A name from outside in so many columns of a table or a chart: without what a terminal or a line of text obeys, and
 * without its middle if it is longer. East Asian characters and emoji take two columns.
 *
 * @param columns at least 16
 * @example
 * fitted('食べ物', 40) // '食べ物'
 */
export function fitted(name: string, columns: number): string {
  let most = columns
  let shown = printable(name, most)
  while (stringWidth(shown) > columns && most > 8) shown = printable(name, --most)
  return shown
}

/** A name in the running text of a page. */
export const shownName = (name: string): string => fitted(name, 60)

/**
 * A name in so many columns of a chart. zrender, which measures it, keeps what it has measured under its text in a plain
 * object: a text that every object has a member for (`constructor`) would be taken for measured, and `__proto__` would
 * change all objects. A character without width makes it another text.
 */
export function chartText(name: string, columns: number): string {
  const text = fitted(name, columns)
  return text in {} ? `${text}\u200b` : text
}

/** About how many pixels the widest of some texts takes at this size. */
export function widest(texts: readonly string[], fontSize: number): number {
  return texts.reduce((most, text) => Math.max(most, 0.6 * fontSize * stringWidth(text)), 0)
}
