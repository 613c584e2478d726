import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { cardsOf } from './card-data'
import { ClusterCards } from './cards'
import { choices } from './colouring'
import type { Tool } from './gestures'
import { Legend } from './legend'
import { MapView } from './map'
import { Panel } from './panel'
import { Picture } from './picture'
import type { Rows } from './rows'
import { selectedRows } from './select'
import { firstState, fragmentOf, type Selection, type State, stateOf } from './state'

export interface Shown {
  readonly rows: Rows
  readonly address: boolean
  readonly cards: boolean
}

/**
 * The part of the page that people work in: map, grid, search.
 *
 * @param address whether the address of the page keeps what is looked at
 * @param cards whether there is a card for each cluster
 */
export function Explorer({ rows, address, cards }: Shown) {
  const root = useRef<HTMLDivElement>(null)
  const kinds = useMemo(() => choices(rows), [rows])
  const read = () =>
    stateOf(location.hash, { rows: rows.count, knows: (name) => kinds.some((kind) => kind.name === name) })
  const [state, setState] = useState<State>(address ? read : firstState)
  const [tool, setTool] = useState<Tool>('move')
  const [pointed, setPointed] = useState<number | null>(null)
  const [told, tell] = useState('')
  const { colour, selection, view } = state
  const change = (more: Partial<State>) => setState((before) => ({ ...before, ...more }))
  const select = (next: Selection) => change({ selection: next })
  const clear = () => select(firstState.selection)

  const colouring = useMemo(() => (kinds.find(({ name }) => name === colour) ?? kinds[0]).make(), [kinds, colour])
  const chosen = useMemo(() => selectedRows(rows, selection), [rows, selection])
  const about = useMemo(() => (cards ? cardsOf(rows) : []), [rows, cards])
  const cluster = selection.kind === 'cluster' ? selection.cluster : null

  useEffect(() => {
    if (chosen) tell(`${chosen.length} rows selected`)
  }, [chosen])
  // Browsers allow only so many changes of an address in a while.
  useEffect(() => {
    if (!address) return
    const timer = setTimeout(() => {
      const fragment = fragmentOf(state)
      if (fragment !== location.hash.slice(1)) history.replaceState(null, '', `#${fragment}`)
    }, 200)
    return () => clearTimeout(timer)
  }, [state])
  useEffect(() => {
    if (!address) return
    const changed = () => setState(read())
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  useEffect(() => showInPage(cluster), [cluster, about])
  useEffect(() => {
    const pressed = ({ target }: Event) => {
      const pressedOn = target as Element
      // A card as a whole is a larger button than its own; who marks its text wants that.
      const card = getSelection()?.type === 'Range' ? null : pressedOn.closest('.card')
      const button =
        pressedOn.closest<HTMLElement>('[data-show]') ?? card?.querySelector<HTMLElement>('[data-show]:not([hidden])')
      if (!button) return
      select({ kind: 'cluster', cluster: Number(button.dataset.show) })
      root.current!.scrollIntoView({ block: 'start' })
      root.current!.focus({ preventScroll: true })
    }
    document.addEventListener('click', pressed)
    return () => document.removeEventListener('click', pressed)
  }, [])

  const choose = (list: readonly number[], more: boolean) => {
    const before = more && selection.kind === 'rows' ? selection.rows : []
    const next = new Set(before)
    // A row that is picked again is let go.
    for (const row of list) if (!next.delete(row) || list.length > 1) next.add(row)
    select(next.size > 0 ? { kind: 'rows', rows: [...next].sort((a, b) => a - b) } : firstState.selection)
  }

  return (
    <div class="explorer" id="map" tabIndex={-1} ref={root}>
      <div class="bar tools">
        <label>
          Colour{' '}
          <select value={colouring.name} onChange={({ currentTarget }) => change({ colour: currentTarget.value })}>
            {kinds.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label class="search">
          Search{' '}
          <input
            type="search"
            placeholder={rows.data.texts ? 'text, name or row' : 'name or row'}
            value={selection.kind === 'search' ? selection.query : ''}
            onInput={({ currentTarget: { value } }) =>
              select(value.trim() === '' ? firstState.selection : { kind: 'search', query: value })
            }
          />
        </label>
        <fieldset class="switch" aria-label="What a pointer does on the map">
          {(['move', 'lasso'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={tool === name} onClick={() => setTool(name)}>
              {name === 'move' ? 'Move' : 'Lasso'}
            </button>
          ))}
        </fieldset>
      </div>
      <div class="sides">
        <div>
          <MapView
            {...{ rows, colouring, chosen, pointed, tool, view, tell }}
            onTool={setTool}
            onView={(next) => change({ view: next })}
            onRows={choose}
            onLasso={(corners) => select({ kind: 'lasso', corners })}
            onClear={clear}
          />
          <Legend
            {...{ rows, colouring, cluster }}
            onCluster={(next) => select(next === null ? firstState.selection : { kind: 'cluster', cluster: next })}
          />
        </div>
        <Panel
          {...{ rows, selection, chosen, tell }}
          onClear={clear}
          onCluster={(next) => select({ kind: 'cluster', cluster: next })}
          onPoint={setPointed}
          onRow={(row) => choose([row], false)}
        />
      </div>
      {cards && (
        <ClusterCards
          works
          cards={about}
          {...(rows.data.pictures && { picture: (row: number) => <Picture rows={rows} row={row} size={44} /> })}
        />
      )}
      <p class="unseen" role="status">
        {told}
      </p>
    </div>
  )
}

/** Marks what else in the page is about a cluster. */
function showInPage(cluster: number | null): void {
  document.querySelectorAll<HTMLElement>('[data-cluster]').forEach((element) => {
    const own = cluster !== null && element.dataset.cluster!.split(' ').includes(String(cluster))
    element.classList.toggle('chosen', own)
  })
}
