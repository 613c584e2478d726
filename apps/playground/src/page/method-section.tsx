import { useState } from 'preact/hooks'
import { type MethodName, methodNames, type Summary, type Task } from '../worker/messages'
import { methods } from './methods'
import type { Actions, Session } from './session'

/** `?backend=wasm` takes one that is not the best, to try it. */
const backend = new URLSearchParams(location.search).get('backend')

/** How the rows are clustered. */
export function MethodSection({
  session: { task, outcome },
  actions,
  summary,
}: {
  session: Session
  actions: Actions
  summary: Summary
}) {
  const [method, setMethod] = useState<MethodName>(task?.method ?? 'kmeans')
  const [k, setK] = useState(task ? String(task.k) : String(firstK(summary)))
  const wanted = k.trim() === '' || k.trim() === 'auto' ? 'auto' : Number(k)
  const most = summary.rows
  const sound = wanted === 'auto' || (Number.isInteger(wanted) && wanted >= 2 && wanted <= most)
  const chosen: Task = { method, k: wanted, seed: task?.seed ?? 0, ...(backend && { backend }) }
  return (
    <section>
      <h2>{outcome ? 'Another method' : 'Method'}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (sound) actions.fit(chosen)
        }}
      >
        <fieldset class="methods" aria-label="Method">
          {methodNames.map((name) => (
            <label key={name}>
              <input type="radio" name="method" checked={method === name} onChange={() => setMethod(name)} />
              <span>
                <b>{methods[name].title}</b>
                <small>{methods[name].about}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="row settings">
          <label>
            Clusters{' '}
            <input
              type="text"
              inputMode="numeric"
              value={k}
              aria-invalid={!sound}
              aria-describedby="about-k"
              onInput={({ currentTarget }) => setK(currentTarget.value)}
            />
          </label>
          <span class="note" id="about-k">
            {sound
              ? method === 'leiden'
                ? 'auto: as many as it finds'
                : 'a number, or auto: as many as the rows speak for'
              : `2 … ${most.toLocaleString('en')}, the number of rows, or auto`}
          </span>
          <button type="submit" class="main" disabled={!sound}>
            {methods[method].trained ? 'Train' : 'Cluster'}
          </button>
        </div>
      </form>
    </section>
  )
}

/** As many as there are classes, if they are known. */
function firstK({ truth }: Summary): number | 'auto' {
  const classes = truth ? new Set(truth.filter((label) => label >= 0)).size : 0
  return classes >= 2 ? classes : 'auto'
}
