import { methods } from './methods'
import type { Actions, Session } from './session'

/** What is being done, how far it is, and how it is ended. */
export function WorkSection({
  session: { progress, task, backend, stopping },
  actions,
}: {
  session: Session
  actions: Actions
}) {
  const { title, trained } = methods[task!.method]
  const { phase = 'starting', done, total, left, loss } = progress ?? {}
  const share = done !== undefined && total ? done / total : null
  return (
    <section>
      <h2>{title}</h2>
      <div
        class={share === null ? 'bar-of unknown' : 'bar-of'}
        role="progressbar"
        aria-label={`${title}: ${phase}`}
        {...(share !== null && { 'aria-valuenow': Math.round(100 * share), 'aria-valuemin': 0, 'aria-valuemax': 100 })}
      >
        <i style={share === null ? undefined : { width: `${100 * share}%` }} />
      </div>
      <p class="stand">
        <b role="status">{phase}</b>
        {total !== undefined && (
          <span>
            {done ?? 0} of {total}
          </span>
        )}
        {left !== undefined && left > 0 && <span>about {duration(left)} left in this phase</span>}
        {loss !== undefined && <span>loss {loss.toPrecision(4)}</span>}
      </p>
      {trained && backend && <p class="note">{backend.description}. The map moves as the network learns.</p>}
      <div class="row">
        {trained && (
          <button type="button" onClick={actions.stop} disabled={stopping === true}>
            {stopping ? 'Ends after this epoch …' : 'Enough: label by what it has learned'}
          </button>
        )}
        <button type="button" onClick={actions.quit}>
          Cancel
        </button>
      </div>
    </section>
  )
}

/** `8 s`, `3 min`. */
export function duration(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`
}
