import { type ReadOptions, readBytes } from '../files'
import { eachRecord, excelDelimiter, otherDelimiter } from './csv-records'
import { toUtf8 } from './text'

/** The records of a CSV file, each a list of texts. */
export interface CsvCells {
  readonly records: readonly (readonly string[])[]
  /** A sentence for the user, if the file was not UTF-8. */
  readonly notice?: string
}

/**
 * Reads a CSV file as texts, plain or gzip, in any of the encodings of {@link readCsv}. The delimiter is a comma; or what
 * Excel noted; or a semicolon, tab or bar where every line has as many of them and the first has no comma. Blank lines are no
 * records.
 *
 * @throws DataError if the file cannot be read or parsed
 * @example
 * const { records: [header, ...rows] } = await readCsvCells('labels.csv')
 */
export async function readCsvCells(path: string, options: ReadOptions = {}): Promise<CsvCells> {
  const records: string[][] = []
  const { notice } = await eachCsvRecord(path, (cells) => void records.push([...cells]), options)
  return notice === undefined ? { records } : { records, notice }
}

/** As {@link readCsvCells}, one record at a time, so that the cells of a long file are never all in memory. */
export async function eachCsvRecord(
  path: string,
  take: (cells: readonly string[], record: number) => void,
  options: ReadOptions = {},
): Promise<{ readonly notice?: string }> {
  const { bytes, notice } = toUtf8(await readBytes(path, options), path)
  const { delimiter, table } = excelDelimiter(bytes)
  eachRecord(table, path, delimiter ?? evidentDelimiter(table), (cells, { record }) => take(cells, record))
  return notice === undefined ? {} : { notice }
}

function evidentDelimiter(table: Uint8Array): string {
  const [first] = new TextDecoder().decode(table.subarray(0, 1 << 16)).split(/\r\n|\r|\n/, 1)
  return first.includes(',') ? ',' : (otherDelimiter(table) ?? ',')
}
