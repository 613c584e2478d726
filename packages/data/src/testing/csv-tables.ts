import { type CsvOptions, parseCsv } from '../formats/csv'

/** A CSV table from its text or bytes. */
export const table = (text: string | Uint8Array, options?: CsvOptions) =>
  parseCsv(typeof text === 'string' ? Buffer.from(text) : text, 't.csv', options)

/** Its rows of numbers. */
export const rows = (text: string | Uint8Array, options?: CsvOptions) => {
  const { values, columns } = table(text, options)
  return Array.from({ length: values.length / columns.length }, (_, row) =>
    Array.from(values.subarray(row * columns.length, (row + 1) * columns.length)),
  )
}
