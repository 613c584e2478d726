import type { Dataset } from '@dc/core'
import { type ClusterCard, ClusterCards } from '@dc/explore/parts'
import type { ClusterFacts } from '../judge/cluster-facts'
import type { Alignment } from './alignment'
import { shownName } from './names'
import { count, scoreText } from './numbers'
import type { RunResult } from './run-result'
import { type ClusterSamples, type Sample, shownRows } from './samples'
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
      <ClusterCards
        cards={samples.map((sample) => cardOf({ run, alignment, sample, words: words?.[sample.cluster] }))}
      />
    </section>
  )
}

function cardOf({
  run,
  alignment,
  sample: { cluster, typical, uncertain },
  words,
}: {
  run: RunResult
  alignment: Alignment
  sample: ClusterSamples
  words?: readonly string[]
}): ClusterCard {
  // A folder of an earlier version has none.
  const facts = run.clusters[cluster]
  const size = facts?.size ?? (run.seeds.find(({ seed }) => seed === run.shownSeed) ?? run.seeds[0]).sizes[cluster]
  const called = (other: number) => alignment.name.get(other) ?? `cluster ${other}`
  const purity = alignment.purity.get(cluster)
  const right = alignment.mainClass.get(cluster)
  const rows = (samples: readonly Sample[]) => shownRows(samples, alignment.className, right)
  return {
    cluster,
    name: called(cluster),
    colour: alignment.colour.get(cluster)!,
    size: `${count(size)} in it${purity === undefined ? '' : `, ${purity}`}`,
    hints: [
      ...(facts?.looksLikeTwo ? ['Looks like two: few of its rows are near both of its halves.'] : []),
      ...(facts?.looksLikePartOf !== undefined
        ? [`Looks like a part of ${called(facts.looksLikePartOf)}: they are joined as halves of one are.`]
        : []),
    ],
    ...(words && { words: words.map(shownName) }),
    samples: [
      { title: 'typical', rows: rows(typical) },
      { title: 'at the border', rows: rows(uncertain) },
    ],
    facts: facts ? factsOf(facts, called) : [],
  }
}

function factsOf(facts: ClusterFacts, called: (cluster: number) => string): [term: string, value: string][] {
  const nearest = facts.nearest.map(({ cluster, share }) => `${called(cluster)} (${percent(share)})`).join(', ')
  return [
    ['silhouette', scoreText([facts.silhouette])],
    ['neighbours', scoreText([facts.neighbourAgreement])],
    ...overlaps(facts.overlap).map(([name, share]): [string, string] => [`as ${shownName(name)}`, percent(share)]),
    ...(nearest === '' ? [] : [['nearest', nearest] as [string, string]]),
  ]
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

const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`
