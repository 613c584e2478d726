import { type Dataset, printable } from '@dc/core'
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

/** The beginning of a text, which is read from there: it loses its end, after a whole word if there is one. */
export function beginning(text: string, columns: number): string {
  // Of a very long text the rest is not looked at.
  const start = text.slice(0, 2 * columns)
  const shown = printable(start, 20 * columns)
  if (start.length === text.length && stringWidth(shown) <= columns) return shown
  let kept = shown
  while (stringWidth(kept) > columns - 1) kept = [...kept].slice(0, -1).join('')
  return `${kept.replace(/(?<=\S.*)\s+\S{0,16}$/s, '')}…`
}

/** What one row is called in the singular: of features, what they were made of. */
export function nounOf({ image, texts, seen }: Pick<Dataset, 'image' | 'texts' | 'seen'>): 'image' | 'text' | 'row' {
  if (image || seen?.image) return 'image'
  return texts || seen?.texts ? 'text' : 'row'
}

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
