import { colour, Scroll } from '@dc/explore/parts'
import { render } from 'preact-render-to-string'
import { drawCurve } from '../report/charts/curves'
import { Drawing } from '../report/drawing'
import { script } from '../report/explore/scripts'
import { fitted, shownName } from '../report/names'
import { count, duration, scoreText } from '../report/numbers'
import { style } from '../report/style.css'
import { liveElements } from './live-rows'
import type { RunState } from './read-state'

/** Curves that are shown. */
const mostCurves = 12

const more = `
.gone::before { content: 'Nobody answers any more: the run or dclust watch has ended.'; display: block; padding: 10px 24px;
  background: var(--card); border-bottom: 4px solid var(--wrong); font-weight: 600; }
.sizes { list-style: none; margin: 8px 0 0; padding: 0; font-size: .86rem; font-variant-numeric: tabular-nums; }
.sizes li { display: flex; align-items: center; gap: 8px; padding: 1px 0; }
.sizes span { flex: 0 0 92px; overflow-wrap: anywhere; }
.sizes i { height: 12px; border-radius: 0 4px 4px 0; }
progress { width: 100%; }
`

/** A page around what is shown. @param map whether rows may be shown too */
export function wholePage(title: string, state: string, main: string, map = false): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: `${style}${more}` }} />
      </head>
      <body>
        <main>
          <div id={liveElements.state} data-state={state} dangerouslySetInnerHTML={{ __html: main }} />
          {map && (
            <section id={liveElements.map} class="map-section" hidden>
              <h2>Some rows now</h2>
              <p class="note">
                Rows that were drawn once, where the network puts them after its last epoch, by its own clusters.
              </p>
              <div />
            </section>
          )}
        </main>
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
        <h1>{`${config.pipeline} on ${dataOf(run)}`}</h1>
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
      {live.sample && <Sizes labels={live.sample.labels} />}
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

function Sizes({ labels }: { labels: readonly number[] }) {
  const sizes = new Map<number, number>()
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1)
  const sorted = [...sizes].sort(([a], [b]) => a - b)
  const largest = Math.max(...sizes.values())
  return (
    <section>
      <h2>Cluster sizes among {count(labels.length)} rows</h2>
      <ul class="sizes">
        {sorted.map(([label, size]) => (
          <li key={label}>
            <span>{`cluster ${label}`}</span>
            <i style={{ width: `${Math.round((70 * size) / largest)}%`, background: colour(label) }} />
            {count(size)}
          </li>
        ))}
      </ul>
    </section>
  )
}

const scoreOf = ({ metrics }: RunState, name: 'acc' | 'nmi' | 'silhouette') =>
  metrics ? scoreText([metrics.final[name]]) : '–'

/** What a run is of: the file or folder, else the name of the data. */
function dataOf({ config: { data } }: RunState): string {
  const { path } = data.options as { path?: unknown }
  return shownName((typeof path === 'string' && path.split(/[\\/]/).findLast((part) => part !== '')) || data.name)
}

/** What the page of all runs tells of each. */
const columns: readonly (readonly [title: string, of: (run: RunState) => string | number])[] = [
  [
    'pipeline',
    ({ config }) => (config.pipeline === config.preset ? config.pipeline : `${config.pipeline} (${config.preset})`),
  ],
  ['data', dataOf],
  ['clusters', ({ metrics, config }) => metrics?.k ?? config.k ?? '–'],
  ['state', ({ live, state }) => (live.epochs ? `epoch ${live.epoch} of ${live.epochs}` : inWords[state])],
  ['ACC', (run) => scoreOf(run, 'acc')],
  ['NMI', (run) => scoreOf(run, 'nmi')],
  ['silhouette', (run) => scoreOf(run, 'silhouette')],
  ['time', ({ metrics }) => (metrics ? duration(metrics.seconds) : '–')],
]

/** All runs of a folder, with a link to each. */
export function startMain(folder: string, runs: readonly { readonly run: RunState; readonly link: string }[]): string {
  return render(
    <>
      <header>
        <h1>{runs.length === 1 ? '1 run' : `${count(runs.length)} runs`}</h1>
        <p class="lead">in {fitted(folder, 100)}</p>
      </header>
      <section>
        <Scroll label="All runs">
          <table class="small stacked">
            <thead>
              <tr>
                <th>run</th>
                {columns.map(([title]) => (
                  <th key={title}>{title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map(({ run, link }) => (
                <tr key={link}>
                  <th scope="row">
                    <a href={link}>{fitted(run.path.split(/[\\/]/).at(-1)!, 50)}</a>
                  </th>
                  {columns.map(([title, of]) => (
                    <td
                      key={title}
                      data-title={title}
                      class={['pipeline', 'data', 'state'].includes(title) ? 'words' : undefined}
                    >
                      {of(run)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
    </>,
  )
}
