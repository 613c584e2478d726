import { quoted } from '@dc/core/plugin'

/** What people call a column of true classes: `label`, `class`, `target`, `true_label`, `y`. */
const classNames = /^(?:(?:true|class|cluster|ground)[-_. ])?(?:labels?|class(?:es)?|targets?|truth|category|y)$/i

/**
 * A sentence for users where a column that is a feature seems to hold the true classes: its name says so, and it has few whole
 * numbers. Taken as a feature, such a column would tell the clustering what it is to find.
 *
 * @param names of the columns, in their order
 * @param values `[n, width]`
 */
export function classNotice(names: readonly string[], values: ArrayLike<number>, width: number): string | undefined {
  const rows = values.length / width
  for (const [column, name] of names.entries()) {
    // A y beside an x is a coordinate.
    if (!classNames.test(name) || (/^y$/i.test(name) && names.some((other) => /^x$/i.test(other)))) continue
    const found = new Set<number>()
    // At least two rows of a class, on average.
    for (let row = 0; row < rows && found.size <= rows / 2; row++) found.add(values[row * width + column])
    if (found.size < 2 || found.size > rows / 2 || ![...found].every(Number.isInteger)) continue
    return `column ${quoted(name)} is a feature, though it seems to hold the true classes; option label: ${quoted(name)} takes it as such`
  }
  return undefined
}
