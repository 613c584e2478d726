import type { FileMetaData } from 'hyparquet'

/** Facts about columns that programs note beside what Parquet itself states. */
export interface ColumnHints {
  /** Columns that number or name the rows. */
  readonly index: ReadonlySet<string>
  /** Columns of durations; to Parquet they are whole numbers. */
  readonly durations: ReadonlySet<string>
}

/**
 * Reads the notes of pandas and Arrow in a file's footer. Malformed notes are ignored.
 *
 * @see https://pandas.pydata.org/docs/development/developer.html#storing-pandas-dataframe-objects-in-apache-parquet-format
 */
export function readHints({ key_value_metadata, schema }: FileMetaData): ColumnHints {
  const notes = new Map(key_value_metadata?.map(({ key, value }) => [key, value ?? '']))
  const pandas = pandasNotes(notes.get('pandas') ?? '')
  const unnamed = schema.map(({ name }) => name).filter((name) => /^__index_level_\d+__$/.test(name))
  return {
    index: new Set([...pandas.index, ...unnamed]),
    durations: new Set([...pandas.durations, ...arrowDurations(notes.get('ARROW:schema') ?? '')]),
  }
}

function pandasNotes(text: string): { index: string[]; durations: string[] } {
  const fields = (value: unknown) =>
    (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
  try {
    const { index_columns, columns } = fields(JSON.parse(text))
    // A range index is noted as an object, and is no column.
    const index = list(index_columns).filter((name): name is string => typeof name === 'string')
    const durations = list(columns).flatMap((column) => {
      const { name, field_name, numpy_type } = fields(column)
      const called = field_name ?? name
      return typeof called === 'string' && /^timedelta64/.test(String(numpy_type)) ? [called] : []
    })
    return { index, durations }
  } catch {
    return { index: [], durations: [] }
  }
}

/** The number of durations in Arrow's union of types. */
const durationType = 18

/**
 * Names of the fields of an Arrow schema whose type is a duration.
 *
 * @param text a message of Arrow's stream format in base64: a FlatBuffer
 * @see https://github.com/apache/arrow/blob/main/format/Schema.fbs
 */
function arrowDurations(text: string): string[] {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    const numbers = new DataView(bytes.buffer)
    // The message begins with 0xffffffff and its length, in older files with the length alone.
    const start = bytes.length >= 8 && numbers.getUint32(0, true) === 0xffffffff ? 8 : 4
    const buffer = new DataView(bytes.buffer, Math.min(start, bytes.length))
    const table = (at: number) => at + buffer.getUint32(at, true)
    const field = (at: number, index: number) => {
      const layout = at - buffer.getInt32(at, true)
      const slot = 4 + 2 * index
      const offset = slot < buffer.getUint16(layout, true) ? buffer.getUint16(layout + slot, true) : 0
      return offset === 0 ? null : at + offset
    }
    const header = field(table(0), 2)
    const fields = header === null ? null : field(table(header), 1)
    if (fields === null) return []
    const vector = table(fields)
    const count = Math.min(buffer.getUint32(vector, true), buffer.byteLength / 4)
    const names: string[] = []
    for (let i = 0; i < count; i++) {
      const one = table(vector + 4 + 4 * i)
      const [name, type] = [field(one, 0), field(one, 2)]
      if (name === null || type === null || buffer.getUint8(type) !== durationType) continue
      const at = table(name)
      const from = start + at + 4
      names.push(new TextDecoder().decode(bytes.subarray(from, from + buffer.getUint32(at, true))))
    }
    return names
  } catch (error) {
    // What is no base64 is a DOMException.
    if (error instanceof RangeError || error instanceof DOMException) return []
    throw error
  }
}
