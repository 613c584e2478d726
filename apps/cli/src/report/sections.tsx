import { Scroll } from '@dc/explore/parts'
import type { Alignment } from './alignment'
import { drawConfusion } from './charts/confusion'
import { drawPrecision } from './charts/precision'
import { drawSizes, mostBars } from './charts/sizes'
import { Drawing } from './drawing'
import { fitted, shownName } from './names'
import { count } from './numbers'
import { pngUrl } from './picture'
import { longestFact, plainJson } from './plain-json'
import type { RunResult } from './run-result'
import { withFlags } from './with-flags'

interface Shown {
  readonly run: RunResult
  readonly alignment: Alignment
}

/** Parts that could not be made after training. */
export function FailureSection({ run }: { run: RunResult }) {
  const failures = Object.entries(run.failures)
  if (failures.length === 0) return null
  return (
    <section>
      <h2>What is missing</h2>
      <ul class="missing">
        {failures.map(([part, why]) => (
          <li key={part}>
            {`${part[0].toUpperCase()}${fitted(part.slice(1), 120)} could not be made: `}
            {fitted(why, 500)}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Confusion and sizes beside each other; sizes alone without labels. */
export function ClusterSection({ run, alignment }: Shown) {
  const shown = alignment.order.slice(0, mostBars).map((cluster) => sizesOf(run)[cluster])
  const sizes = (
    <section>
      <h2>Cluster sizes</h2>
      {shown.length < run.k && (
        <p class="note">
          The first {count(shown.length)} of {count(run.k)} clusters.
        </p>
      )}
      <div class="one">
        <Drawing {...drawSizes(alignment, sizesOf(run))} label={`Cluster sizes: ${shown.join(', ')}`} />
      </div>
      {alignment.confusion && (
        <ul class="legend">
          <li>
            <i class="bar" />
            size of the true class
          </li>
        </ul>
      )}
    </section>
  )
  const confusion = drawConfusion(alignment)
  if (!confusion) return sizes
  return (
    <div class="split">
      <section>
        <h2>Where classes went</h2>
        <Scroll label="True classes and clusters">
          <Drawing {...confusion} least={0.8} label="Confusion matrix of true classes and aligned clusters" />
        </Scroll>
        <ul class="legend">
          <li>
            <i class="cell" style={{ background: 'var(--accent)' }} />
            right
          </li>
          <li>
            <i class="cell" style={{ background: 'var(--wrong)' }} />
            wrong
          </li>
          <li>deeper = a larger share of the class</li>
        </ul>
      </section>
      {sizes}
    </div>
  )
}

/** What training was shown. */
export function ViewSection({ views }: { views: Uint8Array | null }) {
  if (!views) return null
  return (
    <section>
      <h2>What the network was shown</h2>
      <p class="note">
        Top row: images as they are. Below each one: random views of it, drawn as training draws them. Two views of one
        image should land in one cluster; where a view no longer shows what matters, milder views may help.
      </p>
      <img class="sheet" src={pngUrl(views)} alt="A row of images, and random views below each of them" />
    </section>
  )
}

/** How right the pseudo-labels were while the mass that had them grew. */
export function PseudoLabelSection({ run }: { run: RunResult }) {
  const series = run.seeds.map(({ seed, history }) => ({
    points: history
      .filter(({ mass, precision }) => Number.isFinite(mass) && Number.isFinite(precision))
      .map(({ mass, precision }) => [mass, precision] as const),
    shown: seed === run.shownSeed,
  }))
  if (series.every(({ points }) => points.length === 0)) return null
  return (
    <section>
      <h2>Pseudo-labels</h2>
      <p class="note">
        Share of the labelled mass that is right, clusters matched to classes, against the mass ρ; a point per epoch.
        Training saw neither.
      </p>
      <div class="one">
        <Drawing svg={drawPrecision(series)} label="Precision of the pseudo-labels against their mass" />
      </div>
    </section>
  )
}

/** Backend, configuration and environment, for readers who want to repeat the run. */
export function DetailSection({ run }: { run: RunResult }) {
  const facts = Object.entries({ ...run.dataset.metadata }).flatMap(([name, value]) =>
    typeof value === 'string' ? [[shownName(name), fitted(value, longestFact)]] : [],
  )
  return (
    <section>
      <h2>To repeat this</h2>
      <p class="note">
        Same seed, same backend, same labels. RUN is the folder of this report, with labels.csv, model.dclust,
        metrics.json, metrics.jsonl and the checkpoints.
      </p>
      <pre class="commands">{withFlags(commands(run))}</pre>
      <details>
        <summary>Why backend {shownName(run.backend.name)}</summary>
        <table class="small">
          <tbody>
            {run.backend.attempts.map(({ name, used, reason }) => (
              <tr key={name}>
                <td>
                  <code>{shownName(name)}</code>
                </td>
                <td class="left">{fitted(used ? `used: ${run.backend.description}` : reason, longestFact)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      {facts.length > 0 && (
        <details>
          <summary>Data</summary>
          <table class="small">
            <tbody>
              {facts.map(([name, value]) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td class="left">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <details>
        <summary>Configuration</summary>
        <pre>{plainJson(run.config)}</pre>
      </details>
      <details>
        <summary>Environment</summary>
        <pre>{plainJson(run.environment)}</pre>
      </details>
    </section>
  )
}

/** How it was run, how new rows are labelled by it, and how the report is drawn again. */
function commands({ environment }: RunResult): string {
  const { command } = environment
  const lines = [
    ...(typeof command === 'string' ? [[fitted(command, longestFact), 'this run']] : []),
    ['dclust predict RUN NEW_DATA', 'clusters of new rows'],
    ['dclust report RUN', 'this page again'],
  ]
  return lines.map(([line, what]) => `${line}  # ${what}`).join('\n')
}

function sizesOf(run: RunResult): readonly number[] {
  return run.seeds.find(({ seed }) => seed === run.shownSeed)!.sizes
}
