import { type DecimalMark, decimalValue, isDecimal } from './decimal'

/**
 * What a cell of a table holds. `odd` begins like a number but is none (`0x10`, `5%`, `1.234,5`). `missing` stands for an
 * absent number, as programs write it (`NaN`, `?`, `inf`), or is a number that float64 does not hold (`1e400`).
 */
export type CellKind = 'number' | 'boolean' | 'date' | 'empty' | 'missing' | 'odd' | 'text'

/** Dates, times and durations, as written in ISO 8601, by spreadsheets and by pandas. */
const dates = [
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)? ?(?:Z|UTC|[+-]\d{2}:?\d{2})?$/i,
  /^\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?$/i,
  /^\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[- ]\d{2,4}$/i,
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? \d{4}$/i,
  /^[+-]?(?:\d+ days?,? ?(?:\+?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?|\d{1,3}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AP]M)?)$/i,
  /^[+-]?P(?=\d|T\d)(?:\d+(?:\.\d+)?[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?$/i,
]
const missing = /^(?:[+-]?(?:nan|inf|infinity)|<?na>?|n\/a|#[a-z0-9/]+[!?]?|null|none|nil|nat|\?+|-+|\.+|1\.#\w+)$/i

/** @param cell without blanks around it */
export function cellKind(cell: string, mark: DecimalMark = '.'): CellKind {
  if (cell === '') return 'empty'
  if (isDecimal(cell, mark)) return Number.isFinite(decimalValue(cell, mark)) ? 'number' : 'missing'
  // Dates and signs for a missing number are short.
  if (cell.length > 40) return /^[+\-.\d]/.test(cell) ? 'odd' : 'text'
  if (/^(?:true|false)$/i.test(cell)) return 'boolean'
  if (missing.test(cell)) return 'missing'
  if (dates.some((form) => form.test(cell))) return 'date'
  return /^[+\-−.,\d$€£¥]/.test(cell) ? 'odd' : 'text'
}

const thousands = /^[+-]?\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d+)?$/

/** What is said of a cell of which nothing else is known. */
export const notFinite = 'is not a finite number'

/** Why a cell is no number for a feature, with a hint. */
export function whyNoNumber(cell: string, mark: DecimalMark): string {
  const kind = cellKind(cell, mark)
  if (kind === 'empty') return 'is empty'
  if (kind === 'date') return 'is a date, a time or a duration, which are no numbers'
  if (isDecimal(cell, mark)) return 'does not fit float64'
  if (kind === 'boolean') return 'is a truth value in a column of numbers'
  // These patterns are not linear, so the length they look at is bounded.
  const start = cell.slice(0, 200)
  if (/^[+-]?\d[\d.,]*[ \t;|]+[+-]?\d/.test(start) && !thousands.test(start))
    return 'is not a finite number, but several; option delimiter names the character between cells'
  if (mark === '.' && isDecimal(cell, ','))
    return "is not a finite number; option decimal: ',' reads decimal commas, separators of thousands are to be left out"
  if (mark === ',' && isDecimal(cell)) return "is not a finite number; option decimal: '.' reads decimal points"
  if (thousands.test(start)) return 'is not a finite number; separators of thousands are to be left out'
  return notFinite
}
