import { DataError, DcError, hasNodeModule, printable, quoted } from '@dc/core/plugin'
import { parse } from '#csv-parse'

/** Where a record stands in its file, both counted from 1. Blank lines are no records. A quoted cell may span lines. */
export interface Place {
  readonly record: number
  readonly line: number
}

/**
 * Visits the records of a CSV text. Line ends may be mixed. Blanks around unquoted cells are removed. Records may differ in
 * length.
 *
 * @param bytes UTF-8
 * @throws DataError for quotes that do not fit
 */
export function eachRecord(
  bytes: Uint8Array,
  path: string,
  delimiter: string,
  take: (cells: readonly string[], place: Place) => void,
): void {
  try {
    parse(given(bytes), {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      // One record at a time, so that the cells of a file are never all in memory as texts.
      on_record: (cells: string[], { records, lines }) => {
        take(cells, { record: records, line: lines })
        return null
      },
    })
  } catch (error) {
    if (DcError.isInstance(error)) throw error
    const why = printable((error as Error).message, 300)
    throw new DataError(`${quoted(path)} is not a table in CSV form: ${why}`, { path }, error)
  }
}

/** Node's parser takes a buffer; that for pages makes one of its own kind from a text. */
const given = (bytes: Uint8Array): Buffer | string =>
  hasNodeModule('node:buffer') ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : textOf(bytes)

const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

/** The table without the line that Excel may write before it, `sep=;`, and the delimiter that this line names. */
export function excelDelimiter(bytes: Uint8Array): { delimiter?: string; table: Uint8Array } {
  const found = /^"?sep=(.)"?(?:\r\n|\r|\n)/.exec(textOf(bytes.subarray(0, 16)))
  return found
    ? { delimiter: found[1], table: bytes.subarray(new TextEncoder().encode(found[0]).length) }
    : { table: bytes }
}

/**
 * A delimiter other than the comma: one that stands in each of the first lines, and equally often. Null if there is none.
 */
export function otherDelimiter(bytes: Uint8Array): string | null {
  const start = textOf(bytes.subarray(0, 1 << 16))
  // The last line may be incomplete.
  const lines = start.split(/\r\n|\r|\n/).slice(0, bytes.length > 1 << 16 ? -1 : undefined)
  const shown = lines
    .filter((line) => line.trim() !== '')
    .slice(0, 100)
    .map((line) => line.replace(/"(?:[^"]|"")*"/g, ''))
  if (shown.length < 2) return null
  const counts = (delimiter: string) => shown.map((line) => line.split(delimiter).length - 1)
  return (
    [';', '\t', '|'].find((delimiter) => new Set(counts(delimiter)).size === 1 && shown[0].includes(delimiter)) ?? null
  )
}
