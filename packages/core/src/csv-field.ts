// Text from outside in a CSV file that people open in a spreadsheet, which takes some texts for formulas and runs them.

/** What begins a formula in some spreadsheet, also behind blanks: these signs, and their wide forms. */
const sign = '[=+\\-@＝＋－＠]'
/** Where a cell may begin: at the start, and after what some country's spreadsheet takes for a delimiter. */
const begins = '(?<=^|[;\\t\\r\\n])'
/** Behind apostrophes, so that what was written with them is told from what was put there. */
const blanks = '[^\\S\\t\\r\\n]*'
const formula = `'*(?:${blanks}${sign}|[\\t\\r\\n])`
const harmful = new RegExp(`${begins}(?=${formula})`, 'g')
const disarmed = new RegExp(`${begins}'(?=${formula})`, 'g')
const decimal = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i

/**
 * A text as a cell of a CSV file: quoted where it must be, and harmless. A spreadsheet takes `=1+1` for a formula; an
 * apostrophe before it makes it text. Numbers, such as -5, stay as they are. {@link textOfCell} takes the apostrophes away.
 *
 * @example
 * csvCell('=HYPERLINK("x")') // `"'=HYPERLINK(""x"")"`
 */
export function csvCell(text: string): string {
  const harmless = decimal.test(text) ? text : text.replace(harmful, "'")
  return /^[\w./ ()-]*$/.test(harmless) && harmless.trim() === harmless
    ? harmless
    : `"${harmless.replaceAll('"', '""')}"`
}

/** The text that {@link csvCell} was given, from the cell as a parser of CSV reads it. */
export function textOfCell(cell: string): string {
  return cell.replace(disarmed, '')
}
