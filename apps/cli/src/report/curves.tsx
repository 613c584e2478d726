import { drawCurve } from './charts/curves'
import { Drawing } from './drawing'
import { fitted, shownName } from './names'
import { duration } from './numbers'
import type { RunResult } from './run-result'

/** What training went through: the work before its first epoch, and every log over the epochs, one small chart each. */
export function CurveSection({ run }: { run: RunResult }) {
  const names = [...new Set(run.seeds.flatMap(({ history }) => Object.keys(history[0] ?? {})))]
  if (names.length === 0) return null
  const { before, marks } = run.phases?.[run.shownSeed] ?? { before: [], marks: [] }
  const kinds = [...new Set(marks.map(({ what }) => what))]
  return (
    <section>
      <h2>Training</h2>
      <p class="note">
        Means over each epoch
        {run.seeds.length > 1 ? `; the strong line is seed ${run.shownSeed}, the others are faint` : ''}.
        {before.length > 0 &&
          ` Before the first epoch: ${before.map(({ phase, seconds }) => `${fitted(phase, 60)} (${duration(seconds)})`).join(', ')}.`}
      </p>
      {kinds.length > 0 && (
        <ul class="legend">
          {kinds.map((what) => (
            <li key={what}>
              <i class={what === 'the weights that are kept' ? 'mark kept' : 'mark'} />
              {what}: epoch{' '}
              {marks
                .filter((mark) => mark.what === what)
                .map(({ epoch }) => epoch)
                .join(', ')}
            </li>
          ))}
        </ul>
      )}
      <div class="curves">
        {names.map((name) => {
          const series = run.seeds.map(({ seed, history }) => ({
            values: history.map((logs) => logs[name]).filter(Number.isFinite),
            shown: seed === run.shownSeed,
          }))
          const last = series.find(({ shown }) => shown)?.values.at(-1)
          return (
            <figure key={name}>
              <figcaption>
                <b>{shownName(name)}</b>
                {last === undefined ? '' : `, ends at ${Number(last.toPrecision(4))}`}
              </figcaption>
              <Drawing svg={drawCurve(series, marks)} label={`${shownName(name)} over the epochs`} />
            </figure>
          )
        })}
      </div>
    </section>
  )
}
