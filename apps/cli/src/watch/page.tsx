import { colour } from '@dc/explore/parts'
import { render } from 'preact-render-to-string'
import { drawCurve } from '../report/charts/curves'
import { Drawing } from '../report/drawing'
import { fitted, shownName } from '../report/names'
import { count, duration, scoreText } from '../report/numbers'
import { style } from '../report/style.css'
import type { RunState } from './read-state'

/** Curves that are shown. */
const mostCurves = 12

/** Fetches what stands in `main` again, and says so where nobody answers. */
export const script = `
const main = document.querySelector('main');
const again = async () => {
  try {
    const answer = await fetch(location.pathname + location.search + '&part=main', { cache: 'no-store' });
    if (!answer.ok) throw new Error();
    const text = await answer.text();
    if (answer.headers.get('x-state') === 'finished' && main.dataset.state === 'works') return location.reload();
    if (text !== main.innerHTML) main.innerHTML = text;
    document.body.classList.remove('gone');
  } catch { document.body.classList.add('gone'); }
  setTimeout(again, 1500);
};
setTimeout(again, 1500);
`

const more = `
.gone::before { content: 'Nobody answers any more: the run or dclust watch has ended.'; display: block; padding: 10px 24px;
  background: var(--wrong); color: #fff; }
.live { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 20px; }
.live svg { width: 100%; height: auto; display: block; }
progress { width: 100%; }
`

/** A page around what is shown. */
export function wholePage(title: string, state: string, main: string): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: `${style}${more}` }} />
      </head>
      <body>
        <main data-state={state} dangerouslySetInnerHTML={{ __html: main }} />
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  )
  return `<!doctype html>\n${render(page)}\n`
}

const inWords = { works: 'works', finished: 'finished', stopped: 'stopped' } as const

/** A run while it works: how far it is, its curves, a map of some rows, the sizes of the clusters among them. */
export function runMain(run: RunState, home: string | null): string {
  const { config, live, secondsLeft, curves, state, far } = run
  const done = live.epoch !== undefined && live.epochs !== undefined
  const phase = live.phase
  return render(
    <>
      <header>
        {home !== null && (
          <p class="eyebrow">
            <a href={home}>all runs</a>
          </p>
        )}
        <h1>{`${config.pipeline} on ${shownName(config.data.name)}`}</h1>
        <p class="lead">
          {far ? `It ${far}` : fitted(live.note ?? inWords[state], 200)}
          {secondsLeft !== null && `; about ${duration(secondsLeft)} left of this training`}
        </p>
      </header>
      {(done || phase) && (
        <section>
          <h2>{fitted(live.label ?? '', 60)}</h2>
          {done && <Progress what="epoch" at={live.epoch!} of={live.epochs!} />}
          {phase && <Progress what={phase.phase} at={phase.done} of={phase.total} />}
        </section>
      )}
      {live.sample && <Sample {...live.sample} />}
      {curves.size > 0 && (
        <section>
          <h2>Training</h2>
          <div class="curves">
            {[...curves].slice(0, mostCurves).map(([name, series]) => (
              <figure key={name}>
                <figcaption>
                  <b>{shownName(name)}</b>, {scoreText([series.at(-1)?.at(-1)])}
                </figcaption>
                <Drawing
                  svg={drawCurve(
                    series.map((values, at) => ({
                      values: values.filter(Number.isFinite),
                      shown: at === series.length - 1,
                    })),
                  )}
                  label={`${shownName(name)} over the epochs`}
                />
              </figure>
            ))}
          </div>
        </section>
      )}
    </>,
  )
}

function Progress({ what, at, of }: { what: string; at?: number; of?: number }) {
  return (
    <p>
      <label>
        {fitted(what, 60)} {at !== undefined && of !== undefined ? `${count(at)} of ${count(of)}` : ''}
        <progress {...(at !== undefined && of !== undefined && { value: at, max: of })} />
      </label>
    </p>
  )
}

function Sample({ labels, places }: { labels: readonly number[]; places: readonly number[] }) {
  const sizes = new Map<number, number>()
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1)
  const sorted = [...sizes].sort(([a], [b]) => a - b)
  const largest = Math.max(...sizes.values())
  return (
    <section>
      <h2>Some rows now</h2>
      <p class="note">{count(labels.length)} rows, drawn once, by the network's own clusters after the last epoch.</p>
      <div class="live">
        <svg viewBox="0 0 300 300" role="img" aria-label="Map of some rows, coloured by cluster">
          {labels.map((label, at) => (
            <circle
              key={at}
              cx={10 + 280 * places[2 * at]}
              cy={290 - 280 * places[2 * at + 1]}
              r="3"
              fill={colour(label)}
            />
          ))}
        </svg>
        <svg viewBox={`0 0 300 ${18 * sorted.length}`} role="img" aria-label="Sizes of the clusters among them">
          {sorted.map(([label, size], at) => (
            <g key={label}>
              <text x="0" y={18 * at + 13} font-size="11" fill="currentColor">
                {`cluster ${label}`}
              </text>
              <rect x="76" y={18 * at + 3} height="12" width={(190 * size) / largest} fill={colour(label)} />
              <text x={82 + (190 * size) / largest} y={18 * at + 13} font-size="11" fill="currentColor">
                {size}
              </text>
            </g>
          ))}
        </svg>
      </div>
    </section>
  )
}

/** All runs of a folder, with a link to each. */
export function startMain(folder: string, runs: readonly { readonly run: RunState; readonly link: string }[]): string {
  const score = ({ metrics }: RunState, name: 'acc' | 'nmi' | 'silhouette') =>
    metrics ? scoreText([metrics.final[name]]) : ''
  return render(
    <>
      <header>
        <h1>{count(runs.length)} runs</h1>
        <p class="lead">in {fitted(folder, 100)}</p>
      </header>
      <section>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                {['run', 'pipeline', 'data', 'clusters', 'state', 'ACC', 'NMI', 'silhouette', 'time'].map((head) => (
                  <th key={head}>{head}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map(({ run, link }) => (
                <tr key={link}>
                  <th>
                    <a href={link}>{fitted(run.path.split(/[\\/]/).at(-1)!, 50)}</a>
                  </th>
                  <td>{`${run.config.pipeline} (${run.config.preset})`}</td>
                  <td>{shownName(run.config.data.name)}</td>
                  <td>{run.metrics?.k ?? run.config.k ?? ''}</td>
                  <td>{run.live.epochs ? `epoch ${run.live.epoch} of ${run.live.epochs}` : inWords[run.state]}</td>
                  <td>{score(run, 'acc')}</td>
                  <td>{score(run, 'nmi')}</td>
                  <td>{score(run, 'silhouette')}</td>
                  <td>{run.metrics ? duration(run.metrics.seconds) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>,
  )
}
