import { useEffect, useState } from 'preact/hooks'
import { type Correction, type Corrections, countOf, fileOf, listed, none, withOne } from './corrections'
import { download } from './export'
import type { Rows } from './rows'
import type { Selection } from './state'

/** Corrections that are listed. */
const mostListed = 50

/** What a person says of the selected rows or the selected cluster, and all that was said, as a file for the next run. */
export function Correct({
  rows,
  selection,
  chosen,
  tell,
}: {
  readonly rows: Rows
  readonly selection: Selection
  readonly chosen: Int32Array | null
  tell(text: string): void
}) {
  const { corrects } = rows.data
  const [all, setAll] = useState<Corrections>(none)
  const [saved, setSaved] = useState<Corrections>(none)
  const [name, setName] = useState('')
  const [refused, setRefused] = useState('')
  const [other, setOther] = useState(-1)
  const cluster = selection.kind === 'cluster' ? selection.cluster : null
  useEffect(() => {
    setName('')
    setRefused('')
    setOther(-1)
  }, [selection])
  useEffect(() => {
    if (all === saved || countOf(all) === 0) return
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', leaving)
    return () => removeEventListener('beforeunload', leaving)
  }, [all, saved])
  if (!corrects) return null

  const add = (one: Correction) => {
    const next = withOne(all, one, corrects.k)
    if (typeof next !== 'string') setAll(next)
    setRefused(typeof next === 'string' ? next : '')
    tell(typeof next === 'string' ? next : 'corrected')
  }
  const called = (own: number) => rows.clusters.get(own)?.name ?? `cluster ${own}`
  const numbers = () => Array.from(chosen ?? [], rows.number)
  const { labels } = rows
  const from =
    chosen && chosen.length > 0 && chosen.every((row) => labels[row] === labels[chosen[0]]) ? labels[chosen[0]] : null
  const clusters = [...rows.clusters.keys()].filter((own) => own !== cluster)
  const which = clusters.includes(other) ? other : clusters[0]
  const choice = (label: string) => (
    <select aria-label={label} value={which} onChange={({ currentTarget }) => setOther(Number(currentTarget.value))}>
      {clusters.map((own) => (
        <option key={own} value={own}>
          {called(own)}
        </option>
      ))}
    </select>
  )
  const list = listed(all, called)
  return (
    <details class="correct">
      <summary>Correct{list.length > 0 ? ` (${list.length})` : ''}</summary>
      {!chosen && list.length === 0 && <p class="note">Select a cluster or rows, and say what they are.</p>}
      {cluster !== null && (
        <div class="bar">
          <form
            class="bar"
            onSubmit={(event) => {
              event.preventDefault()
              add({ what: 'rename', cluster, name })
            }}
          >
            <input
              aria-label="New name of the cluster"
              placeholder="new name"
              maxLength={200}
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
            <button type="submit">Rename</button>
          </form>
          <button type="button" onClick={() => add({ what: 'split', cluster, into: 2 })}>
            Split in two
          </button>
          {clusters.length > 0 && (
            <span class="bar">
              <button type="button" onClick={() => add({ what: 'merge', clusters: [cluster, which] })}>
                Merge with
              </button>
              {choice('Cluster to merge with')}
            </span>
          )}
        </div>
      )}
      {chosen && cluster === null && chosen.length > 0 && (
        <div class="bar">
          {chosen.length > 1 && (
            <>
              <button type="button" onClick={() => add({ what: 'together', rows: numbers() })}>
                Belong together
              </button>
              <button type="button" onClick={() => add({ what: 'apart', rows: numbers() })}>
                Are apart
              </button>
            </>
          )}
          {from !== null && (
            <button type="button" onClick={() => add({ what: 'own', cluster: from, rows: numbers() })}>
              A cluster of their own
            </button>
          )}
          <button type="button" onClick={() => add({ what: 'noise', rows: numbers() })}>
            Noise
          </button>
          <span class="bar">
            <button type="button" onClick={() => add({ what: 'belong', cluster: which, rows: numbers() })}>
              Belong to
            </button>
            {choice('Cluster that they belong to')}
          </span>
        </div>
      )}
      {refused !== '' && <p class="hint">{refused}</p>}
      {list.length > 0 && (
        <>
          <ul class="said" aria-label="Corrections">
            {list.slice(0, mostListed).map(({ words, without }, at) => (
              <li key={at}>
                {words}
                <button type="button" aria-label={`Take back: ${words}`} onClick={() => setAll(without)}>
                  ×
                </button>
              </li>
            ))}
            {list.length > mostListed && <li>and {list.length - mostListed} more</li>}
          </ul>
          <button
            type="button"
            onClick={() => {
              download('corrections.json', fileOf(corrects, all), 'application/json')
              setSaved(all)
            }}
          >
            Download corrections.json
          </button>
          <p class="note">
            <code>dclust cluster DATA --corrections corrections.json --init RUN</code>, with the folder of this report
            as RUN, makes a new run that goes by them.
          </p>
        </>
      )}
    </details>
  )
}
