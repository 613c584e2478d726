import type { Dataset } from '@dc/core'
import { colour } from '@dc/explore/parts'
import type { Alignment } from './alignment'
import { shownName } from './names'
import { count, scoreText } from './numbers'
import { RowSamples } from './row-samples'
import type { RunResult } from './run-result'
import type { ClusterSamples } from './samples'
import { tellingWords } from './telling-words'

/** A card for each cluster: what is in it, and what is known of it. */
export function CardSection({
  run,
  alignment,
  dataset,
  samples,
}: {
  run: RunResult
  alignment: Alignment
  dataset: Dataset
  samples: readonly ClusterSamples[]
}) {
  const texts = dataset.texts ?? dataset.seen?.texts
  const words = texts && tellingWords(texts, run.shown.labels, run.k)
  const framed = alignment.confusion && samples.some(({ typical }) => typical.some(({ source }) => source))
  return (
    <section>
      <h2>Cluster by cluster</h2>
      <p class="note">
        Typical rows are the surer half, spread over the cluster; rows at the border are the least certain.
        {framed ? ' Framed: of another class than the cluster.' : ''} Silhouette (−1 to 1) and neighbours (the share of
        the nearest rows that are in it) are of the common space; a cluster that other methods find too is likely there.
        {samples.length < run.k ? ` The first ${samples.length} of ${run.k} clusters.` : ''}
      </p>
      <div class="cards">
        {samples.map((sample) => (
          <Card key={sample.cluster} {...{ run, alignment, sample }} words={words?.[sample.cluster]} />
        ))}
      </div>
    </section>
  )
}

function Card({
  run,
  alignment,
  sample: { cluster, typical, uncertain },
  words,
}: {
  run: RunResult
  alignment: Alignment
  sample: ClusterSamples
  words?: readonly string[]
}) {
  // A folder of an earlier version has none.
  const facts = run.clusters[cluster]
  const size = facts?.size ?? (run.seeds.find(({ seed }) => seed === run.shownSeed) ?? run.seeds[0]).sizes[cluster]
  const called = (other: number) => alignment.name.get(other) ?? `cluster ${other}`
  const purity = alignment.purity.get(cluster)
  const right = alignment.mainClass.get(cluster)
  const missed = ({ truth }: { truth?: number }) => truth !== undefined && right !== undefined && truth !== right
  const shared = { missed, className: alignment.className }
  return (
    <article class="card" data-cluster={cluster}>
      <header>
        <i class="dot" style={{ background: colour(alignment.colour.get(cluster)!) }} />
        <h3>{called(cluster)}</h3>
        <button type="button" data-show={cluster} aria-label={`Show ${called(cluster)} on the map`} hidden>
          Show
        </button>
      </header>
      <p class="size">
        {count(size)} in it{purity === undefined ? '' : `, ${purity}`}
      </p>
      {facts?.looksLikeTwo && <p class="hint">Looks like two: few of its rows are near both of its halves.</p>}
      {facts?.looksLikePartOf !== undefined && (
        <p class="hint">Looks like a part of {called(facts.looksLikePartOf)}: they are joined as halves of one are.</p>
      )}
      {words && words.length > 0 && (
        <p class="words">
          {words.map((word) => (
            <span key={word}>{shownName(word)}</span>
          ))}
        </p>
      )}
      {typical.length > 0 && <RowSamples title="typical" samples={typical} {...shared} />}
      {uncertain.length > 0 && <RowSamples title="at the border" samples={uncertain} {...shared} />}
      {facts && (
        <dl>
          <Fact term="silhouette" value={scoreText([facts.silhouette])} />
          <Fact term="neighbours" value={scoreText([facts.neighbourAgreement])} />
          {overlaps(facts.overlap).map(([name, share]) => (
            <Fact key={name} term={`as ${shownName(name)}`} value={percent(share)} />
          ))}
          {facts.nearest.length > 0 && (
            <Fact
              term="nearest"
              value={facts.nearest
                .map(({ cluster: other, share }) => `${called(other)} (${percent(share)})`)
                .join(', ')}
            />
          )}
        </dl>
      )}
    </article>
  )
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** What a cluster shares with its counterparts: by method, and over the other seeds on average. */
function overlaps(overlap: Readonly<Record<string, number>>): [name: string, share: number][] {
  const [seeds, methods] = [true, false].map((wanted) =>
    Object.entries(overlap).filter(([name]) => /^seed \d+$/.test(name) === wanted),
  )
  if (seeds.length === 0) return methods
  const mean = seeds.reduce((sum, [, share]) => sum + share, 0) / seeds.length
  return [...methods, ['other seeds', mean]]
}

const percent = (share: number) => `${Math.round(100 * share)} %`
