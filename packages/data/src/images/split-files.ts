import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { DataError } from '@dc/core'

/**
 * The lines of a text table as fields; empty lines are left out.
 *
 * @throws DataError if the file cannot be read, or a line has fewer fields than asked for (its number is named)
 */
export async function readFields(path: string, fields: number, separator: RegExp = /\s+/): Promise<string[][]> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw new DataError(`Cannot read '${path}': ${error.message}.`, { path }, error)
  })
  const rows: string[][] = []
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return
    const row = line.trim().split(separator)
    if (row.length < fields)
      throw new DataError(`Line ${i + 1} of '${basename(path)}' has ${row.length} fields; expected ${fields}.`, {
        path,
        line: i + 1,
      })
    rows.push(row)
  })
  if (rows.length === 0) throw new DataError(`'${path}' has no lines.`, { path })
  return rows
}

/** Numbers of the distinct values, 0… in the order they first appear, as labels. */
export function labelsInOrder(values: readonly string[]): { labels: number[]; names: string[] } {
  const classes = new Map<string, number>()
  const labels = values.map((value) => {
    if (!classes.has(value)) classes.set(value, classes.size)
    return classes.get(value)!
  })
  return { labels, names: [...classes.keys()] }
}
