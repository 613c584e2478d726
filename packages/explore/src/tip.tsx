import { printable } from '@dc/core/text'
import { Picture } from './picture'
import type { Rows } from './rows'

/** What a row is, beside the pointer. */
export function Tip({
  rows,
  at: { row, x, y },
  room: [width, height],
}: {
  readonly rows: Rows
  readonly at: { readonly row: number; readonly x: number; readonly y: number }
  readonly room: readonly [width: number, height: number]
}) {
  const style = {
    ...(x > width / 2 ? { right: `${Math.max(4, width - x + 14)}px` } : { left: `${x + 14}px` }),
    ...(y > height / 2 ? { bottom: `${Math.max(4, height - y + 14)}px` } : { top: `${y + 14}px` }),
    maxWidth: `${Math.max(140, Math.min(280, width / 2))}px`,
  }
  const text = rows.text(row)
  return (
    <div class="tip" style={style} aria-hidden="true">
      <Picture rows={rows} row={row} size={96} />
      {text !== undefined && <q>{text}</q>}
      <b>{rows.shownName(row, 80)}</b>
      {facts(rows, row).map(([term, value]) => (
        <span key={term}>
          {term}: {value}
        </span>
      ))}
    </div>
  )
}

/** What is known of a row, in words. */
export function facts(rows: Rows, row: number): [term: string, value: string][] {
  const { labels, clusters } = rows
  const { truth, certainty } = rows.data
  return [
    ['cluster', clusters.get(labels[row])?.name ?? '–'],
    ...(truth
      ? [['class', truth[row] < 0 ? 'not known' : `“${printable(rows.className(truth[row]), 60)}”`] as [string, string]]
      : []),
    ...(certainty ? [['certainty', certainty[row].toFixed(2)] as [string, string]] : []),
  ]
}
