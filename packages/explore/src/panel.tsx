import { useEffect, useMemo, useState } from 'preact/hooks'
import { Correct } from './correct'
import { copy, csvOf, download, namesOf } from './export'
import { colour } from './palette'
import { Picture } from './picture'
import type { Rows } from './rows'
import type { Selection } from './state'
import { facts } from './tip'

/** Tiles that are shown at first, and added by each press. */
const atOnce = 120

const orders = {
  sure: 'surest first',
  unsure: 'least certain first',
  data: 'as in the data',
} as const

/** The rows that are selected: what they are, a grid of them, and what can be done with them. */
export function Panel({
  rows,
  selection,
  chosen,
  onClear,
  onCluster,
  onPoint,
  onRow,
  tell,
}: {
  readonly rows: Rows
  readonly selection: Selection
  readonly chosen: Int32Array | null
  onClear(): void
  onCluster(cluster: number): void
  onPoint(row: number | null): void
  onRow(row: number): void
  tell(text: string): void
}) {
  const [order, setOrder] = useState<keyof typeof orders>('sure')
  const [most, setMost] = useState(atOnce)
  useEffect(() => setMost(atOnce), [chosen])
  const all = useMemo(() => chosen ?? Int32Array.from({ length: rows.count }, (_, row) => row), [rows, chosen])
  const sorted = useMemo(() => {
    const { certainty } = rows.data
    if (order === 'data' || !certainty) return all
    const turn = order === 'sure' ? -1 : 1
    return all.slice().sort((a, b) => turn * (certainty[a] - certainty[b]) || a - b)
  }, [rows, all, order])
  const { noun } = rows.data
  const name = `rows-${selection.kind}${selection.kind === 'cluster' ? `-${selection.cluster}` : ''}`
  return (
    <div class="panel">
      <div class="bar">
        <h3>{titleOf(rows, selection, all.length)}</h3>
        <button
          type="button"
          onClick={async () =>
            tell(
              (await copy(namesOf(rows, sorted))) ? `${all.length} names copied` : 'the browser let nothing be copied',
            )
          }
        >
          Copy names
        </button>
        <button type="button" onClick={() => download(`${name}.csv`, csvOf(rows, sorted), 'text/csv')}>
          Download CSV
        </button>
        {chosen && (
          <button type="button" onClick={onClear}>
            Clear
          </button>
        )}
      </div>
      <Correct {...{ rows, selection, chosen, tell }} />
      {chosen && selection.kind !== 'cluster' && <Shares rows={rows} chosen={all} onCluster={onCluster} />}
      {rows.data.of !== undefined && rows.count < rows.data.of && (
        <p class="note">
          The page has {rows.count.toLocaleString('en-US')} of {rows.data.of.toLocaleString('en-US')} rows; labels.csv
          has all.
        </p>
      )}
      {rows.data.certainty && (
        <label class="order">
          Order{' '}
          <select value={order} onChange={({ currentTarget }) => setOrder(currentTarget.value as keyof typeof orders)}>
            {Object.entries(orders).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <ul class={`grid ${noun}`} aria-label="Rows">
        {Array.from(sorted.subarray(0, most), (row) => (
          <li key={row}>
            <Tile rows={rows} row={row} onPoint={onPoint} onRow={onRow} />
          </li>
        ))}
      </ul>
      {sorted.length > most && (
        <button type="button" class="more" onClick={() => setMost(most + 2 * atOnce)}>
          Show more of {sorted.length.toLocaleString('en-US')}
        </button>
      )}
      {sorted.length === 0 && <p class="note">No row is like that.</p>}
    </div>
  )
}

function Tile({
  rows,
  row,
  onPoint,
  onRow,
}: {
  readonly rows: Rows
  readonly row: number
  onPoint(row: number | null): void
  onRow(row: number): void
}) {
  const { noun } = rows.data
  const group = rows.clusters.get(rows.labels[row])
  const words = [rows.shownName(row, 80), ...facts(rows, row).map((fact) => fact.join(' '))].join(', ')
  return (
    <button
      type="button"
      class="tile"
      title={words}
      aria-label={words}
      onPointerEnter={() => onPoint(row)}
      onPointerLeave={() => onPoint(null)}
      onFocus={() => onPoint(row)}
      onBlur={() => onPoint(null)}
      onClick={() => onRow(row)}
    >
      <i class="dot" style={{ background: group ? colour(group.colour) : 'var(--line)' }} />
      <Picture rows={rows} row={row} size={noun === 'image' ? 52 : 24} />
      {noun !== 'image' && (
        <span>
          {rows.text(row) ?? rows.shownName(row)}
          {rows.data.texts && rows.data.names && <small>{rows.shownName(row)}</small>}
        </span>
      )}
    </button>
  )
}

/** Which clusters selected rows are in. */
function Shares({ rows, chosen, onCluster }: { rows: Rows; chosen: Int32Array; onCluster(cluster: number): void }) {
  const counts = new Map<number, number>()
  for (const row of chosen) {
    const label = rows.labels[row]
    counts.set(label, 1 + (counts.get(label) ?? 0))
  }
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 6)
  return (
    <ul class="chips" aria-label="Clusters of these rows">
      {most.map(([cluster, count]) => (
        <li key={cluster}>
          <button type="button" class="chip" onClick={() => onCluster(cluster)}>
            <i class="dot" style={{ background: colour(rows.clusters.get(cluster)?.colour ?? 0) }} />
            {rows.clusters.get(cluster)?.name} <small>{count.toLocaleString('en-US')}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}

function titleOf(rows: Rows, selection: Selection, count: number): string {
  const { noun } = rows.data
  const many = `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
  switch (selection.kind) {
    case 'all':
      return `All ${many}`
    case 'cluster':
      return `${rows.clusters.get(selection.cluster)?.name ?? 'no cluster'}: ${many}`
    case 'lasso':
      return `${many} in the lasso`
    case 'search':
      return `${many} found`
    case 'rows':
      return `${many} selected`
  }
}
