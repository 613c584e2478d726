import { type ColumnFacts, columnFacts } from './csv-column-facts'
import type { DecimalMark } from './decimal'

/** What the first records of a table show. */
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

/** What people call a column of labels. */
const labelWord =
  /^(?:y|y_?true|(?:true_?)?(?:labels?|class(?:es)?)|class_?(?:id|name|label)|targets?|categor(?:y|ies)|cluster|species|truth)$/i

/**
 * Whether record 1 of a table holds the names of its columns. It does in four cases:
 *
 * 1. It has texts above numbers, and no number.
 * 2. It counts the columns, 0, 1, 2 …, and the data do not continue the count: half of the columns hold fractions, or at least
 *    three columns hold other numbers.
 * 3. At least three numbers in it lie at equal distances, such as years or wavelengths, and all data lie elsewhere. The data are
 *    fractions, or the label column's cell is a text.
 * 4. The label column's cell is a word that means label, and is no label below.
 *
 * A cell that is empty, `NaN`, `?`, `inf`, `1e400` or `0x10` counts for neither side. If the label column's cell is also a label
 * below, record 1 is data.
 */
export function guessHeader({ first, below, label: labelAt, mark }: HeaderFacts): HeaderGuess {
  const columns = first.map((_, at) => columnFacts(first, below, at, mark))
  const label = labelAt === undefined ? undefined : columns[labelAt]
  const features = columns.filter((column) => column !== label)
  const numbers = features.filter(({ kind }) => kind === 'number' || kind === 'boolean')
  const names = features.filter(
    ({ kind, below }) => (kind === 'text' && below.values > 0) || (kind === 'date' && below.numbers > 0),
  )
  if (label?.kind === 'text' && label.recurs) return { header: false }
  if (numbers.length === 0) {
    const texts = features.every(({ kind, below }) => kind === 'text' && below.values === 0)
    return { header: names.length > 0 || texts }
  }
  if (below.length === 0) return { header: false }
  if (names.length > 0) return { header: numbers.length > 1 && isCount(numbers) && numbers.every(isForeign) }
  const shown = numbers.slice(0, 3).map(({ cell }) => cell)
  const what = `record 1 (${shown.join(', ')}${numbers.length > 3 ? ', …' : ''})`
  const asNames = `${what} is taken as the names of the columns`
  const otherwise = 'option header: false takes it as data'
  if (label?.kind === 'text' && labelWord.test(label.cell))
    return { header: true, notice: `${asNames}, for it calls the labels '${label.cell}'; ${otherwise}` }
  const others = features.filter((column) => !numbers.includes(column))
  const othersFit = others.every(
    ({ kind, recurs, at }) => (kind === 'text' && !recurs) || (kind === 'empty' && at === 0),
  )
  const asData = {
    header: false,
    notice: `${what} is taken as data; option header: true takes it as the names of the columns`,
  }
  if (!othersFit || (label?.kind === 'number' && label.cell !== String(label.at))) return { header: false }
  const standsOut = isProgression(numbers) && numbers.every(isForeign)
  if (goesOn(numbers)) {
    const mayCount = (label?.kind === 'text' && isCount(numbers, 0)) || (standsOut && isCount(numbers))
    return mayCount ? asData : { header: false }
  }
  if (standsOut && (label?.kind === 'text' || numbers.every(({ below }) => below.fractions)))
    return { header: true, notice: `${asNames}, for its numbers lie at equal distances; ${otherwise}` }
  if (!numbers.every(({ cell, at }) => cell === String(at)) && !isCount(numbers, 0))
    return standsOut || (numbers.length > 2 && isCount(numbers)) ? asData : { header: false }
  const named = label?.kind === 'text' && label.below.distinct * 2 <= below.length
  const fractions = numbers.filter(({ below }) => below.fractions).length * 2 >= numbers.length
  const foreign = numbers.length > 2 && holdOtherNumbers(numbers)
  return (fractions && (numbers.length > 1 || named)) || foreign
    ? { header: true, notice: `${asNames}, for it counts them; ${otherwise}` }
    : asData
}

/** Whether whole numbers count up by one, from the first of them or from `from`. */
function isCount(columns: readonly ColumnFacts[], from = columns[0].value): boolean {
  return columns.every(({ cell }, i) => cell === String(from + i))
}

function isProgression(columns: readonly ColumnFacts[]): boolean {
  const step = columns.length > 2 ? columns[1].value - columns[0].value : 0
  const size = Math.max(Math.abs(columns[0].value), Math.abs(columns[columns.length - 1].value))
  return step !== 0 && columns.every(({ value }, i) => Math.abs(value - columns[0].value - i * step) <= size * 1e-9)
}

/** Whether the next record has the same numbers, all greater by the same: then record 1 begins a count of its own. */
function goesOn(columns: readonly ColumnFacts[]): boolean {
  const step = ({ value, below }: ColumnFacts) => below.next - value
  const size = columns.reduce((most, { value, below }) => Math.max(most, Math.abs(value), Math.abs(below.next)), 0)
  if (columns.length === 1) return Number.isInteger(step(columns[0]))
  return columns.every((column) => Math.abs(step(column) - step(columns[0])) <= size * 1e-9)
}

/** Whether a name that is a number would stand out as a value of its column. */
function isForeign({ value, below }: ColumnFacts): boolean {
  return below.numbers > 0 && (value < below.low || value > below.high)
}

/** Whether the data have numbers other than those that count the columns: rankings, classes and bits have not. */
function holdOtherNumbers(columns: readonly ColumnFacts[]): boolean {
  const last = columns[columns.length - 1].value
  return columns.some(({ below }) => below.low < 0 || below.high > last)
}
