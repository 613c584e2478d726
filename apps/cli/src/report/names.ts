import { printable } from '@dc/core'
import stringWidth from 'string-width'

/**
 * A name from outside, shortened to a number of columns in a table or a chart. Characters that a terminal or a line of text
 * obeys are escaped; a longer name loses its middle. East Asian characters and emoji take two columns.
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
 * A name shortened to a number of columns in a chart. zrender keeps the widths it has measured in a plain object, by text. A
 * text that is a member of every object (`constructor`) would count as measured, and `__proto__` would change all objects. A
 * character without width makes such a name another text.
 */
export function chartText(name: string, columns: number): string {
  const text = fitted(name, columns)
  return text in {} ? `${text}\u200b` : text
}

/** Characters by how wide they are in the widest of the usual fonts, in parts of the font size; others are 0.66 wide. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[iljI.,:;'|!()[\] ]/, 0.4],
  [/[frt"\-/\\]/, 0.46],
  [/[mwMW@%“”…]/, 1],
  [/\p{Lu}/u, 0.79],
]

/** About how many pixels wide the widest of some texts is at this size, rather too many than too few. */
export function widest(texts: readonly string[], fontSize: number): number {
  return texts.reduce((most, text) => Math.max(most, fontSize * widthOf(text)), 0)
}

function widthOf(text: string): number {
  let sum = 0
  for (const sign of text) {
    const columns = stringWidth(sign)
    if (columns === 0) continue
    sum += columns > 1 ? 1.05 : (widths.find(([signs]) => signs.test(sign))?.[1] ?? 0.66)
  }
  return sum
}
