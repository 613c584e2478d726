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
