/** An exact decimal number, `±digits · 10^exponent`. `digits` neither begins nor ends with 0; for zero it is empty. */
export interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

// A sign, digits with at most one point, an exponent. No hexadecimal, no `1_000`, no `Infinity`. A text matches in one way
// only, so that matching takes time in proportion to its length.
const grammar = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const grammarWithComma = /^[+-]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][+-]?\d+)?$/

/** The decimal mark of `5.1` or `5,1`. */
export type DecimalMark = '.' | ','

/** Whether a text is a decimal number, apart from blanks around it. */
export function isDecimal(text: string, mark: DecimalMark = '.'): boolean {
  return (mark === ',' ? grammarWithComma : grammar).test(text.trim())
}

/**
 * The value of a decimal number in float64.
 *
 * @returns NaN for any other text, and for a number other than 0 that float64 rounds to 0; ±∞ for a number beyond float64
 */
export function decimalValue(text: string, mark: DecimalMark = '.'): number {
  const trimmed = text.trim()
  if (!isDecimal(trimmed, mark)) return Number.NaN
  const value = Number(mark === ',' ? trimmed.replace(',', '.') : trimmed)
  return value === 0 && /^[^eE]*[1-9]/.test(trimmed) ? Number.NaN : value
}

/** A decimal number without rounding; null for a text that is none. */
export function parseDecimal(text: string): Decimal | null {
  if (!isDecimal(text)) return null
  const [mantissa, power = '0'] = text.trim().toLowerCase().split('e')
  const [whole, fraction = ''] = mantissa.replace(/^[+-]/, '').split('.')
  const all = whole + fraction
  const [start, end] = [all.search(/[1-9]/), lastNonZero(all) + 1]
  if (end === 0) return { negative: false, digits: '', exponent: 0 }
  const exponent = Number(power) - fraction.length + all.length - end
  if (!Number.isSafeInteger(exponent)) return null
  return { negative: mantissa[0] === '-', digits: all.slice(start, end), exponent }
}

function lastNonZero(digits: string): number {
  let at = digits.length - 1
  while (at >= 0 && digits[at] === '0') at--
  return at
}

/** −1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [signA, signB] = [a, b].map(({ negative, digits }) => (digits === '' ? 0 : negative ? -1 : 1))
  if (signA !== signB) return Math.sign(signA - signB)
  const order = a.digits.length + a.exponent - (b.digits.length + b.exponent)
  if (order !== 0) return Math.sign(order) * signA
  return (a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0) * signA
}

/** A decimal number in its one normal form: as JavaScript writes numbers, but with all digits. */
export function writeDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0'
  const sign = negative ? '-' : ''
  const point = digits.length + exponent
  if (point > 21 || point < -5) {
    const power = point - 1
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${sign}${digits[0]}${fraction}e${power < 0 ? '' : '+'}${power}`
  }
  if (exponent >= 0) return `${sign}${digits}${'0'.repeat(exponent)}`
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
  return `${sign}0.${'0'.repeat(-point)}${digits}`
}
