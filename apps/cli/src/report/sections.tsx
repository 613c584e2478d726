import type { Alignment } from './alignment'
import { drawConfusion } from './charts/confusion'
import { drawCurve } from './charts/curves'
import { drawClusterMap, drawTruthMap } from './charts/map'
import { drawPrecision } from './charts/precision'
import { drawSizes } from './charts/sizes'
import { count, duration } from './numbers'
import { colour } from './palette'
import { pngUrl } from './picture'
import type { RunResult } from './run-result'
import type { ClusterSamples, Sample } from './samples'

interface Shown {
  readonly run: RunResult
  readonly alignment: Alignment
}

/** A drawing made on the server, with words for those who do not see it. */
function Drawing({ svg, label }: { svg: string; label: string }) {
  // The SVG is echarts' own, which escapes every text it is given.
  return <div role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />
}

/** The embedding in the plane, by cluster and by truth. */
export function MapSection({ run, alignment }: Shown) {
  const truth = drawTruthMap(run, alignment)
  return (
    <section>
      <h2>The embedding</h2>
      <p class="note">
        Every dot is one {run.dataset.image ? 'image' : 'row'}, laid out so that neighbours in the learned space stay
        neighbours ({run.shown.mapMethod}). Distances between far groups mean little.
      </p>
      <div class={truth ? 'two' : 'one'}>
        <figure>
          <figcaption>
            <b>Clusters found</b>
            {truth ? ', called and coloured by the class they match' : ''}
          </figcaption>
          <Drawing svg={drawClusterMap(run, alignment)} label="Map of the embedding coloured by cluster" />
        </figure>
        {truth && (
          <figure>
            <figcaption>
              <b>The truth</b>
              {run.supervised ? '' : ', which the method never saw'}
            </figcaption>
            <Drawing svg={truth} label="The same map coloured by true class" />
          </figure>
        )}
      </div>
      {truth && (
        <ul class="legend">
          <li>
            <i class="ring" />
            cluster and truth disagree
          </li>
        </ul>
      )}
    </section>
  )
}

/** Pictures of each cluster. */
export function SampleSection({ run, alignment, samples }: Shown & { samples: readonly ClusterSamples[] }) {
  if (samples.length === 0) return null
  const tiny = Math.max(...run.dataset.sampleShape) <= 44
  const pictures = (list: readonly Sample[], cluster: number) =>
    list.map(({ row, source, truth }) => {
      const right = alignment.confusion?.classOf.get(cluster)
      const missed = truth !== undefined && right !== undefined && truth !== right
      const words = truth === undefined ? `row ${row}` : `row ${row}, truly ${alignment.className(truth)}`
      return (
        <span key={row} class={missed ? 'pic miss' : 'pic'} title={words}>
          <img class={tiny ? 'pixels' : undefined} src={source} alt={words} width="44" height="44" />
        </span>
      )
    })
  return (
    <section>
      <h2>What is in each cluster</h2>
      <p class="note">
        Nearest to the cluster's centre, and nearest to its border: where a person would hesitate too.
        {alignment.confusion ? ' Framed: the truth says otherwise.' : ''}
        {samples.length < run.k ? ` The first ${samples.length} of ${run.k} clusters.` : ''}
      </p>
      <div class="strips">
        <div class="strip head">
          <span>cluster</span>
          <span>most typical</span>
          <span>least certain</span>
        </div>
        {samples.map(({ cluster, typical, uncertain }) => (
          <div class="strip" key={cluster}>
            <div class="who">
              <i style={{ background: colour(alignment.colour.get(cluster)!) }} />
              <span>
                {alignment.name.get(cluster)}
                <small>{count(sizesOf(run)[cluster])} in it</small>
              </span>
            </div>
            <div class="row">{pictures(typical, cluster)}</div>
            <div class="row uncertain">{pictures(uncertain, cluster)}</div>
          </div>
        ))}
      </div>
    </section>
  )
}

/** Confusion and sizes beside each other; sizes alone without labels. */
export function ClusterSection({ run, alignment }: Shown) {
  const sizes = (
    <section>
      <h2>Cluster sizes</h2>
      <div class="one">
        <Drawing svg={drawSizes(alignment, sizesOf(run))} label={`Cluster sizes: ${sizesOf(run).join(', ')}`} />
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
  if (!alignment.confusion) return sizes
  return (
    <div class="split">
      <section>
        <h2>Where classes went</h2>
        <Drawing svg={drawConfusion(alignment)} label="Confusion matrix of true classes and aligned clusters" />
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

/** Every log over the epochs, one small chart each. */
export function CurveSection({ run }: { run: RunResult }) {
  const names = [...new Set(run.seeds.flatMap(({ history }) => Object.keys(history[0] ?? {})))]
  if (names.length === 0) return null
  return (
    <section>
      <h2>Training</h2>
      <p class="note">
        Means over each epoch
        {run.seeds.length > 1 ? `; the strong line is seed ${run.shownSeed}, the others are faint` : ''}.
      </p>
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
                <b>{name}</b>
                {last === undefined ? '' : `, ends at ${Number(last.toPrecision(4))}`}
              </figcaption>
              <Drawing svg={drawCurve(series)} label={`${name} over the epochs`} />
            </figure>
          )
        })}
      </div>
    </section>
  )
}

/** How right the pseudo-labels were as more and more mass was given them. */
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

/** One row per seed. */
export function SeedSection({ run }: { run: RunResult }) {
  if (run.seeds.length < 2) return null
  const score = (value: number | null | undefined) => (typeof value === 'number' ? value.toFixed(3) : '–')
  return (
    <section>
      <h2>Every seed</h2>
      <div class="scroll">
        <table class="small">
          <thead>
            <tr>
              {['seed', 'ACC', 'NMI', 'ARI', 'AMI', 'purity', 'silhouette', 'epochs', 'time'].map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {run.seeds.map((seed) => (
              <tr key={seed.seed}>
                <td>
                  {seed.seed}
                  {seed.seed === run.shownSeed ? ' (shown)' : ''}
                </td>
                {[seed.acc, seed.nmi, seed.ari, seed.ami, seed.purity, seed.silhouette].map((value, at) => (
                  <td key={at}>{score(value)}</td>
                ))}
                <td>{seed.epochs}</td>
                <td>{duration(seed.seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Backend, configuration and environment, for those who want to repeat it. */
export function DetailSection({ run }: { run: RunResult }) {
  const facts = Object.entries({ ...run.dataset.metadata }).filter(([, value]) => typeof value === 'string')
  return (
    <section>
      <h2>To repeat this</h2>
      <p class="note">
        Same seed, same backend, same labels. The folder of this report holds labels.csv, metrics.json, metrics.jsonl
        and the checkpoints.
      </p>
      <details>
        <summary>Why backend {run.backend.name}</summary>
        <table class="small">
          <tbody>
            {run.backend.attempts.map(({ name, used, reason }) => (
              <tr key={name}>
                <td>
                  <code>{name}</code>
                </td>
                <td class="left">{used ? `used: ${run.backend.description}` : reason}</td>
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
                  <td class="left">{String(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <details>
        <summary>Configuration</summary>
        <pre>{JSON.stringify(run.config, null, 2)}</pre>
      </details>
      <details>
        <summary>Environment</summary>
        <pre>{JSON.stringify(run.environment, null, 2)}</pre>
      </details>
    </section>
  )
}

function sizesOf(run: RunResult): readonly number[] {
  return run.seeds.find(({ seed }) => seed === run.shownSeed)!.sizes
}
