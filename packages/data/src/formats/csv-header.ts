import { type CellKind, cellKind } from './cell'
import type { DecimalMark } from './decimal'

/** What the first records of a table show of its columns. */
export interface HeaderFacts {
  /** Record 1, a cell for each column. */
  readonly first: readonly string[]
  /** Some records below it. */
  readonly below: readonly (readonly string[])[]
  /** The label column, if it is known by its number. */
  readonly label?: number
  readonly mark: DecimalMark
}

/** Whether record 1 holds names, and a sentence for users where that may be taken in two ways. */
export interface HeaderGuess {
  readonly header: boolean
  readonly notice?: string
}

/**
 * Whether record 1 of a table holds the names of its columns.
 *
 * It does if a text stands in it above numbers, and no number does; or if its cells count the columns, 0, 1, 2 …, above data
 * that do not go on with it: half of the columns hold fractions, or three columns and more hold other numbers. A cell that is empty, `NaN`, `?`,
 * `inf`, `1e400` or `0x10` tells nothing. The label column is not asked, but if its first cell is a label below as well, record 1
 * is data.
 */
export function guessHeader(facts: HeaderFacts): HeaderGuess {
  const { first, below, label, mark } = facts
  const kinds = first.map((cell) => cellKind(cell, mark))
  const features = kinds.map((_, column) => column).filter((column) => column !== label)
  const bodies = features.map((column) => bodyOf(below, column, mark))
  const numbers = features.filter((column) => kinds[column] === 'number' || kinds[column] === 'boolean')
  const isName = (kind: CellKind, at: number) =>
    (kind === 'text' && bodies[at].values > 0) || (kind === 'date' && bodies[at].numbers > 0)
  const names = features.filter((column, at) => isName(kinds[column], at))
  const known = label !== undefined && kinds[label] === 'text' && below.some((cells) => cells[label] === first[label])
  if (known) return { header: false }
  if (numbers.length === 0) {
    const texts = features.every((column) => kinds[column] === 'text')
    return { header: names.length > 0 || (texts && bodies.every(({ values }) => values === 0)) }
  }
  const parts = numbers.filter((column) => !bodies[features.indexOf(column)].whole)
  // Beside names, as in `id,2019,2020`, numbers may count from anywhere.
  if (names.length > 0) {
    const foreign = numbers.every((column) => isForeign(Number(first[column]), bodies[features.indexOf(column)]))
    return { header: numbers.length > 1 && counts(facts, numbers) && foreign }
  }
  if (!countsColumns(facts, numbers, kinds) || goesOn(facts, numbers)) return { header: false }
  const others = numbers.length > 2 && holdsOtherNumbers(facts, numbers)
  const shown = numbers.slice(0, 3).map((column) => first[column])
  const what = `record 1 (${shown.join(', ')}${numbers.length > 3 ? ', …' : ''})`
  return numbers.length > 1 && (parts.length * 2 >= numbers.length || others)
    ? {
        header: true,
        notice: `${what} is taken as the names of the columns, for it counts them; option header: false takes it as data`,
      }
    : { header: false, notice: `${what} is taken as data; option header: true takes it as the names of the columns` }
}

/** Whether the next record has the same numbers, all greater by the same: then record 1 begins a count of its own. */
function goesOn({ first, below }: HeaderFacts, numbers: readonly number[]): boolean {
  if (below.length === 0) return true
  const step = (column: number) => Number(below[0][column]) - Number(first[column])
  return numbers.every((column) => Number.isInteger(step(column)) && step(column) === step(numbers[0]))
}

/** Whether the data have numbers other than those that count the columns: rankings, classes and bits have not. */
function holdsOtherNumbers({ below }: HeaderFacts, numbers: readonly number[]): boolean {
  const last = numbers[numbers.length - 1]
  return below.some((cells) => numbers.some((column) => Number(cells[column]) < 0 || Number(cells[column]) > last))
}

/** Whether the cells of record 1 in these columns count up by one, from the first of them or from `from`. */
function counts({ first }: HeaderFacts, columns: readonly number[], from = Number(first[columns[0]])): boolean {
  return columns.every((column, at) => first[column] === String(from + at))
}

/** Whether the numbers in record 1 count the columns, and what stands beside them may be a name. */
function countsColumns(facts: HeaderFacts, numbers: readonly number[], kinds: readonly CellKind[]): boolean {
  const { first, below, label } = facts
  const atPlace = (column: number) => first[column] === String(column)
  const everyAtPlace = numbers.every(atPlace)
  if (!everyAtPlace && !counts(facts, numbers, 0)) return false
  if (label !== undefined && kinds[label] === 'number' && !atPlace(label)) return false
  return kinds.every((kind, column) => {
    if (column === label || numbers.includes(column)) return true
    const isNew = kind === 'text' && !below.some((cells) => cells[column] === first[column])
    return isNew || (kind === 'empty' && column === 0)
  })
}

interface Body {
  /** Cells that are numbers, truth values or dates, if no cell is text; else 0. */
  readonly values: number
  readonly numbers: number
  /** Whether all numbers are written as whole ones. */
  readonly whole: boolean
  readonly low: number
  readonly high: number
}

function bodyOf(below: readonly (readonly string[])[], column: number, mark: DecimalMark): Body {
  let [numbers, others, texts, whole, low, high] = [0, 0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const cells of below) {
    const cell = cells[column] ?? ''
    const kind = cellKind(cell, mark)
    if (kind === 'text') texts++
    if (kind === 'boolean' || kind === 'date') others++
    if (kind !== 'number') continue
    numbers++
    const value = Number(cell.replace(',', '.'))
    if (/^[+-]?\d+$/.test(cell)) whole++
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return { values: texts > 0 ? 0 : numbers + others, numbers, whole: whole === numbers, low, high }
}

/** Whether a name that is a number would stand out as a value of its column. */
function isForeign(name: number, { numbers, whole, low, high }: Body): boolean {
  return numbers > 0 && (!whole || name < low || name > high)
}
