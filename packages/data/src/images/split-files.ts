import { basename, isAbsolute, join, relative, sep } from 'node:path'
import { DataError, quoted } from '@dc/core/plugin'
import { readBytes } from '../files'
import { decodeText } from '../formats/text'
import { isUnknownLabel } from '../labels'

/** A line of a text table. */
export interface Row {
  /** Its number, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/** How {@link readRows} reads. */
export interface RowOptions {
  /** What separates fields; blanks by default. */
  readonly separator?: RegExp
  /** Whether the last field is all the rest of the line, blanks included. */
  readonly rest?: boolean
  /** Notices for the user are added here. */
  readonly notices?: string[]
}

/**
 * The lines of a text table as fields; empty lines are left out.
 *
 * @param fields least number of fields in each line
 * @throws DataError if the file cannot be read, is not text, has no lines, or a line has fewer fields; the message names the
 * line
 */
export async function readRows(path: string, fields: number, options: RowOptions = {}): Promise<Row[]> {
  const { separator = /\s+/, rest = false, notices = [] } = options
  const { text, notice } = decodeText(await readBytes(path), path)
  if (notice) notices.push(`${quoted(basename(path))}: ${notice}`)
  const rows = text.split(/\r\n|\r|\n/).flatMap((content, i): Row[] => {
    const line = content.trim()
    return line === ''
      ? []
      : [{ line: i + 1, fields: rest ? splitOff(line, separator, fields) : line.split(separator) }]
  })
  const short = rows.find((row) => row.fields.length < fields)
  if (short) throw wrongLine(path, short.line, `has ${short.fields.length} fields; expected ${fields}`)
  if (rows.length === 0) throw new DataError(`${quoted(path)} has no lines.`, { path })
  return rows
}

/** The first fields of a line, and the rest as one field. */
function splitOff(line: string, separator: RegExp, fields: number): string[] {
  const found: string[] = []
  let left = line
  while (found.length < fields - 1) {
    const next = separator.exec(left)
    if (!next) break
    found.push(left.slice(0, next.index))
    left = left.slice(next.index + next[0].length)
  }
  return [...found, left]
}

/** An error at a line of a file. */
export function wrongLine(path: string, line: number, what: string): DataError {
  return new DataError(`Line ${line} of ${quoted(basename(path))} ${what}.`, { path, line })
}

/**
 * Rows by their first field.
 *
 * @throws DataError if two rows have the same first field
 */
export function byId(rows: readonly Row[], path: string): Map<string, Row> {
  const found = new Map<string, Row>()
  for (const row of rows) {
    const [id] = row.fields
    const before = found.get(id)
    if (before) throw wrongLine(path, row.line, `is the second of ${quoted(id)}, after line ${before.line}`)
    found.set(id, row)
  }
  return found
}

/**
 * The path of a file that a list names, below a folder.
 *
 * @param source the list, for messages
 * @throws DataError if the name is empty or leads out of the folder
 */
export function pathInside(folder: string, name: string, source: string): string {
  const path = join(folder, name)
  const way = relative(folder, path)
  const outside = way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
  if (outside || isAbsolute(name))
    throw new DataError(`${quoted(source)} names ${quoted(name)}, which is no file below ${quoted(folder)}.`, {
      path: source,
      name,
    })
  return path
}

/** Labels that number the distinct values in the order of their first appearance; −1 for values that mean unknown. */
export function labelsInOrder(values: readonly string[]): { labels: number[]; names: string[] } {
  const classes = new Map<string, number>()
  const labels = values.map((value) => {
    if (isUnknownLabel(value)) return -1
    const known = classes.get(value) ?? classes.size
    classes.set(value, known)
    return known
  })
  return { labels, names: [...classes.keys()] }
}
