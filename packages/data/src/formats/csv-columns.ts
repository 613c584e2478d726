import { OptionError, printable, quoted } from '@dc/core/plugin'

/** A column by its name, or by its number from 0 (negative from the end). A text that is no name may be a number too. */
export type ColumnReference = string | number

/**
 * The number of the column that an option means. A number out of range that is also a name is taken as the name.
 *
 * @throws OptionError naming the option if there is none, or more than one
 */
export function columnAt(
  option: string,
  reference: ColumnReference,
  names: readonly string[],
  header: boolean,
): number {
  const text = String(reference)
  const byName = names.flatMap((name, column) => (name === text ? [column] : []))
  const position = typeof reference === 'number' ? (reference < 0 ? names.length + reference : reference) : -1
  const inRange = Number.isInteger(position) && position >= 0 && position < names.length
  // A negative number in range always counts from the end.
  if (inRange && header && text[0] !== '-' && byName.length > 0 && !byName.includes(position))
    throw new OptionError(
      option,
      reference,
      `one column; number ${position} is ${quoted(names[position])}, and number ${byName[0]} is called '${text}' (the text '${text}' means the name)`,
    )
  if (inRange) return position
  if (byName.length > 1)
    throw new OptionError(option, reference, `one column; numbers ${byName.slice(0, 9).join(', ')} are called so`)
  if (byName.length === 1) return byName[0]
  if (typeof reference === 'string' && /^-?\d{1,15}$/.test(text)) return columnAt(option, Number(text), names, header)
  const listed = printable(names.map((name) => name || "''").join(', '), 400)
  throw new OptionError(
    option,
    reference,
    typeof reference === 'string'
      ? `columns ${listed}`
      : `0…${names.length - 1}, or −1…−${names.length}${header ? `; columns ${listed}` : ''}`,
  )
}
