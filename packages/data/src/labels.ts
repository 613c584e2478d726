import { DataError, quoted } from '@dc/core/plugin'
import { compareDecimals, type Decimal, parseDecimal, writeDecimal } from './formats/decimal'

/** A label as a file may contain it. */
export type LabelValue = string | number | bigint | boolean | null | undefined

/** Labels of rows in the form of a `Dataset`. `labels` is absent if no row has one. */
export interface EncodedLabels {
  /** Class 0…C−1 of each value, −1 for unknown. */
  readonly labels?: Int32Array
  /** The value of each class. */
  readonly classNames?: string[]
  /** What a user should know: how many labels are unknown, classes that may stand for that. */
  readonly notices: readonly string[]
}

/**
 * Turns label values of any kind into classes 0…C−1.
 *
 * Unknown, and so of no class: `null`, `undefined`, NaN, −1, the empty text and blanks, and the texts `nan` and `null` in
 * upper or lower case.
 *
 * If all others are numbers, or texts that are decimal numbers, classes are values in increasing order: `1`, `1.0` and `01` are
 * one class, and integers of any length stay different. Otherwise every text is a class of its own, in order of its UTF-16 units.
 * Neither depends on the unknown labels.
 *
 * @throws DataError for ±∞, and for objects, which have no text of their own
 * @example
 * encodeLabels(['cat', 'ant', null, 'cat'])   // { labels: Int32Array [1, 0, -1, 1], classNames: ['ant', 'cat'], … }
 */
export function encodeLabels(values: ArrayLike<LabelValue>): EncodedLabels {
  const { codes, distinct } = codesOf(values)
  const known = distinct.filter((value) => !isUnknownLabel(value))
  const classOf = classesOf(known)
  const labels = Int32Array.from(distinct, (value) => classOf.byText.get(String(value)) ?? -1)
  const rows = codes.map((code) => labels[code])
  const unknown = rows.reduce((count, label) => count + (label < 0 ? 1 : 0), 0)
  if (known.length === 0)
    return { notices: values.length > 0 ? ['no row has a label: all are empty, NaN, null or −1'] : [] }
  const notices = unknown > 0 ? [`${unknown} of ${values.length} rows have no label; they are in no class`] : []
  if (classOf.names.length === 1 && classOf.names[0] === '1' && distinct.some(isMinusOne))
    notices.push("label −1 means unknown, so '1' is the only class; write another number if −1 is a class")
  return { labels: rows, classNames: classOf.names, notices: [...notices, ...namesForUnknown(classOf.names, rows)] }
}

/** The distinct values, and the number of the distinct value of each value. */
function codesOf(values: ArrayLike<LabelValue>): { codes: Int32Array; distinct: LabelValue[] } {
  const known = new Map<LabelValue, number>()
  const codes = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
      throw new DataError(`The label in row ${i} (from 0) is ${value}.`, { row: i })
    if ((typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'symbol')
      throw new DataError(`The label in row ${i} (from 0) is no text, number or truth value, but ${typeof value}.`, {
        row: i,
      })
    let code = known.get(value)
    if (code === undefined) known.set(value, (code = known.size))
    codes[i] = code
  }
  return { codes, distinct: [...known.keys()] }
}

/** Whether a label means that the class is not known: see {@link encodeLabels}. */
export function isUnknownLabel(value: LabelValue): boolean {
  if (value === null || value === undefined) return true
  return /^\s*(?:[+-]?nan|null)?\s*$/i.test(String(value)) || isMinusOne(value)
}

function isMinusOne(value: LabelValue): boolean {
  const number = parseDecimal(String(value))
  return number !== null && writeDecimal(number) === '-1'
}

/** Names of the classes in their order, and the class of each text. */
function classesOf(known: readonly LabelValue[]): { names: string[]; byText: Map<string, number> } {
  const texts = known.map(String)
  const numbers = texts.map(parseDecimal)
  const numeric = numbers.every((number): number is Decimal => number !== null)
  const nameOf = (at: number) => (numeric ? writeDecimal(numbers[at]!) : texts[at])
  const order = texts.map((_, at) => at)
  if (numeric) order.sort((a, b) => compareDecimals(numbers[a]!, numbers[b]!))
  else order.sort((a, b) => (texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : 0))
  const names: string[] = []
  const byText = new Map<string, number>()
  for (const at of order) {
    if (names.at(-1) !== nameOf(at)) names.push(nameOf(at))
    byText.set(texts[at], names.length - 1)
  }
  return { names, byText }
}

const mayMeanUnknown = /^(?:<?n\/?a>?|#(?:n\/a|[a-z0-9/]+[!?])|nat|nil|none|undefined|unknown|missing|\?+|-+|\.)$/i

/** Texts by which other programs write what is unknown, but which may as well be names: Namibia, no tumour. */
function namesForUnknown(names: readonly string[], labels: Int32Array): string[] {
  return names.flatMap((name, label) => {
    if (!mayMeanUnknown.test(name)) return []
    const count = labels.reduce((sum, other) => sum + (other === label ? 1 : 0), 0)
    return [`${quoted(name)} is a class of ${count} rows; leave these labels empty if it means unknown`]
  })
}
