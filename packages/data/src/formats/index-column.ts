import { quoted } from '@dc/core/plugin'

/** The names that pandas gives to columns without one when it reads a table. */
export const namelessColumn = /^(?:Unnamed: \d+(?:_level_\d+)?(?:\.\d+)*)?$/

/**
 * Whether a column of whole numbers numbers the rows, as programs write the index of a table: it counts up by one, perhaps
 * beginning anew where tables were joined; or all its numbers are different, as when rows were picked or shuffled.
 *
 * @param values `[n, width]`
 */
export function countsRows(values: ArrayLike<number>, width: number, column: number): boolean {
  let counting = true
  const numbers = new Float64Array(values.length / width)
  for (let row = 0; row < numbers.length; row++) {
    const value = values[row * width + column]
    if (!Number.isInteger(value) || value < 0) return false
    numbers[row] = value
    const begins = value === 0 || value === 1
    counting &&= row === 0 ? begins : value === numbers[row - 1] + 1 || begins
  }
  // Zeros and ones are no count.
  if (counting && numbers.some((value) => value > 1)) return true
  numbers.sort()
  return numbers.every((value, i) => i === 0 || value !== numbers[i - 1])
}

/** What people call a column that numbers or names the rows: `id`, `PassengerId`, `row_index`, `No.`, `#`. */
const idName = /^(?:.*[-_. ])?(?:ids?|index|idx|uid|key)$|^(?:no|nr|row|rownum|#)\.?$/i
const camelId = /[a-z]I[dD]$/

/**
 * A sentence for users where a column that has a name of its own, and so is a feature, seems to number the rows: it counts up
 * by one, from 0 or 1, or its name says so and its numbers are all different.
 *
 * @param values `[n, width]`
 */
export function numberingNotice(
  name: string,
  values: ArrayLike<number>,
  width: number,
  column: number,
): string | undefined {
  const rows = values.length / width
  if (rows < 3) return undefined
  let counts = values[column] === 0 || values[column] === 1
  for (let row = 1; counts && row < rows; row++)
    counts = values[row * width + column] === values[(row - 1) * width + column] + 1
  const saysSo = idName.test(name) || camelId.test(name)
  if (!counts && !(saysSo && countsRows(values, width, column))) return undefined
  return `column ${quoted(name)} is a feature, though it seems to number the rows; option ignore: ${quoted(name)} leaves it out`
}
