import { csvCell } from '@dc/core/text'
import type { Rows } from './rows'

type Column = readonly [name: string, of: (row: number) => string | number]

/** Rows as a CSV that a spreadsheet can open: what is written in a name is no formula there. */
export function csvOf(rows: Rows, chosen: Int32Array): string {
  const { data, labels } = rows
  const { truth, certainty } = data
  const texts: Column = ['text', (row) => csvCell(data.texts![row])]
  const classes: Column = ['class', (row) => (truth![row] < 0 ? '' : csvCell(rows.className(truth![row])))]
  const sure: Column = ['certainty', (row) => certainty![row].toFixed(2)]
  const columns: Column[] = [
    ['row', (row) => rows.number(row)],
    ['name', (row) => csvCell(rows.name(row))],
    ...(data.texts ? [texts] : []),
    ['label', (row) => labels[row]],
    ['cluster', (row) => csvCell(rows.clusters.get(labels[row])?.name ?? '')],
    ...(truth ? [classes] : []),
    ...(certainty ? [sure] : []),
    ...data.labelings.slice(1).map((other): Column => [other.name, (row) => other.labels[row]]),
  ]
  const lines = Array.from(chosen, (row) => columns.map(([, of]) => of(row)).join(','))
  return `${[columns.map(([name]) => csvCell(name)).join(','), ...lines].join('\n')}\n`
}

/** Names of rows, a line each; a name that has several lines stands in one. */
export const namesOf = (rows: Rows, chosen: Int32Array): string =>
  Array.from(chosen, (row) => rows.name(row).replace(/[\r\n\u2028\u2029]+/g, ' ')).join('\n')

/** Saves a text or bytes as a file of the reader's. */
export function download(name: string, content: BlobPart, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  // Not at once: the browser may not have read it yet.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Puts a text where it can be pasted from. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedByHand(text)
  }
}

/** Where a page from disk may not write to the clipboard, what is selected in it can be copied all the same. */
function copiedByHand(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  return done
}
